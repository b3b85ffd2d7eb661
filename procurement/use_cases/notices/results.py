"""How an order ended, part by part, and whether what was promised is kept."""

from django.db import transaction
from django.utils import timezone

from core.exceptions import Refused
from core.templatetags.portal import date_words, money
from procurement.choices import NoticeState, Outcome
from procurement.models import Award, Performance
from procurement.notices.winners import found, standing
from procurement.use_cases.notices.changing import advance, locked, made_known, shown
from registry.models import Institution

NUMBERS = ("value", "offers", "people_planned", "contract_on", "contract_until")


@transaction.atomic
def settle(
    *, notice_id, part_id=None, outcome, decided_on, reason="", supplier_id=None, supplier_name="", supplier_nip="",
    said_pes=None, note="", actor, now, **numbers,
):  # fmt: skip
    """Write the result of a notice or of one of its parts down; the last one ends the notice. Returns the Award.

    The winner is found in the register by `supplier_id` or NIP; what it was on the day of the decision is computed
    from there and kept. `said_pes` is the officer's word and counts only where the register does not know.
    Refused: the notice is not public, it has parts and none is named, no winner or no reason, a day in the future; a
    result is changed without `note`, which visitors see.
    """
    notice = locked(notice_id)
    if notice.state not in NoticeState.public():
        raise Refused("Wynik można podać dopiero po ogłoszeniu.")
    parts = list(notice.parts.all())
    part = next((one for one in parts if one.pk == part_id), None)
    if part is None and (parts or part_id is not None):
        raise Refused("To zamówienie ma części: podaj wynik każdej z nich." if parts else "Nie ma takiej części.")
    if decided_on > timezone.localdate(now):
        raise Refused("Ten dzień jeszcze nie nadszedł.", field="decided_on")
    award = notice.awards.filter(part=part).first() or Award(notice=notice, part=part)
    before = award_words(award) if award.pk else {}
    if before and not note.strip():
        raise Refused("Napisz, dlaczego zmieniasz wynik. Te słowa zobaczą wykonawcy.", field="note")
    award.outcome, award.decided_on = outcome, decided_on
    if outcome == Outcome.AWARDED:
        _won(award, supplier_id, supplier_name.strip(), supplier_nip, said_pes)
        award.reason = ""
        for name in NUMBERS:
            setattr(award, name, numbers.get(name))
    else:
        _annulled(award, reason.strip(), numbers.get("offers"))
    award.save()
    _end(notice, part, before, award, len(parts), note, actor, now)
    return award


def award_words(award):
    """{label: words} of a result, as corrections say them."""
    return {
        "Wynik": award.get_outcome_display(),
        "Rozstrzygnięto": date_words(award.decided_on),
        "Wykonawca": award.supplier_name,
        "Wartość umowy netto": money(award.value),
        "Liczba ofert": "" if award.offers is None else str(award.offers),
        "Osób do zatrudnienia": "" if award.people_planned is None else str(award.people_planned),
        "Powód unieważnienia": award.reason,
        "Umowa z dnia": date_words(award.contract_on),
        "Umowa do dnia": date_words(award.contract_until),
    }


@transaction.atomic
def report(*, award_id, reported_on, people_employed=None, months=None, kept="", is_final=False, note="", now):
    """Say how a contract is kept; a second report of one day takes the place of the first. Returns the Performance.

    Refused: the order was annulled, nothing is said, a day in the future, a day after the final report.
    """
    notice = locked(Award.objects.values_list("notice", flat=True).get(pk=award_id))
    award = notice.awards.get(pk=award_id)
    if award.outcome != Outcome.AWARDED:
        raise Refused("Unieważnionego zamówienia nikt nie wykonuje.")
    if reported_on > timezone.localdate(now):
        raise Refused("Ten dzień jeszcze nie nadszedł.", field="reported_on")
    if people_employed is None and months is None and not kept and not note.strip():
        raise Refused("Wpisz, co wiadomo: liczbę osób, miesiące albo czy dotrzymano.", field="people_employed")
    final = award.reports.filter(is_final=True).exclude(reported_on=reported_on).first()
    if final:
        raise Refused(f"Jest już sprawozdanie końcowe z {date_words(final.reported_on)}.", field="reported_on")
    if is_final and award.reports.filter(reported_on__gt=reported_on).exists():
        raise Refused("Jest już późniejsze sprawozdanie, więc to nie jest końcowe.", field="is_final")
    values = {"people_employed": people_employed, "months": months, "kept": kept, "is_final": is_final}
    performance, _ = Performance.objects.update_or_create(
        award=award, reported_on=reported_on, defaults=values | {"note": note.strip()}
    )
    shown(notice, now=now)
    return performance


def _won(award, supplier_id, name, nip, said_pes):
    supplier = Institution.objects.living().filter(pk=supplier_id).first() if supplier_id else None
    supplier = supplier or next(iter(found(nip=nip)), None) if nip or supplier else None
    if not (supplier or name):
        raise Refused("Podaj wykonawcę albo jego NIP.", field="supplier_name")
    known = standing(supplier, award.decided_on)
    award.supplier = supplier
    award.supplier_name = supplier.name if supplier else name
    award.supplier_nip = supplier.nip if supplier else nip
    award.was_pes = said_pes if known.was_pes is None else known.was_pes
    award.was_ps, award.had_mark = known.was_ps, known.had_mark


def _annulled(award, reason, offers):
    if not reason:
        raise Refused("Napisz, dlaczego postępowanie unieważniono.", field="reason")
    if award.pk and award.reports.exists():
        raise Refused("Są już sprawozdania z realizacji, więc tego wyniku nie można unieważnić.", field="outcome")
    award.supplier, award.supplier_name, award.supplier_nip = None, "", ""
    award.was_pes = award.was_ps = award.had_mark = None
    for field in NUMBERS:
        setattr(award, field, None)
    award.reason, award.offers = reason[:500], offers


def _end(notice, part, before, award, parts, note, actor, now):
    """Take the step that this result is: the last one ends the notice, the earlier ones leave it open."""
    outcomes = set(notice.awards.values_list("outcome", flat=True))
    if notice.awards.count() < (parts or 1):
        name = "part_result"
    else:
        name = "conclude" if Outcome.AWARDED in outcomes else "cancel"
    after = award_words(award)
    label = f"część {part.number}: " if part else ""
    changes = {
        f"{label}{key}": [before[key], words] for key, words in after.items() if before and before[key] != words
    }
    advance(notice, name, actor=actor, note=note, changes=changes, now=now)
    if name != "part_result":
        notice.ended_at = notice.ended_at or now
        notice.end_reason = award.reason if name == "cancel" and not parts else ""
    notice.changed_at = now
    notice.save()
    made_known(notice, now=now)
