"""/konto/dane/: what is held on me, to see, to take away and to have erased."""

import json
from datetime import date

import pytest
from django.utils import timezone

from accounts.choices import Role, TrailKind
from accounts.models import ErasureRequest, TrailEntry
from accounts.trail import note, seen
from accounts.use_cases import consents
from core import personal_data
from notifications.models import OutgoingEmail
from registry.models import ErrorReport, RepresentationRequest
from tests.accounts.factories import account
from tests.browser.doors import PASSWORD, with_password
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PAGES = ["/konto/dane/", "/konto/dane/pobierz/", "/konto/dane/usuniecie/"]


def letter(to, **given):
    row = {"template": "x", "subject": "Zaproszenie", "body": "Treść listu", "dedupe_key": f"{to}{given}"}
    return OutgoingEmail.objects.create(to=to, created_at=NOW, due_at=NOW, **row | given)


@pytest.fixture
def person(client):
    user = with_password(account(email="ola@example.pl"))
    user.full_name = "Ola Nowak"
    user.save()
    client.post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})
    return user


@pytest.fixture
def everything(person):
    """Something of every class, of this person and of another."""
    other = account(Role.REPRESENTATIVE, email="inna@example.pl")
    for user in (person, other):
        letter(user.email)
        letter(user.email, subject="Hasło", body="tajny-odsylacz", secrets=["tajny-odsylacz"])
        consents.give(user=user, slug=consents.TERMS, now=NOW)
        ErasureRequest.objects.create(user=user, reason=f"powód {user.email}", asked_at=NOW)
        ErrorReport.objects.create(
            organisation=OrganisationFactory(), message=f"zgłoszenie {user.email}", email=user.email.upper()
        )
        note(TrailKind.EMAIL_CHANGED, actor=user, subject=user, about=f"z {user.email}", now=NOW)
    seen(other, person, "konto nr 1", NOW)
    note(TrailKind.ROLE_GRANTED, actor=person, subject=other, about="przedstawicielka Inna", now=NOW)
    return other


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_sign_in(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.url) == (302, f"/konto/logowanie/?next={path}")
    assert client.post(path).status_code in (302, 405)
    assert not TrailEntry.objects.exists()


def test_the_page_shows_mine_and_nothing_of_others(client, person, everything):
    page = client.get("/konto/dane/").content.decode()
    for words in ("ola@example.pl", "Ola Nowak", "powód ola@example.pl", "zgłoszenie ola@example.pl", "Treść listu"):
        assert words in page
    for words in ("inna@example.pl", "przedstawicielka Inna", "tajny-odsylacz"):
        assert words not in page
    assert "pracownik portalu" in page


def again_with_password(client, path):
    asked = client.get(path)
    assert asked.url.startswith("/konto/potwierdz/?next=")
    assert client.post(asked.url, {"password": PASSWORD}).url == path


def test_the_file_holds_everything_after_the_password_was_asked_for(client, person, everything):
    path = "/konto/dane/pobierz/"
    again_with_password(client, path)
    assert client.get(path).status_code == 200

    answer = client.post(path)

    assert answer["Content-Disposition"] == f'attachment; filename="moje-dane-{timezone.localdate()}.json"'
    text = answer.content.decode()
    assert "inna@example.pl" not in text
    assert "tajny-odsylacz" not in text
    assert "argon2" not in text
    told = {one["dane"]: one["wiersze"] for one in json.loads(text)["dane"]}
    assert told["Konto"][0]["adres e-mail"] == "ola@example.pl"
    assert [row["treść"] for row in told["Listy z portalu"]] == ["", "Treść listu"]
    # All of a test is one transaction, in which the history takes the last one signed in for whoever changes a row.
    told.pop("Kto zmienił dane katalogu")
    assert set(told) == {
        "Konto",
        "Zalogowania",
        "Listy z portalu",
        "Zgody i regulaminy",
        "Dziennik",
        "Prośby o usunięcie danych",
        "Zgłoszenia błędów",
    }
    taken = TrailEntry.objects.get(kind=TrailKind.DATA_TAKEN)
    assert (taken.actor, taken.subject) == (person, person)


def test_no_file_without_the_password(client, person):
    assert client.post("/konto/dane/pobierz/").url.startswith("/konto/potwierdz/")
    assert not TrailEntry.objects.filter(kind=TrailKind.DATA_TAKEN).exists()


def test_long_lists_are_cut_on_the_page_and_whole_in_the_file(client, person):
    for number in range(30):
        letter(person.email, dedupe_key=str(number))
    page = client.get("/konto/dane/").content.decode()
    assert page.count("Zaproszenie") == 20
    assert "10: wszystko jest w pliku" in page.replace("\N{NO-BREAK SPACE}", " ")
    again_with_password(client, "/konto/dane/pobierz/")
    assert client.post("/konto/dane/pobierz/").content.decode().count("Zaproszenie") == 30


@pytest.mark.parametrize("rows", [1, 15])
def test_the_page_asks_the_same_number_of_queries_for_one_row_and_for_many(
    client, person, rows, django_assert_max_num_queries
):
    for number in range(rows):
        letter(person.email, dedupe_key=str(number))
        ErrorReport.objects.create(organisation=OrganisationFactory(), message="x", email=person.email)
        note(TrailKind.EMAIL_CHANGED, actor=person, subject=person, now=NOW)
        RepresentationRequest.objects.create(
            user=person, organisation=OrganisationFactory(), reason="Jestem w zarządzie.", asked_at=NOW
        )
    with django_assert_max_num_queries(56):
        client.get("/konto/dane/")


def test_every_class_that_erases_also_shows(client):
    hidden = [one.code for one in personal_data.all_classes() if one.erase and not one.collect]
    assert hidden == ["accounts.admin_log"]


def test_erasure_is_asked_for_once_and_the_person_is_told(client, person):
    path = "/konto/dane/usuniecie/"
    again_with_password(client, path)
    assert client.post(path, {"reason": "Już nie pracuję."}).url == "/konto/dane/"
    request = ErasureRequest.objects.get()
    assert (request.user, request.reason, request.outcome) == (person, "Już nie pracuję.", "")
    assert OutgoingEmail.objects.get().to == person.email
    assert TrailEntry.objects.filter(kind=TrailKind.ERASURE_ASKED, actor=person).count() == 1
    assert "czeka na rozpatrzenie" in client.get("/konto/dane/").content.decode()

    answer = client.post(path, {"reason": "Jeszcze raz"})

    assert answer.status_code == 422
    assert "Twoja prośba już czeka" in answer.content.decode()
    assert "Jeszcze raz" in answer.content.decode()
    assert ErasureRequest.objects.count() == 1


def test_a_reason_that_is_too_long_is_refused_in_words(client, person):
    again_with_password(client, "/konto/dane/usuniecie/")
    answer = client.post("/konto/dane/usuniecie/", {"reason": "x" * 1001})
    assert answer.status_code == 422
    assert "1000" in answer.content.decode()


def test_the_last_representative_is_told_what_would_be_left(client):
    card = OrganisationFactory()
    user = with_password(account(Role.REPRESENTATIVE, email="ola@example.pl", organisation=card))
    client.post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})
    again_with_password(client, "/konto/dane/usuniecie/")
    assert f"przedstawiciel podmiotu: {card}" in client.get("/konto/dane/usuniecie/").content.decode()
    account(Role.REPRESENTATIVE, email="drugi@example.pl", organisation=card)
    assert f"przedstawiciel podmiotu: {card}" not in client.get("/konto/dane/usuniecie/").content.decode()


def test_a_consent_is_taken_back_by_whoever_gave_it(client, person):
    mine = consents.give(user=person, slug=consents.TERMS, now=NOW)
    other = consents.give(user=account(email="inna@example.pl"), slug=consents.TERMS, now=NOW)
    page = client.get("/konto/dane/").content.decode()
    assert "Regulamin portalu (projekt)" in page
    assert f'name="consent" value="{mine.pk}"' in page
    for consent in (mine, other):
        assert client.post("/konto/dane/", {"consent": consent.pk}).url == "/konto/dane/"
        consent.refresh_from_db()
    assert mine.withdrawn_at
    assert other.withdrawn_at is None
    assert f'name="consent" value="{mine.pk}"' not in client.get("/konto/dane/").content.decode()
    for nonsense in ("", "x", "9" * 30, "²"):
        assert client.post("/konto/dane/", {"consent": nonsense}).url == "/konto/dane/"


def test_roles_are_told_with_their_days(client):
    user = with_password(account(Role.REPRESENTATIVE, email="ola@example.pl", starts_on=date(2026, 1, 2)))
    client.post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})
    page = client.get("/konto/dane/").content.decode()
    assert "2\N{NO-BREAK SPACE}stycznia\N{NO-BREAK SPACE}2026" in page
