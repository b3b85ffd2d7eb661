"""Carrying out a request: nothing of the person is left in any table, the fact is."""

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import timezone

from accounts.choices import ErasureOutcome, Role, TrailKind
from accounts.models import ErasureRequest, RoleGrant, TrailEntry, User
from accounts.trail import note
from accounts.use_cases import consents, erasure
from accounts.use_cases.addresses import correct_address
from core.exceptions import Refused
from core.templatetags.portal import date_words
from notifications import delivery
from notifications.choices import Frequency
from notifications.models import OutgoingEmail, Preference, QuietHours
from registry.models import ErrorReport
from tests.accounts.factories import account, hold
from tests.browser.doors import PASSWORD, with_password
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
NAME, ADDRESS = "Zenobia Niepowtarzalna", "zenobia@example.pl"


@pytest.fixture
def person(client):
    """Somebody with something in every class of data."""
    user = with_password(account(Role.REPRESENTATIVE, email=ADDRESS))
    user.full_name = NAME
    user.save()
    client.post("/konto/logowanie/", {"login": ADDRESS, "password": PASSWORD})
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    OutgoingEmail.objects.create(
        to=ADDRESS.upper(), template="x", subject=f"Do {NAME}", body=NAME, dedupe_key="a", created_at=NOW, due_at=NOW
    )
    OutgoingEmail.objects.create(
        to="inna@example.pl",
        template="x",
        subject=f"{NAME} prosi",
        body=f"{NAME}, {ADDRESS}",
        dedupe_key="b",
        created_at=NOW,
        due_at=NOW,
    )
    Preference.objects.create(user=user, template="x", frequency=Frequency.NEVER)
    Preference.objects.create(address=ADDRESS, template="x", frequency=Frequency.NEVER)
    QuietHours.objects.create(user=user, starts="22:00", ends="06:00")
    consents.give(user=user, slug=consents.TERMS, now=NOW)
    ErrorReport.objects.create(organisation=OrganisationFactory(), message="x", email=ADDRESS)
    note(TrailKind.INVITED, subject=user, about=f"zaproszenie {ADDRESS.upper()} ({NAME})", now=NOW)
    note(TrailKind.EMAIL_CHANGED, subject=user, about="było dawna@example.pl, literówka", now=NOW)
    EmailAddress.objects.create(user=user, email="nowa@example.pl")
    OutgoingEmail.objects.create(
        to="nowa@example.pl", template="x", subject="Potwierdź", body="x", dedupe_key="c", created_at=NOW, due_at=NOW
    )
    LogEntry.objects.create(user=user, object_repr=f"{ADDRESS}, konto", change_message=NAME, action_flag=CHANGE)
    hold(user, Role.ASSESSOR, starts_on=timezone.localdate(NOW) + timedelta(days=3))
    return user


@pytest.fixture
def asked(person):
    return erasure.ask(user=person, reason=f"Nazywam się {NAME}", now=NOW)


@pytest.fixture
def administrator():
    return account(Role.ADMINISTRATOR, email="admin@example.pl")


def everywhere(words):
    """Tables that hold these words in any column of text, found by asking the database itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text ILIKE %s LIMIT 1', [f"%{words}%"])  # noqa: S608
            if cursor.fetchone():
                found.append(table)
    return found


def test_nothing_of_the_person_is_left_in_any_table(asked, administrator):
    assert len(everywhere(ADDRESS)) >= 7
    assert len(everywhere(NAME)) >= 5

    erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)

    for words in (NAME, "dawna@example.pl", "nowa@example.pl"):
        assert everywhere(words) == [], words
    assert everywhere(ADDRESS) == ["notifications_outgoingemail"]
    OutgoingEmail.objects.update(sent_at=NOW)
    from accounts.use_cases.retention import forget

    forget("accounts.erasures", clock=lambda: NOW)
    assert everywhere(ADDRESS) == []


def test_the_account_is_nobodys(client, asked, person, administrator):
    client.get("/konto/")
    erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)
    person.refresh_from_db()
    assert (person.is_active, person.full_name, person.last_login) == (False, "", None)
    assert not person.has_usable_password()
    assert re.fullmatch(r"[0-9a-f]{32}@usuniete\.invalid", person.email)
    for model in (EmailAddress, Authenticator, UserSession):
        assert not model.objects.filter(user=person).exists()
    assert client.get("/konto/").status_code == 302
    today = timezone.localdate(NOW)
    assert not RoleGrant.objects.filter(user=person, ends_on=None).exists()
    assert not any(grant.is_valid_on(today + timedelta(days=4)) for grant in RoleGrant.objects.filter(user=person))


def test_the_trail_keeps_the_fact_without_the_name(asked, person, administrator):
    erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)
    entries = TrailEntry.objects.filter(subject=person).order_by("pk")
    assert [entry.about for entry in entries if entry.kind == TrailKind.INVITED] == [
        "zaproszenie (usunięto) ((usunięto))"
    ]
    assert [entry.actor for entry in entries if entry.kind == TrailKind.ERASED] == [administrator]


def test_the_person_is_told_once(asked, administrator):
    erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)
    letter = OutgoingEmail.objects.get(to=ADDRESS)
    assert (letter.to, letter.template) == (ADDRESS, erasure.FAREWELL)
    delivery.deliver(letter.pk, clock=lambda: NOW)
    with pytest.raises(Refused):
        erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)


def test_coordinators_hear_when_nobody_is_left(asked, person, administrator):
    coordinator = account(Role.COORDINATOR, email="k@example.pl")
    erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)
    letter = OutgoingEmail.objects.get(to=coordinator.email)
    assert str(person.grants.exclude(organisation=None).get().organisation) in letter.body


def test_letters_to_others_are_kept_without_the_name(asked, administrator):
    erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)
    letter = OutgoingEmail.objects.get(to="inna@example.pl")
    assert (letter.subject, letter.body) == ("(usunięto) prosi", "(usunięto), (usunięto)")


def test_letters_to_a_former_address_go_too(person, administrator):
    correct_address(user_id=person.pk, address="nowsza@example.pl", actor=administrator, reason="Prosi.", now=NOW)
    erasure.empty_account(user_id=person.pk, actor=administrator, now=NOW)
    assert not OutgoingEmail.objects.filter(template="accounts/email/address_corrected").exists()


def test_a_refusal_needs_words_and_leaves_everything(asked, person, administrator):
    with pytest.raises(Refused):
        erasure.refuse(request_id=asked.pk, answer=" ", actor=administrator, now=NOW)
    erasure.refuse(request_id=asked.pk, answer="Trwa kontrola wydatków.", actor=administrator, now=NOW)
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_by, asked.user.email) == (ErasureOutcome.REFUSED, administrator, ADDRESS)
    letter = OutgoingEmail.objects.get(template="accounts/email/erasure_refused")
    assert "Trwa kontrola wydatków." in letter.body
    assert erasure.ask(user=person, reason="", now=NOW).pk != asked.pk


def test_the_last_administrator_stays(administrator):
    other = account(Role.ADMINISTRATOR, email="drugi@example.pl")
    request = erasure.ask(user=other, reason="", now=NOW)
    RoleGrant.objects.filter(user=administrator).update(ends_on=date(2021, 1, 1))
    with pytest.raises(Refused, match="ostatni administrator"):
        erasure.carry_out(request_id=request.pk, actor=administrator, now=NOW)
    other.refresh_from_db()
    assert other.email == "drugi@example.pl"
    RoleGrant.objects.filter(user=administrator).update(ends_on=None)
    erasure.carry_out(request_id=request.pk, actor=administrator, now=NOW)


def test_ones_own_request_is_for_another_administrator(administrator):
    account(Role.ADMINISTRATOR, email="drugi@example.pl")
    request = erasure.ask(user=administrator, reason="", now=NOW)
    with pytest.raises(Refused, match="inny administrator"):
        erasure.carry_out(request_id=request.pk, actor=administrator, now=NOW)


def test_a_name_of_one_word_is_not_taken_out_of_the_words_of_others(administrator):
    user = account(email="jan@example.pl")
    user.full_name = "Jan"
    user.save()
    entry = note(TrailKind.INVITED, about="zaproszenie Janiny", now=NOW)
    erasure.empty_account(user_id=user.pk, actor=administrator, now=NOW)
    entry.refresh_from_db()
    assert entry.about == "zaproszenie Janiny"


def test_nothing_is_done_when_one_class_fails(asked, person, administrator, monkeypatch):
    from core import personal_data

    class Broken(Exception):
        pass

    def fail(user, now):
        raise Broken

    last = personal_data.DataClass(
        code="zz", label="", what="", purpose="", basis="", seen_by="", kept=str, erase=fail
    )
    monkeypatch.setitem(personal_data._CLASSES, "zz", last)
    with pytest.raises(Broken):
        erasure.carry_out(request_id=asked.pk, actor=administrator, now=NOW)
    assert User.objects.get(pk=person.pk).email == ADDRESS
    assert Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize(
    "given",
    [
        {"outcome": "done"},
        {"decided_at": NOW},
        {"decided_at": NOW, "outcome": "refused"},
        {"outcome": "x", "decided_at": NOW},
    ],
)
def test_the_database_refuses_a_half_decided_request(given):
    with pytest.raises(IntegrityError):
        ErasureRequest.objects.create(user=account(), asked_at=NOW, **given)


@pytest.fixture
def office(client, administrator):
    client.force_login(administrator)
    return client


def page_of(request):
    return reverse("admin:accounts_erasurerequest_change", args=[request.pk])


def test_the_panel_tells_administrators_until_when_to_answer(client, asked, administrator):
    ErasureRequest.objects.update(asked_at=NOW - timedelta(days=10))
    client.force_login(administrator)
    page = client.get("/panel/").content.decode()
    assert "Prośby o usunięcie danych: 1" in page
    assert date_words(timezone.localdate(NOW) + timedelta(days=18)) in page
    client.force_login(account(Role.DIRECTOR))
    assert "Prośby o usunięcie danych" not in client.get("/panel/").content.decode()


def test_the_queue_shows_what_waits_and_what_would_be_left(asked, office, person):
    assert ADDRESS in office.get(reverse("admin:accounts_erasurerequest_changelist")).content.decode()
    page = office.get(page_of(asked)).content.decode()
    assert f"Nazywam się {NAME}" in page
    assert f"przedstawiciel podmiotu: {person.grants.exclude(organisation=None).get().organisation}" in page


def test_an_administrator_carries_it_out_and_the_log_of_the_admin_learns_no_name(asked, office):
    assert office.post(page_of(asked), {"decision": "done", "answer": ""}).status_code == 302
    asked.refresh_from_db()
    assert asked.outcome == ErasureOutcome.DONE
    assert everywhere(NAME) == []
    assert everywhere(ADDRESS) == ["notifications_outgoingemail"]
    page = office.get(page_of(asked)).content.decode()
    assert "usunięte konto" in page
    assert 'name="decision"' not in page


def test_what_was_typed_is_kept_when_there_are_no_words(asked, office):
    answer = office.post(page_of(asked), {"decision": "refused", "answer": ""})
    assert answer.status_code == 200
    assert "Napisz, dlaczego danych nie można usunąć." in answer.content.decode()
    assert re.search(r'value="refused"[^>]*checked', answer.content.decode())
    assert office.post(page_of(asked), {"answer": "x"}).status_code == 200
    asked.refresh_from_db()
    assert asked.outcome == ""
    assert office.post(page_of(asked), {"decision": "refused", "answer": "Trwa kontrola."}).status_code == 302


def test_the_word_of_the_last_administrator_comes_back_in_the_form(office, administrator):
    other = account(Role.ADMINISTRATOR, email="drugi@example.pl")
    request = erasure.ask(user=other, reason="", now=NOW)
    RoleGrant.objects.filter(user=administrator).update(ends_on=date(2021, 1, 1))
    administrator.is_superuser = True
    administrator.save()
    answer = office.post(page_of(request), {"decision": "done", "answer": ""})
    assert "To ostatni administrator." in answer.content.decode()
