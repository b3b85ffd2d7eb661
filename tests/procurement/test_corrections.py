"""A public notice is changed with a reason, and two officers do not undo each other."""

from decimal import Decimal

import pytest

from core.exceptions import Refused
from procurement.choices import NoticeState
from procurement.models import Clause, ClauseKind, NoticeStep
from procurement.notices import steps
from procurement.use_cases.notices import documents, saving
from procurement.use_cases.notices.changing import Changed
from tests.procurement.factories import NoticeFactory
from tests.procurement.noticed import correct, draft, heard
from tests.registry.factories import (
    NOW,
)

pytestmark = pytest.mark.django_db


def test_a_correction_says_what_was_what_is_and_why(ola):
    notice = NoticeFactory(value=Decimal(100_000), place="Rynek 1")
    correct(notice, steps.VALUE, ola, value=Decimal(200_000), price_weight=55, reason=" Pomyłka w wartości. ")
    step = notice.steps.get()
    assert (step.name, step.note, step.made_by) == ("correct", "Pomyłka w wartości.", ola)
    assert step.changes == {
        "Wartość szacunkowa netto": ["100\xa0000\xa0zł", "200\xa0000\xa0zł"],
        "Waga ceny": ["", "55%"],
    }
    assert heard() == ([notice.pk], [notice.pk])
    notice.refresh_from_db()
    assert (notice.state, notice.band) == (NoticeState.PUBLISHED, "krajowe")


def test_a_correction_without_a_reason_changes_nothing(ola):
    notice = NoticeFactory()
    with pytest.raises(Refused, match="dlaczego"):
        correct(notice, steps.WHAT, ola, subject="Inny przedmiot", reason="  ")
    notice.refresh_from_db()
    assert notice.subject != "Inny przedmiot"
    assert heard() == ([], [])


def test_what_is_the_same_is_no_correction(ola):
    notice = NoticeFactory(value=Decimal("100000.00"))
    correct(notice, steps.VALUE, ola, value=Decimal(100_000), reason="")
    assert not notice.steps.exists()
    assert heard() == ([], [])


def test_a_draft_needs_no_reason_and_leaves_no_history(ola):
    notice = draft()
    correct(notice, steps.WHAT, ola, subject="Inny przedmiot", reason="")
    notice.refresh_from_db()
    assert (notice.subject, notice.steps.count(), heard()) == ("Inny przedmiot", 0, ([], []))


def test_names_and_hidden_amounts_stand_in_no_history(ola):
    notice = NoticeFactory(value=Decimal(100), value_is_public=False, contact_name="Jan Kowalski")
    correct(notice, steps.CONTACT, ola, contact_name="Anna Nowak", contact_email="anna@example.pl")
    correct(notice, steps.VALUE, ola, value=Decimal(777))
    written = str(list(NoticeStep.objects.values_list("changes", flat=True)))
    assert "dane osoby do kontaktu" in written
    for words in ("Kowalski", "Nowak", "anna@", "777", "100"):
        assert words not in written


@pytest.mark.parametrize("state", [NoticeState.CONCLUDED, NoticeState.CANCELLED])
def test_also_what_has_ended_is_corrected_and_stays_what_it_was(ola, state):
    notice = NoticeFactory(state=state)
    correct(notice, steps.WHAT, ola, description="Więcej słów.")
    notice.refresh_from_db()
    assert (notice.state, notice.steps.get().target) == (state, state)


def test_what_is_withdrawn_does_not_change(ola):
    notice = NoticeFactory(state=NoticeState.WITHDRAWN)
    with pytest.raises(Refused, match="wycofane"):
        correct(notice, steps.WHAT, ola, subject="Inny")


def test_clauses_codes_parts_and_documents_are_corrected_too(ola):
    notice = NoticeFactory()
    given = {"notice_id": notice.pk, "actor": ola, "now": NOW, "reason": "Uzupełniam."}
    kind = ClauseKind.objects.get(code="art96")
    saving.save_clause(kind_id=kind.pk, values={"people": 2, "months": 6}, shown="", **given)
    saving.save_cpv(codes=["90910000"], parts=[(1, "Szkoły", None)], shown=None, **given)
    documents.add_document(title="Opis", url="https://example.pl/opis", **given)
    first, second, third = notice.steps.all()
    assert first.changes == {str(kind): ["", "liczba osób: 2\xa0osoby; okres zatrudnienia: 6\xa0miesięcy"]}
    assert second.changes["Część 1"] == ["", "Szkoły"]
    assert third.changes == {"Dokument „Opis”": ["", "https://example.pl/opis"]}


# Two officers


def test_whoever_saves_what_somebody_else_changed_is_shown_both_and_nothing_is_lost(ola):
    notice = draft(place="Rynek 1")
    shown = steps.digest(steps.saved_values(notice, steps.TIMES))
    correct(notice, steps.TIMES, ola, place="Rynek 2", shown=shown)
    with pytest.raises(Changed) as stopped:
        correct(notice, steps.TIMES, ola, place="Rynek 3", shown=shown)
    assert ("Miejsce realizacji", "Rynek 2") in stopped.value.saved
    notice.refresh_from_db()
    assert notice.place == "Rynek 2"


def test_the_same_click_twice_and_another_step_are_no_conflict(ola):
    notice = draft(place="Rynek 1")
    shown = {step: steps.digest(steps.saved_values(notice, step)) for step in (steps.TIMES, steps.WHAT)}
    for _ in range(2):
        correct(notice, steps.TIMES, ola, place="Rynek 2", shown=shown[steps.TIMES])
    correct(notice, steps.WHAT, ola, subject="Nowy", shown=shown[steps.WHAT])
    notice.refresh_from_db()
    assert (notice.place, notice.subject) == ("Rynek 2", "Nowy")


def test_a_clause_that_somebody_changed_or_took_away_is_not_overwritten(ola):
    notice = draft()
    clause = notice.clauses.create(kind=ClauseKind.objects.get(code="art96"), people=1)
    shown = steps.digest(steps.clause_values(clause))
    given = {"notice_id": notice.pk, "clause_id": clause.pk, "kind_id": clause.kind_id, "actor": ola, "now": NOW}
    saving.save_clause(values={"people": 2}, shown=shown, **given)
    with pytest.raises(Changed):
        saving.save_clause(values={"people": 3}, shown=shown, **given)
    clause.refresh_from_db()
    assert clause.people == 2
    saving.drop_clause(notice_id=notice.pk, clause_id=clause.pk, actor=ola, now=NOW)
    with pytest.raises(Refused, match="usunął"):
        saving.save_clause(values={"people": 3}, shown=shown, **given)
    assert not Clause.objects.exists()


def test_parts_somebody_else_added_are_not_taken_away(ola):
    notice = draft()
    shown = steps.digest(steps.saved_values(notice, steps.CPV))
    given = {"notice_id": notice.pk, "codes": [], "actor": ola, "now": NOW, "shown": shown}
    saving.save_cpv(parts=[(1, "Szkoły", None)], **given)
    with pytest.raises(Changed):
        saving.save_cpv(parts=[(1, "Biura", None)], **given)
    assert notice.parts.get().subject == "Szkoły"
