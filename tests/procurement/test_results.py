"""A notice is concluded: who won and what they were, and what was kept of it afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.exceptions import Refused
from procurement.choices import Kept, NoticeState, Outcome
from procurement.models import (
    Announcement,
    Award,
    Performance,
    PostingEntry,
)
from procurement.use_cases.notices import publishing, results, saving
from registry.models import Organisation
from tests.procurement.factories import NoticeFactory
from tests.procurement.noticed import heard, kept_steps
from tests.registry.factories import (
    NOW,
    TODAY,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db


def settle(notice, actor, **given):
    return results.settle(
        notice_id=notice.pk, actor=actor, now=NOW, **{"outcome": Outcome.AWARDED, "decided_on": TODAY} | given
    )  # fmt: skip


def test_the_winner_is_found_by_number_and_what_it_was_that_day_is_kept(ola):
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
    assert heard() == ([notice.pk], [notice.pk])


@pytest.mark.parametrize(("day", "was"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)])
def test_a_status_counts_on_the_day_of_the_decision(ola, day, was):
    status = SocialEnterpriseStatusFactory(granted_on=date(2024, 1, 1), lost_on=date(2026, 11, 1))
    OrganisationFactory(institution=status.institution)
    award = settle(NoticeFactory(), ola, supplier_id=status.institution_id, decided_on=day)
    assert award.was_ps is was


def test_who_was_a_subject_of_the_social_economy_that_day_is_kept_and_not_who_is_today(ola):
    begun = UnitFactory(started_on=date(2026, 6, 1), ended_on=date(2026, 10, 1))
    OrganisationFactory(unit=begun, institution=begun.operator)
    for day, was in ((date(2026, 5, 31), None), (date(2026, 6, 1), True), (date(2026, 10, 1), None)):
        award = settle(NoticeFactory(), ola, supplier_id=begun.operator_id, decided_on=day)
        assert award.was_pes is was, day
    gone = OrganisationFactory()
    Organisation.objects.filter(pk=gone.pk).update(removed_at=NOW - timedelta(days=5))
    for day, was in ((TODAY - timedelta(days=9), True), (TODAY, None)):
        award = settle(NoticeFactory(), ola, supplier_id=gone.institution_id, decided_on=day)
        assert award.was_pes is was, day


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


def test_the_only_part_without_a_result_is_not_taken_away(ola):
    notice = NoticeFactory()
    one = notice.parts.create(number=1, subject="Szkoły")
    notice.parts.create(number=2, subject="Biura")
    kept = {"notice_id": notice.pk, "codes": [], "shown": None, "reason": "Błąd.", "actor": ola, "now": NOW}
    saving.save_cpv(parts=[(1, "Szkoły", None), (2, "Biura", None), (3, "Hale", None)], **kept)
    settle(notice, ola, part_id=one.pk, supplier_name="Alfa")
    saving.save_cpv(parts=[(1, "Szkoły", None), (2, "Biura", None)], **kept)
    with pytest.raises(Refused, match="podaj jej wynik"):
        saving.save_cpv(parts=[(1, "Szkoły", None)], **kept)
    assert notice.parts.count() == 2


# What was kept


def report(award, **given):
    return results.report(award_id=award.pk, now=NOW, **{"reported_on": TODAY, "people_employed": 2} | given)


def test_reports_come_until_the_final_one(ola):
    award = settle(NoticeFactory(), ola, supplier_name="Alfa")
    Announcement.objects.all().delete()
    PostingEntry.objects.all().delete()
    report(award, reported_on=TODAY - timedelta(days=30))
    report(award, people_employed=3, months=12, kept=Kept.YES, is_final=True)
    assert heard() == ([award.notice_id], [])
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
