"""The release of a position of a plan, as one published version has it."""

from procurement.choices import UpdateKind
from procurement.models import PlanItem
from procurement.ocds.clauses import sustainability
from procurement.ocds.parties import Parties, buyers
from procurement.ocds.values import CATEGORIES, amount, items, known, moment

PRECISIONS = {"miesiac": "month", "kwartal": "quarter", "rok": "year"}
UPDATES = {"dodanie": "added", "zmiana": "changed", "rezygnacja": "dropped"}


def planning_bodies(item_ids):
    """{item: body of its release}, for many items in a fixed number of queries."""
    rows = PlanItem.objects.filter(pk__in=item_ids).select_related(
        "version", "position__posting", "position__plan__authority__institution", "position__plan__unit", "mode"
    )
    return {item.pk: _body(item) for item in rows.prefetch_related("cpv_links__code", "clauses__kind")}


def _body(item):
    plan, parties = item.position.plan, Parties()
    buyer, entity = buyers(parties, plan.authority, plan.unit)
    tender = known(
        id=item.position.posting.ocid,
        title=item.subject,
        # A position that was given up is told as one that will not be.
        status="cancelled" if item.update_kind == UpdateKind.DROPPED else "planned",
        procuringEntity=entity,
        items=items(item.subject, [link.code for link in item.cpv_links.all()]),
        value=amount(item.value),
        procurementMethod=item.mode.ocds_method if item.mode else "",
        procurementMethodDetails=item.mode.label if item.mode else "",
        mainProcurementCategory=CATEGORIES.get(item.nature),
    )
    planning = known(
        rationale=item.remarks,
        budget=known(amount=amount(item.value), description=item.value_words),
        documents=_documents(plan),
        planItem=known(
            position=item.position.number,
            year=plan.year,
            planNumber=plan.bzp_number,
            planVersion=item.version.number,
            update=UPDATES.get(item.update_kind),
            expectedStart=moment(item.opens_on),
            expectedStartPrecision=PRECISIONS.get(item.opens_precision),
            numberOfLots=item.parts,
        ),
    )
    return known(
        parties=parties.listed(), buyer=buyer, planning=planning, tender=tender | sustainability(item.clauses.all())
    )


def _documents(plan):
    if not plan.url:
        return []
    return [{"id": "plan", "documentType": "procurementPlan", "title": "Plan postępowań", "url": plan.url}]
