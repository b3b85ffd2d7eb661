"""What is over its time goes at night: batch by batch, told in a report, history included."""

from dataclasses import replace
from datetime import timedelta

import pghistory
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import DatabaseError, transaction
from django.utils import timezone
from pghistory.models import Context

from accounts.choices import ErasureOutcome, Role, TrailKind
from accounts.models import Consent, ConsentDocument, ErasureRequest, RetentionReport, RoleGrant, TrailEntry, User
from accounts.trail import note
from accounts.use_cases import forgetting
from accounts.use_cases.erasure import is_erased
from accounts.use_cases.retention import forget, forgettable
from core import personal_data
from notifications.models import OutgoingEmail
from registry.models import ErrorReport, Organisation
from registry.use_cases import forgetting as registry_forgetting
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def ago(days):
    return NOW - timedelta(days=days)


def night(now=NOW):
    return {code: forget(code, clock=lambda: now) for code in forgettable()}


@pytest.fixture
def person():
    return User.objects.create_user("ola@example.pl", "haslo", full_name="Ola Nowak", last_login=NOW)


def test_the_trail_goes_after_its_time_and_not_before(person, settings):
    settings.TRAIL_KEPT_DAYS = 730
    for days in (731, 729):
        note(TrailKind.SIGNED_IN, actor=person, now=ago(days))
    assert forget("accounts.trail", clock=lambda: NOW) == 1
    assert [entry.at for entry in TrailEntry.objects.all()] == [ago(729)]


def test_nobody_else_takes_a_line_out_of_the_trail(person):
    entry = note(TrailKind.SIGNED_IN, actor=person, about="z domu", now=NOW)
    other = User.objects.create_user("inna@example.pl")
    for change in (
        entry.delete,
        TrailEntry.objects.all().delete,
        lambda: TrailEntry.objects.update(about="z pracy"),
        lambda: TrailEntry.objects.update(actor=other),
        lambda: TrailEntry.objects.update(subject=other),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    TrailEntry.objects.update(actor=None)
    assert list(TrailEntry.objects.values_list("actor", "about")) == [(None, "z domu")]


def test_a_role_goes_with_its_whole_history(person, settings):
    settings.ROLE_KEPT_DAYS = 100
    today = timezone.localdate(NOW)
    for role, ended in ((Role.DIRECTOR, 101), (Role.COMMISSION, 99)):
        RoleGrant.objects.create(
            user=person,
            role=role,
            starts_on=today - timedelta(days=400),
            ends_on=today - timedelta(days=ended),
            granted_at=ago(400),
        )
    assert forget("accounts.roles", clock=lambda: NOW) == 1
    assert [grant.role for grant in RoleGrant.objects.all()] == [Role.COMMISSION]
    assert set(RoleGrant.pgh_event_model.objects.values_list("role", flat=True)) == {Role.COMMISSION}


def test_sessions_and_the_log_of_the_admin_go(person):
    Session.objects.create(session_key="a" * 32, session_data="x", expire_date=ago(1))
    Session.objects.create(session_key="b" * 32, session_data="x", expire_date=NOW + timedelta(days=1))
    LogEntry.objects.create(user=person, object_repr="stary", action_flag=CHANGE, action_time=ago(800))
    LogEntry.objects.create(user=person, object_repr="nowy", action_flag=CHANGE, action_time=ago(8))
    night()
    assert [session.session_key for session in Session.objects.all()] == ["b" * 32]
    assert [entry.object_repr for entry in LogEntry.objects.all()] == ["nowy"]


def test_an_account_that_was_switched_off_long_ago_becomes_nobodys(settings):
    settings.CLOSED_ACCOUNT_KEPT_DAYS = 365
    kept = {"created_at": ago(500), "last_login": ago(400), "is_active": False}
    old = User.objects.create_user("dawna@example.pl", full_name="Dawna Osoba", **kept)
    lately = User.objects.create_user("niedawna@example.pl", **kept)
    note(TrailKind.ACCOUNT_CLOSED, subject=lately, now=ago(300))
    User.objects.create_user("czynna@example.pl", created_at=ago(500), last_login=ago(400))
    assert forget("accounts.account", clock=lambda: NOW) == 1
    old.refresh_from_db()
    assert (is_erased(old), old.full_name) == (True, "")
    assert set(User.objects.exclude(pk=old.pk).values_list("email", flat=True)) == {
        "niedawna@example.pl",
        "czynna@example.pl",
    }
    assert forget("accounts.account", clock=lambda: NOW) == 0


def test_an_account_that_was_never_used_goes_unless_a_role_waits_for_it(settings):
    settings.UNUSED_ACCOUNT_KEPT_DAYS = 90
    unused = User.objects.create_user("nikt@example.pl", created_at=ago(91))
    invited = User.objects.create_user("zaproszona@example.pl", created_at=ago(91))
    RoleGrant.objects.create(user=invited, role=Role.ASSESSOR, starts_on=timezone.localdate(NOW), granted_at=ago(91))
    User.objects.create_superuser("operator@example.pl", created_at=ago(91))
    User.objects.create_user("nowa@example.pl", created_at=ago(89))
    assert forget("accounts.account", clock=lambda: NOW) == 1
    assert [user for user in User.objects.all() if is_erased(user)] == [unused]


def test_taken_back_consents_and_decided_requests_go(person):
    document = ConsentDocument.objects.create(
        slug="zdjecia", version=1, title="Zdjęcia", text="Zgoda.", valid_from=NOW
    )
    for days in (2000, 1000):
        Consent.objects.create(user=person, document=document, given_at=ago(3000), withdrawn_at=ago(days))
        ErasureRequest.objects.create(
            user=person,
            asked_at=ago(3000),
            decided_at=ago(days),
            outcome=ErasureOutcome.REFUSED,
            answer="Trwa kontrola.",
        )
    night()
    assert [consent.withdrawn_at for consent in Consent.objects.all()] == [ago(1000)]
    assert [request.decided_at for request in ErasureRequest.objects.all()] == [ago(1000)]


def test_settled_reports_go_and_those_that_wait_stay(settings):
    settings.ERROR_REPORT_KEPT_DAYS = 365
    card = OrganisationFactory()
    for message, settled_at in (("stare", ago(366)), ("niedawne", ago(364)), ("czeka", None)):
        report = ErrorReport.objects.create(organisation=card, message=message, settled_at=settled_at)
        ErrorReport.objects.filter(pk=report.pk).update(created_at=ago(900))
    assert forget("registry.error_reports", clock=lambda: NOW) == 1
    assert set(ErrorReport.objects.values_list("message", flat=True)) == {"niedawne", "czeka"}


def test_a_former_contact_person_leaves_the_history_of_the_card(settings):
    settings.CONTACT_HISTORY_KEPT_DAYS = 365
    card = OrganisationFactory(contact_person="Dawna Osoba", contact_consent_on="2020-01-01")
    Organisation.objects.filter(pk=card.pk).update(contact_person="Obecna Osoba")
    events = Organisation.pgh_event_model.objects.filter(pgh_obj_id=card.pk)
    events.update(pgh_created_at=ago(366))
    Organisation.objects.filter(pk=card.pk).update(contact_person="Niedawna Osoba")
    Organisation.objects.filter(pk=card.pk).update(contact_person="Obecna Osoba")

    assert forget("registry.contact_person", clock=lambda: NOW) == 1

    assert sorted(events.values_list("contact_person", flat=True)) == [
        "",
        "Niedawna Osoba",
        "Obecna Osoba",
        "Obecna Osoba",
    ]


def test_a_removed_contact_person_leaves_the_history_too(settings):
    settings.CONTACT_HISTORY_KEPT_DAYS = 365
    card = OrganisationFactory(contact_person="Dawna Osoba", contact_consent_on="2020-01-01")
    Organisation.objects.filter(pk=card.pk).update(contact_person="", contact_consent_on=None)
    events = Organisation.pgh_event_model.objects.filter(pgh_obj_id=card.pk)
    events.update(pgh_created_at=ago(366))
    night()
    assert set(events.values_list("contact_person", "contact_consent_on")) == {("", None)}


def test_who_made_a_change_is_forgotten_and_the_change_is_not(person, settings):
    settings.CHANGE_AUTHOR_KEPT_DAYS = 1825
    with pghistory.context(user=person.pk, url="/admin/registry/organisation/1/change/", source="panel"):
        card = OrganisationFactory()
    Context.objects.update(created_at=ago(1826))
    assert forget("registry.changes", clock=lambda: NOW) == 1
    assert [context.metadata for context in Context.objects.all()] == [{"source": "panel"}]
    assert Organisation.pgh_event_model.objects.filter(pgh_obj_id=card.pk).exists()
    assert forget("registry.changes", clock=lambda: NOW) == 0


def test_letters_are_forgotten_by_the_same_job(person):
    OutgoingEmail.objects.create(
        to=person.email,
        template="accounts/email/erased",
        subject="Stary",
        body="x",
        dedupe_key="stary",
        created_at=ago(200),
        due_at=ago(200),
        sent_at=ago(181),
    )
    assert night()["accounts.letters"] == 1
    assert not OutgoingEmail.objects.exists()


def test_a_night_says_what_it_removed_even_when_it_is_done_twice(person):
    for _ in range(2):
        note(TrailKind.SIGNED_IN, actor=person, now=ago(731))
    night()
    assert night()["accounts.trail"] == 0
    note(TrailKind.SIGNED_IN, actor=person, now=ago(731))
    night()
    reports = {report.data_class: report for report in RetentionReport.objects.all()}
    assert set(reports) == set(forgettable())
    assert reports["accounts.trail"].removed == 3
    assert all(report.finished_at for report in reports.values())
    assert reports["accounts.trail"].label == "Dziennik"


def test_a_killed_night_has_reported_exactly_what_it_removed_and_the_next_goes_on(person, monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    TrailEntry.objects.bulk_create(TrailEntry(kind=TrailKind.SIGNED_IN, actor=person, at=ago(731)) for _ in range(5))
    trail = personal_data.find("accounts.trail")
    calls = []

    class Killed(BaseException):
        pass

    def dies_in_the_third_batch(now):
        calls.append(now)
        removed = trail.forget(now)
        if len(calls) == 3:
            raise Killed
        return removed

    monkeypatch.setitem(personal_data._CLASSES, "accounts.trail", replace(trail, forget=dies_in_the_third_batch))
    with pytest.raises(Killed):
        forget("accounts.trail", clock=lambda: NOW)
    report = RetentionReport.objects.get()
    assert (TrailEntry.objects.count(), report.removed, report.finished_at) == (1, 4, None)

    assert forget("accounts.trail", clock=lambda: NOW) == 1
    report.refresh_from_db()
    assert (TrailEntry.objects.count(), report.removed, bool(report.finished_at)) == (0, 5, True)


def test_a_batch_of_the_register_is_no_longer_than_it_may_be(monkeypatch):
    monkeypatch.setattr(registry_forgetting, "BATCH", 2)
    card = OrganisationFactory()
    for _ in range(5):
        ErrorReport.objects.create(organisation=card, message="x", settled_at=ago(400))
    assert registry_forgetting.forget_reports(NOW) == 2
    assert forget("registry.error_reports", clock=lambda: NOW) == 3
