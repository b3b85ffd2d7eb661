"""Who won, and whether what the clauses had asked was kept. Now and then nobody has said."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from procurement.choices import Kept, NoticeState, Outcome
from procurement.models import Award, Performance
from procurement.use_cases.demo.office import given

# Clauses that oblige somebody to employ people.
EMPLOYING = ("art94", "art96")


def conclude(material, notice, order, random):
    """An Award of the notice or of each of its parts, with reports on contracts that run long enough."""
    clauses = {clause.kind.code: clause for clause in notice.clauses.select_related("kind")}
    for part in list(notice.parts.all()) or [None]:
        if notice.state == NoticeState.CANCELLED:
            Award.objects.create(
                notice=notice, part=part, outcome=Outcome.ANNULLED, reason=notice.end_reason,
                decided_on=timezone.localdate(notice.ended_at),
            )  # fmt: skip
            continue
        award = _award(material, notice, part, order, clauses, random)
        _report(material, award, clauses, random)


def _award(material, notice, part, order, clauses, random):
    decided = timezone.localdate(notice.ended_at)
    value = part.value if part else notice.value
    planned = next((clauses[code].people for code in EMPLOYING if code in clauses and clauses[code].people), None)
    award = Award(
        notice=notice,
        part=part,
        decided_on=decided,
        value=(value * Decimal(random.choice(("0.86", "0.93", "0.98", "1.04")))).quantize(Decimal(1))
        if value
        else None,
        offers=random.choices((1, 2, 3, 5, None), (30, 30, 20, 10, 10))[0],
        people_planned=planned if random.random() < 0.9 else None,
        contract_on=decided + timedelta(days=10),
        contract_until=decided + timedelta(days=random.choice((70, 190, 370))),
    )
    able = material.winners.get(order.category, [])
    is_social = "art94" in clauses or "podprogowe" in clauses or random.random() < 0.45
    if able and is_social:
        winner = random.choice(able)
        award.supplier_id, award.supplier_name, award.supplier_nip = winner.institution_id, winner.name, winner.nip
        award.was_pes, award.was_ps, award.had_mark = True, winner.was_ps(decided), winner.had_mark(decided)
    else:
        award.supplier_name = random.choice(given()["companies"])
        unknown = random.random() < 0.15
        award.was_pes = award.was_ps = award.had_mark = None if unknown else False
    award.save()
    return award


def _report(material, award, clauses, random):
    obliging = next((clauses[code] for code in EMPLOYING if code in clauses), None)
    halfway = award.contract_on + (award.contract_until - award.contract_on) / 2
    if obliging is None or halfway > material.today or random.random() < 0.15:
        return
    people = obliging.people or random.choice((1, 2, 3))
    is_over = award.contract_until < material.today
    kept = random.choices((Kept.YES, Kept.PARTLY, Kept.NO, ""), (70, 12, 6, 12))[0]
    missing = {Kept.PARTLY: 1, Kept.NO: people}.get(kept, 0)
    Performance.objects.create(
        award=award,
        reported_on=halfway,
        people_employed=people if random.random() < 0.9 else None,
        months=random.choice((3, 6)),
    )
    if is_over:
        Performance.objects.create(
            award=award,
            reported_on=award.contract_until,
            people_employed=max(people - missing, 0),
            months=obliging.months or random.choice((6, 12)),
            kept=kept,
            is_final=True,
            note="Jedna osoba odeszła przed końcem umowy." if kept == Kept.PARTLY else "",
        )
