"""What a notice tells in each section, from its first day to the last report."""

from functools import partial

from procurement.choices import NoticeState, ReleaseStage
from procurement.ocds import results
from procurement.ocds.parties import Parties, buyers
from procurement.ocds.tender import BEFORE, tender
from procurement.ocds.values import known

WITHDRAWN = "tenderCancellation"


def sections(notice, contracts_told=()):
    """[(stage, tag, body)] of all there is to tell. `notice` with everything at hand (use_cases.releases);
    `contracts_told` are ids of contracts that were told before."""
    if notice.state == NoticeState.WITHDRAWN:
        return [(ReleaseStage.TENDER, WITHDRAWN, {"tender": {"id": notice.posting.ocid, "status": "withdrawn"}})]
    parties = Parties()
    buyer, entity = buyers(parties, notice.authority, notice.unit)
    tag = "planning" if notice.kind in BEFORE else "tender"
    body = known(buyer=buyer, tender=tender(notice, entity), relatedProcesses=_plan(notice))
    told = [(ReleaseStage.TENDER, tag, body | {"parties": parties.listed()})]
    for stage, section in (
        (ReleaseStage.AWARD, _awards),
        (ReleaseStage.CONTRACT, partial(_contracts, told=contracts_told)),
        (ReleaseStage.IMPLEMENTATION, _performances),
    ):
        parties = Parties()
        if said := section(notice, parties):
            buyer, _ = buyers(parties, notice.authority, notice.unit)
            told.append((stage, stage.value, said | {"buyer": buyer, "parties": parties.listed()}))
    return told


def _awards(notice, parties):
    awards = results.awards(notice, parties)
    offers = results.offers(notice)
    if not awards:
        return {}
    of_tender = {"tender": {"id": notice.posting.ocid, "numberOfTenderers": offers}} if offers is not None else {}
    return {"awards": awards} | of_tender


def _contracts(notice, parties, told):
    contracts = results.contracts(notice, parties, told)
    return {"contracts": contracts} if contracts else {}


def _performances(notice, parties):
    contracts = results.performances(notice)
    return {"contracts": contracts} if contracts else {}


def _plan(notice):
    """The position of a plan that it comes from, when the bulletin has given the notice a process of its own."""
    planned = notice.position.posting.ocid if notice.position else notice.posting.ocid
    if planned == notice.posting.ocid:
        return []
    return [{"id": "1", "relationship": ["planning"], "scheme": "ocid", "identifier": planned}]
