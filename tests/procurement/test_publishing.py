"""A notice becomes public, is corrected, withdrawn and concluded: what is written down, and who hears of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from procurement.choices import Kept, NoticeState, Outcome
from procurement.models import Award, Clause, ClauseKind, Notice, NoticeStep, Performance, Posting
from procurement.notices import steps
from procurement.notices.words import rows_of
from procurement.tasks.notices import publish_due_notice, publish_due_notices
from procurement.use_cases import entries, telling
from procurement.use_cases.notices import documents, publishing, results, saving, starting
from procurement.use_cases.notices.changing import Changed
from procurement.workflow import OFFICER, TIME, notices
from tests.accounts.factories import account, authority
from tests.procurement.factories import NoticeFactory, PlanItemFactory, published
from tests.registry.factories import (
    NOW,
    TODAY,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
)

pytestmark = pytest.mark.django_db
BZP = "ocds-148610-d0ed5ac9-16e7-4b6f-a8a8-2c192101be63"


@pytest.fixture
def ola():
    return account(Role.OFFICER, email="ola@example.pl")


@pytest.fixture
def heard(monkeypatch):
    """What the list and the letters were told: [(who, ids)]."""
    calls = []
    monkeypatch.setattr(entries, "refresh", lambda ids, *, now: calls.append(("list", sorted(ids))))
    monkeypatch.setattr(telling, "announced", lambda ids, *, now: calls.append(("letters", sorted(ids))))
    return calls


def draft(**given):
    return NoticeFactory(state=NoticeState.DRAFT, **given)


def kept_steps(notice):
    return [(step.name, step.note) for step in notice.steps.all()]


def correct(notice, step, actor, *, reason="Błąd w treści.", shown=None, **values):
    return saving.save(
        notice_id=notice.pk, step=step, values=values, shown=shown, reason=reason, actor=actor, now=NOW
    )  # fmt: skip


# The table


def test_every_state_is_reached_and_what_is_withdrawn_stays_so():
    reached = {NoticeState.DRAFT} | {step.target for step in notices}
    assert reached == set(NoticeState)
    assert notices.available(state=NoticeState.WITHDRAWN, actor=OFFICER) == []


def test_time_does_nothing_but_publish():
    assert {step.name for step in notices if TIME in step.actors} == {"publish"}


# From nothing to everybody


def test_published_now_it_is_known_to_the_list_and_the_letters(ola, heard):
    notice = draft(value=Decimal(200_000))
    publishing.publish(notice_id=notice.pk, actor=ola, now=NOW)
    notice.refresh_from_db()
    assert (notice.state, notice.published_at, notice.band) == (NoticeState.PUBLISHED, NOW, "krajowe")
    assert heard == [("list", [notice.pk]), ("letters", [notice.pk])]
    step = notice.steps.get()
    assert (step.name, step.source, step.target, step.made_by) == ("publish", "szkic", "ogloszone", ola)
    with pytest.raises(Refused):
        publishing.publish(notice_id=notice.pk, actor=ola, now=NOW)


def test_on_its_day_it_appears_once_whoever_asks_and_however_often(ola, heard):
    notice, day = draft(), NOW + timedelta(days=2)
    publishing.schedule(notice_id=notice.pk, publish_at=day, actor=ola, now=NOW)
    assert heard == []
    assert publishing.due(now=day - timedelta(seconds=1)) == []
    assert publishing.publish_due(notice_id=notice.pk, now=day - timedelta(seconds=1)) is None
    assert publishing.due(now=day) == [notice.pk]
    for _ in range(2):
        publishing.publish_due(notice_id=notice.pk, now=day)
    notice.refresh_from_db()
    assert (notice.state, notice.published_at) == (NoticeState.PUBLISHED, day)
    assert heard == [("list", [notice.pk]), ("letters", [notice.pk])]
    assert kept_steps(notice) == [("schedule", ""), ("publish", "")]


def test_what_was_taken_off_the_schedule_or_thrown_away_does_not_appear(ola, heard):
    notice = draft()
    publishing.schedule(notice_id=notice.pk, publish_at=NOW + timedelta(days=2), actor=ola, now=NOW)
    publishing.unschedule(notice_id=notice.pk, actor=ola, now=NOW)
    publishing.publish_due(notice_id=notice.pk, now=NOW + timedelta(days=3))
    notice.refresh_from_db()
    assert (notice.state, notice.publish_at) == (NoticeState.DRAFT, None)
    posting = notice.posting_id
    publishing.discard(notice_id=notice.pk)
    publish_due_notice(notice_id=posting)
    assert not Posting.objects.filter(pk=posting).exists()
    assert heard == []


@pytest.mark.parametrize("away", [timedelta(0), timedelta(minutes=-1), timedelta(days=367)])
def test_a_moment_that_is_over_or_far_away_is_refused(ola, away):
    with pytest.raises(Refused):
        publishing.schedule(notice_id=draft().pk, publish_at=NOW + away, actor=ola, now=NOW)


def test_only_a_draft_is_thrown_away():
    notice = NoticeFactory()
    with pytest.raises(Refused, match="tylko szkic"):
        publishing.discard(notice_id=notice.pk)
    assert Notice.objects.filter(pk=notice.pk).exists()


# From a plan, from another notice


def test_from_a_position_the_plan_goes_over_and_the_process_stays(ola):
    item = PlanItemFactory(cpv=["90910000", "90919300"], remarks="Dwa budynki.")
    item.clauses.create(kind=ClauseKind.objects.get(code="art96"), groups=["bezrobotni"], people=3)
    published(item.version)
    notice = starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)
    assert (notice.subject, notice.value, notice.nature, notice.position) == (
        item.subject, item.value, item.nature, item.position,
    )  # fmt: skip
    assert notice.posting.ocid == item.position.posting.ocid
    assert notice.posting != item.position.posting
    assert list(notice.cpv_links.values_list("code_id", flat=True)) == ["90910000", "90919300"]
    assert notice.clauses.get().people == 3
    assert (notice.state, notice.authority) == (NoticeState.DRAFT, item.version.plan.authority)


def test_the_bulletins_number_is_the_process_until_everybody_has_read_another(ola):
    item = PlanItemFactory()
    published(item.version)
    notice = starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)
    correct(notice, steps.VALUE, ola, procedure_id=BZP)
    notice.posting.refresh_from_db()
    assert notice.posting.ocid == BZP
    publishing.publish(notice_id=notice.pk, actor=ola, now=NOW)
    correct(notice, steps.VALUE, ola, procedure_id=BZP.replace("d0ed5ac9", "00000000"))
    notice.posting.refresh_from_db()
    assert notice.posting.ocid == BZP


def test_a_position_of_a_plan_that_nobody_sees_gives_no_notice(ola):
    item = PlanItemFactory()
    with pytest.raises(Refused, match="planu"):
        starting.start_from_position(position_id=item.position_id, actor=ola, now=NOW)


def test_a_copy_is_a_draft_of_its_own(ola):
    old = NoticeFactory(
        bzp_number="2026/BZP 00012345/01", cpv=["55520000"], deadline_at=NOW, performed_from=TODAY, place="Rynek 1"
    )
    old.parts.create(number=2, subject="Obiady", value=5)
    old.clauses.create(kind=ClauseKind.objects.get(code="art94"), percent=40)
    new = starting.copy(notice_id=old.pk, actor=ola, now=NOW)
    assert (new.state, new.place, new.bzp_number, new.deadline_at, new.performed_from) == (
        NoticeState.DRAFT, "Rynek 1", "", None, None,
    )  # fmt: skip
    assert new.posting.ocid != old.posting.ocid
    assert [(part.number, part.subject) for part in new.parts.all()] == [(2, "Obiady")]
    assert new.clauses.get().percent == 40
    assert old.clauses.count() == 1


# Corrections


def test_a_correction_says_what_was_what_is_and_why(ola, heard):
    notice = NoticeFactory(value=Decimal(100_000), place="Rynek 1")
    correct(notice, steps.VALUE, ola, value=Decimal(200_000), price_weight=55, reason=" Pomyłka w wartości. ")
    step = notice.steps.get()
    assert (step.name, step.note, step.made_by) == ("correct", "Pomyłka w wartości.", ola)
    assert step.changes == {
        "Wartość szacunkowa netto": ["100\xa0000\xa0zł", "200\xa0000\xa0zł"],
        "Waga ceny": ["", "55%"],
    }
    assert heard == [("list", [notice.pk]), ("letters", [notice.pk])]
    notice.refresh_from_db()
    assert (notice.state, notice.band) == (NoticeState.PUBLISHED, "krajowe")


def test_a_correction_without_a_reason_changes_nothing(ola, heard):
    notice = NoticeFactory()
    with pytest.raises(Refused, match="dlaczego"):
        correct(notice, steps.WHAT, ola, subject="Inny przedmiot", reason="  ")
    notice.refresh_from_db()
    assert notice.subject != "Inny przedmiot"
    assert heard == []


def test_what_is_the_same_is_no_correction(ola, heard):
    notice = NoticeFactory(value=Decimal("100000.00"))
    correct(notice, steps.VALUE, ola, value=Decimal(100_000), reason="")
    assert not notice.steps.exists()
    assert heard == []


def test_a_draft_needs_no_reason_and_leaves_no_history(ola, heard):
    notice = draft()
    correct(notice, steps.WHAT, ola, subject="Inny przedmiot", reason="")
    notice.refresh_from_db()
    assert (notice.subject, notice.steps.count(), heard) == ("Inny przedmiot", 0, [])


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


# Withdrawn


def test_withdrawn_with_a_reason(ola, heard):
    notice = NoticeFactory()
    with pytest.raises(Refused, match="dlaczego"):
        publishing.withdraw(notice_id=notice.pk, reason=" ", actor=ola, now=NOW)
    publishing.withdraw(notice_id=notice.pk, reason="Brak środków.", actor=ola, now=NOW)
    notice.refresh_from_db()
    assert (notice.state, notice.end_reason, notice.ended_at) == (NoticeState.WITHDRAWN, "Brak środków.", NOW)
    assert heard == [("list", [notice.pk]), ("letters", [notice.pk])]


# Results


def settle(notice, actor, **given):
    return results.settle(
        notice_id=notice.pk, actor=actor, now=NOW, **{"outcome": Outcome.AWARDED, "decided_on": TODAY} | given
    )  # fmt: skip


def test_the_winner_is_found_by_number_and_what_it_was_that_day_is_kept(ola, heard):
    winner = InstitutionFactory(name="Spółdzielnia Socjalna Alfa", nip="8971234561")
    card = OrganisationFactory(institution=winner, published=True)
    SocialEnterpriseStatusFactory(institution=winner, granted_on=date(2024, 1, 1), lost_on=date(2026, 11, 1))
    OfferMarkFactory(offer=OfferFactory(organisation=card), granted_on=date(2026, 3, 1), valid_until=TODAY)
    notice = NoticeFactory()
    award = settle(notice, ola, supplier_nip="8971234561", value=Decimal(90_000), offers=3, people_planned=2)
    award.refresh_from_db()
    assert (award.supplier, award.supplier_name) == (winner, "Spółdzielnia Socjalna Alfa")
    assert (award.was_pes, award.was_ps, award.had_mark) == (True, False, True)
    notice.refresh_from_db()
    assert (notice.state, notice.ended_at) == (NoticeState.CONCLUDED, NOW)
    assert heard == [("list", [notice.pk]), ("letters", [notice.pk])]


@pytest.mark.parametrize(("day", "was"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)])
def test_a_status_counts_on_the_day_of_the_decision(ola, day, was):
    status = SocialEnterpriseStatusFactory(granted_on=date(2024, 1, 1), lost_on=date(2026, 11, 1))
    OrganisationFactory(institution=status.institution)
    award = settle(NoticeFactory(), ola, supplier_id=status.institution_id, decided_on=day)
    assert award.was_ps is was


@pytest.mark.parametrize("said", [True, False, None])
def test_of_whom_the_register_does_not_know_the_officers_word_is_kept(ola, said):
    award = settle(NoticeFactory(), ola, supplier_name="Firma Obca", supplier_nip="5260250274", said_pes=said)
    assert (award.supplier, award.was_pes, award.was_ps, award.had_mark) == (None, said, None, None)


def test_the_register_is_believed_before_the_officer(ola):
    card = OrganisationFactory()
    assert settle(NoticeFactory(), ola, supplier_id=card.institution_id, said_pes=False).was_pes is True


def test_an_annulled_order_has_a_reason_and_no_winner(ola):
    notice = NoticeFactory()
    with pytest.raises(Refused, match="unieważniono"):
        settle(notice, ola, outcome=Outcome.ANNULLED, reason=" ")
    award = settle(notice, ola, outcome=Outcome.ANNULLED, reason="Brak ofert.", supplier_name="Nikt", offers=0)
    notice.refresh_from_db()
    assert (notice.state, notice.end_reason) == (NoticeState.CANCELLED, "Brak ofert.")
    assert (award.supplier_name, award.offers) == ("", 0)


def test_the_last_part_ends_the_notice(ola):
    notice = NoticeFactory()
    one = notice.parts.create(number=1, subject="Szkoły")
    two = notice.parts.create(number=2, subject="Biura")
    with pytest.raises(Refused, match="części"):
        settle(notice, ola, supplier_name="Alfa")
    settle(notice, ola, part_id=one.pk, outcome=Outcome.ANNULLED, reason="Brak ofert.")
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED
    settle(notice, ola, part_id=two.pk, supplier_name="Alfa")
    notice.refresh_from_db()
    assert notice.state == NoticeState.CONCLUDED
    assert [name for name, _ in kept_steps(notice)] == ["part_result", "conclude"]


def test_a_result_is_changed_with_a_reason_and_what_it_was_stays_to_be_read(ola):
    notice = NoticeFactory()
    settle(notice, ola, supplier_name="Alfa", value=Decimal(100))
    with pytest.raises(Refused, match="zmieniasz wynik"):
        settle(notice, ola, supplier_name="Beta")
    settle(notice, ola, outcome=Outcome.ANNULLED, reason="Odstąpiono od umowy.", note="Alfa odmówiła podpisania.")
    notice.refresh_from_db()
    assert (notice.state, Award.objects.count()) == (NoticeState.CANCELLED, 1)
    last = notice.steps.last()
    assert (last.name, last.note) == ("cancel", "Alfa odmówiła podpisania.")
    assert last.changes["Wykonawca"] == ["Alfa", ""]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "wykonawcę"),
        ({"supplier_name": "Alfa", "decided_on": TODAY + timedelta(days=1)}, "nie nadszedł"),
        ({"supplier_name": "Alfa", "part_id": 999}, "Nie ma takiej części"),
    ],
)  # fmt: skip
def test_a_result_that_makes_no_sense_is_refused(ola, given, words):
    with pytest.raises(Refused, match=words):
        settle(NoticeFactory(), ola, **given)


@pytest.mark.parametrize("state", [NoticeState.DRAFT, NoticeState.SCHEDULED, NoticeState.WITHDRAWN])
def test_what_is_not_public_has_no_result(ola, state):
    notice = NoticeFactory(state=state, publish_at=NOW)
    with pytest.raises(Refused, match="po ogłoszeniu"):
        settle(notice, ola, supplier_name="Alfa")


def test_a_notice_with_a_result_is_not_withdrawn_and_its_parts_stay(ola):
    notice = NoticeFactory()
    one = notice.parts.create(number=1, subject="Szkoły")
    notice.parts.create(number=2, subject="Biura")
    settle(notice, ola, part_id=one.pk, supplier_name="Alfa")
    with pytest.raises(Refused, match="wynik"):
        publishing.withdraw(notice_id=notice.pk, reason="Brak środków.", actor=ola, now=NOW)
    with pytest.raises(Refused, match="wynik"):
        saving.save_cpv(
            notice_id=notice.pk, codes=[], parts=[(2, "Biura", None)], shown=None, reason="x", actor=ola, now=NOW
        )  # fmt: skip
    assert notice.parts.count() == 2


# What was kept


def report(award, **given):
    return results.report(award_id=award.pk, now=NOW, **{"reported_on": TODAY, "people_employed": 2} | given)


def test_reports_come_until_the_final_one(ola, heard):
    award = settle(NoticeFactory(), ola, supplier_name="Alfa")
    heard.clear()
    report(award, reported_on=TODAY - timedelta(days=30))
    report(award, people_employed=3, months=12, kept=Kept.YES, is_final=True)
    assert heard == [("list", [award.notice_id])] * 2
    with pytest.raises(Refused, match="końcowe"):
        report(award, reported_on=TODAY - timedelta(days=1))
    report(award, people_employed=4, is_final=True)
    numbers = Performance.objects.order_by("reported_on").values_list("people_employed", "is_final")
    assert list(numbers) == [(2, False), (4, True)]


def test_a_missing_number_is_not_zero(ola):
    award = settle(NoticeFactory(), ola, supplier_name="Alfa")
    assert report(award, people_employed=None, kept=Kept.NO).people_employed is None
    assert report(award, people_employed=0).people_employed == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"people_employed": None}, "co wiadomo"),
        ({"reported_on": TODAY + timedelta(days=1)}, "nie nadszedł"),
    ],
)
def test_a_report_that_says_nothing_or_is_of_tomorrow_is_refused(ola, given, words):
    award = settle(NoticeFactory(), ola, supplier_name="Alfa")
    with pytest.raises(Refused, match=words):
        report(award, **given)


def test_nobody_performs_an_annulled_order(ola):
    award = settle(NoticeFactory(), ola, outcome=Outcome.ANNULLED, reason="Brak ofert.")
    with pytest.raises(Refused, match="Unieważnionego"):
        report(award)


def test_the_words_of_a_step_are_read_in_a_fixed_number_of_queries(django_assert_num_queries):
    notice = NoticeFactory(cpv=["90910000", "90919300"], authority=authority())
    notice = Notice.objects.get(pk=notice.pk)
    with django_assert_num_queries(2):
        rows_of(notice, steps.CPV)


def test_the_task_of_every_few_minutes_announces_what_is_due(ola):
    due, later = (
        NoticeFactory(state=NoticeState.SCHEDULED, publish_at=NOW.replace(year=year)) for year in (2020, 2090)
    )
    publish_due_notices()
    assert set(Notice.objects.public()) == {due}
    assert later in Notice.objects.filter(state=NoticeState.SCHEDULED)
