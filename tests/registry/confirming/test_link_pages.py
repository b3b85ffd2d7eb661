"""What stands behind the link of a letter: reading writes nothing, one press confirms, everything else is told."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.choices import Role
from core import links
from core.links import new_key
from notifications.models import OutgoingEmail
from registry.models import Confirmation, ConfirmationRequest, ErrorReport
from registry.use_cases.closing import close
from registry.use_cases.merging import merge
from registry.use_cases.organisations import verify, withdraw
from tests.accounts.factories import account
from tests.registry.confirming.factories import NOW, TODAY, asked, card_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW)


@pytest.fixture
def request_():
    return asked(card_of(date(2025, 11, 3), opening_hours="8–16", description="Pierzemy."))


def page(client, address):
    return client.get(address).content.decode()


def test_the_page_shows_the_card_and_writes_nothing(client, request_):
    before = ConfirmationRequest.objects.values().get()
    answer = client.get(request_.link)
    text = answer.content.decode()
    for words in ("Wszystko się zgadza", "Pierzemy.", "8–16", "71\xa0000\xa000\xa000", "biuro@example.pl"):
        assert words in text
    client.head(request_.link)
    for name in ("confirmation_changes", "confirmation_closing"):
        assert client.get(reverse(f"registry:{name}", args=request_.link.split("/")[2:3])).status_code == 200
    assert ConfirmationRequest.objects.values().get() == before
    assert not Confirmation.objects.exists()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_pressing_twice_is_one_confirmation(client, request_):
    for _ in range(2):
        answer = client.post(request_.link, follow=True)
        assert "Dziękujemy, dane są potwierdzone" in answer.content.decode()
    one = Confirmation.objects.get()
    assert (one.by, one.channel, one.day, one.user) == ("przedstawiciel", "list", TODAY, None)
    card = request_.organisation
    card.refresh_from_db()
    assert card.verified_fields == {"phone": "2026-11-23", "email": "2026-11-23"}
    assert card.verified_by == "przedstawiciel"


def test_no_other_purpose_key_or_sign_opens_it(client, request_):
    token = request_.link.split("/")[2]
    other = links.token("participant", request_)
    ConfirmationRequest.objects.filter(pk=request_.pk).update(link_key=new_key())
    for wrong in (token, other, token[:-1] + "A", token[:20], "x", "ż" * 50, "1" * 5000):
        answer = client.post(reverse("registry:confirmation", args=[wrong]))
        assert answer.status_code == 404
        assert "Nie znamy tego odsyłacza" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_a_link_that_is_over_says_what_to_do_and_confirms_nothing(client, request_):
    ConfirmationRequest.objects.filter(pk=request_.pk).update(expires_on=TODAY)
    assert client.post(request_.link).status_code == 302
    answer = client.get(request_.link)
    assert answer.status_code == 410
    assert "Ten odsyłacz już nie działa" in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_who_comes_after_somebody_else_confirmed_changes_nothing(client, request_):
    verify(organisation_id=request_.organisation_id, verifier="koordynator", now=NOW - timedelta(days=1))
    request_.refresh_from_db()
    assert request_.ended_on == TODAY - timedelta(days=1)
    client.post(request_.link)
    assert Confirmation.objects.get().by == "koordynator"


def test_a_card_out_of_the_catalogue_is_not_confirmed(client, request_):
    withdraw(organisation_id=request_.organisation_id, now=NOW)
    assert "Tej karty nie ma teraz w katalogu" in client.post(request_.link, follow=True).content.decode()
    assert not Confirmation.objects.exists()


def test_a_card_whose_organisation_has_ended_is_not_confirmed(client, request_):
    close(organisation_id=request_.organisation_id, on=TODAY, reason="likwidacja", actor=None, now=NOW)
    text = page(client, request_.link)
    assert "Wszystko się zgadza" not in text
    assert "zakończył działalność 23\xa0listopada\xa02026" in text
    client.post(request_.link)
    assert not Confirmation.objects.exists()


def test_the_link_of_a_card_that_went_into_another_leads_to_what_there_is(client, request_):
    kept = card_of(TODAY)
    merge(keep_id=kept.pk, drop_id=request_.organisation_id, now=NOW)
    text = client.post(request_.link, follow=True).content.decode()
    assert "Ta karta jest teraz częścią innej" in text
    old = request_.organisation.get_absolute_url()
    assert f'href="{old}"' in text
    assert client.get(old)["Location"] == kept.get_absolute_url()


def test_changes_become_a_report_with_what_is_new(client, request_):
    account(Role.COORDINATOR)
    address = f"{request_.link}zmiany/"
    card = request_.organisation
    given = {
        "phone": "71 000 00 99",
        "email": card.party.email,
        "www": "",
        "opening_hours": "",
        "words": "Nowy lokal.",
    }
    text = client.post(address, given, follow=True).content.decode()
    assert "Dziękujemy, zmiany są wysłane" in text
    report = ErrorReport.objects.get()
    assert report.message == (
        "Z listu o potwierdzenie danych.\nTelefon: 71 000 00 99\nGodziny: już nieaktualne\nNowy lokal."
    )
    assert (report.email, OutgoingEmail.objects.count()) == ("biuro@example.pl", 1)
    request_.refresh_from_db()
    assert (request_.answer, request_.ended_on) == ("zmiany", TODAY)
    client.post(address, given)
    assert ErrorReport.objects.count() == 1
    card.refresh_from_db()
    assert card.verified_on == date(2025, 11, 3)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Zmień to, co się nie zgadza"),
        ({"email": "biuro@"}, "Podaj adres, na przykład biuro@przyklad.pl."),
        ({"www": "javascript:alert(1)"}, "Podaj adres strony, na przykład https://przyklad.pl."),
        ({"phone": "7" * 61}, "najwyżej 60"),
        ({"words": "x" * 10_000}, "najwyżej 1000"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_a_reason_and_what_was_typed(client, request_, given, words):
    party = request_.organisation.party
    whole = {"phone": party.phone, "email": party.email, "www": party.www, "opening_hours": "8–16", "words": ""}
    answer = client.post(f"{request_.link}zmiany/", whole | given)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text
    assert all(str(value)[:40] in text for value in given.values())
    assert not ErrorReport.objects.exists()


def test_closing_goes_to_the_coordinators_who_decide(client, request_):
    text = client.post(f"{request_.link}nie-dzialamy/", {"words": "Od maja."}, follow=True).content.decode()
    assert "Dziękujemy za wiadomość" in text
    assert "już nie działa.\nOd maja." in ErrorReport.objects.get().message
    request_.refresh_from_db()
    card = request_.organisation
    card.refresh_from_db()
    assert (request_.answer, card.activity) == ("nie-dzialamy", "aktywny")


@pytest.mark.parametrize("text", ["\x00", "\ud800", "<script>alert(1)</script>", "'; DROP TABLE x; --", "1" * 100_000])
def test_nothing_that_is_typed_breaks_it(client, request_, text):
    given = {"words": text.encode("utf-8", "surrogatepass")}
    for path in ("zmiany/", "nie-dzialamy/"):
        assert client.post(f"{request_.link}{path}", given).status_code < 500
