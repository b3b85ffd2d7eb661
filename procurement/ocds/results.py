"""Awards, contracts and how they were performed, of one notice."""

from procurement.choices import Outcome
from procurement.ocds.parties import supplier_party
from procurement.ocds.values import amount, known, moment, period

KEPT = {"tak": "yes", "czesciowo": "partly", "nie": "no"}


def awards(notice, parties):
    return [_award(award, parties) for award in notice.awards.all()]


def contracts(notice, parties, told=()):
    """What was signed, and of the ids `told` before what is no contract any more. Suppliers are parties of these
    releases too."""
    signed = [award for award in notice.awards.all() if award.contract_on]
    gone = [one for one in told if one not in {_id(award) for award in signed}]
    for award in signed:
        parties.add(supplier_party(award), "supplier")
    return [
        known(
            id=_id(award),
            awardID=_id(award),
            status="active",
            period=period(award.contract_on, award.contract_until),
            value=amount(award.value),
            dateSigned=moment(award.contract_on),
        )
        for award in signed
    ] + [{"id": one, "awardID": one, "status": "cancelled"} for one in gone]


def performances(notice):
    """Contracts again, with nothing but what was reported of them."""
    return [
        {"id": _id(award), "awardID": _id(award), "implementation": {"socialReports": reports}}
        for award in notice.awards.all()
        if award.outcome == Outcome.AWARDED and (reports := [_report(one) for one in award.reports.all()])
    ]


def offers(notice):
    """How many offers there were for an order without parts, else None."""
    return next((award.offers for award in notice.awards.all() if award.part_id is None), None)


def _award(award, parties):
    given = award.outcome == Outcome.AWARDED
    return known(
        id=_id(award),
        status="active" if given else "unsuccessful",
        description=award.reason,
        date=moment(award.decided_on),
        value=amount(award.value),
        suppliers=[parties.add(supplier_party(award), "supplier")] if given else [],
        contractPeriod=period(award.contract_on, award.contract_until),
        relatedLots=[str(award.part.number)] if award.part_id else [],
        socialEconomy=known(
            isSocialEconomyEntity=award.was_pes,
            isSocialEnterprise=award.was_ps,
            holdsQualityMark=award.had_mark,
            peopleToEmploy=award.people_planned,
        ),
    )


def _report(report):
    return known(
        id=str(report.pk),
        date=moment(report.reported_on),
        peopleEmployed=report.people_employed,
        monthsOfEmployment=report.months,
        kept=KEPT.get(report.kept),
        isFinal=report.is_final,
    )


def _id(award):
    return f"{award.notice_id}-{award.pk}"
