from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from notifications.models import OutgoingEmail
from registry.models import ErrorReport, Organisation
from tests.accounts.factories import account
from tests.core.guarded import in_time
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db
THANKS = "/katalog/zielony-prog/zglos-blad/dziekujemy/"
FORM = "/katalog/zielony-prog/zglos-blad/"


@pytest.fixture
def organisation():
    return OrganisationFactory(slug="zielony-prog", published_at=NOW)


def told(message="Zły telefon", **more):
    return in_time("error-report", {"message": message, **more})


def reports():
    return list(ErrorReport.objects.values_list("organisation__slug", "message", "email"))


def test_report_reaches_the_coordinators(client, organisation):
    response = client.post(FORM, told(" Telefon jest nieaktualny. ", email="ktos@example.pl"))
    assert (response.status_code, response["Location"].partition("?")[0]) == (302, THANKS)
    assert reports() == [("zielony-prog", "Telefon jest nieaktualny.", "ktos@example.pl")]
    assert "Dziękujemy" in client.get(THANKS).content.decode()


def test_coordinators_are_told_once_each_and_not_who_wrote(client, organisation):
    anna = account(Role.COORDINATOR, email="anna@example.pl")
    account(Role.COORDINATOR, email="jan@example.pl", starts_on=timezone.localdate() + timedelta(days=1))
    account(Role.ADMINISTRATOR)

    client.post(FORM, told("Telefon jest nieaktualny.", email="ktos@example.pl"))

    letter = OutgoingEmail.objects.get()
    report = ErrorReport.objects.get()
    assert (letter.to, letter.user) == ("anna@example.pl", anna)
    assert "Telefon jest nieaktualny." in letter.body
    assert f"http://testserver/admin/registry/errorreport/{report.pk}/change/" in letter.body
    assert "ktos@" not in letter.body


def test_only_who_gets_the_letter_may_choose_it(client):
    for role, offered in ((Role.COORDINATOR, True), (Role.REPRESENTATIVE, False)):
        client.force_login(account(role))
        page = client.get("/konto/powiadomienia/").content.decode()
        assert ("Nowe zgłoszenie błędu na karcie" in page) is offered


def test_address_for_an_answer_is_not_obligatory(client, organisation):
    client.post(FORM, told("Telefon jest nieaktualny."))
    assert reports() == [("zielony-prog", "Telefon jest nieaktualny.", "")]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"message": "  "}, "Napisz, co się nie zgadza."),
        ({"message": "x" * 2001}, "2000"),
        ({"message": "Zły telefon", "email": "nie-adres"}, "Podaj adres e-mail"),
    ],
)
def test_faulty_form_comes_back_with_the_reason(client, organisation, sent, words):
    response = client.post(FORM, in_time("error-report", sent))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert reports() == []


def test_sixth_report_within_an_hour_is_put_off(client, organisation):
    for number in range(5):
        assert client.post(FORM, told(f"Uwaga {number}")).status_code == 302
    response = client.post(FORM, told("Uwaga 6", email="ktos@example.pl"))
    assert (response.status_code, response["Retry-After"]) == (429, "3600")
    # Nothing of what was typed is lost.
    for words in ("naciśnij przycisk za 60 minut", "Uwaga 6</textarea>", 'value="ktos@example.pl"'):
        assert words in response.content.decode()
    assert len(reports()) == 5
    assert client.post(FORM, told("Inny dom"), REMOTE_ADDR="192.0.2.7").status_code == 302


def test_faulty_form_does_not_use_up_the_tries(client, organisation):
    for _ in range(10):
        client.post(FORM, told(""))
    assert client.post(FORM, told("Zły telefon")).status_code == 302


def test_forged_forwarding_header_does_not_give_new_tries(client, organisation, settings):
    settings.PROXIES = 1
    for number in range(5):
        headers = {"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.1"}
        client.post(FORM, told(f"Uwaga {number}"), headers=headers)
    forged = client.post(FORM, told("Uwaga 6"), headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.1"})
    other = client.post(FORM, told("Uwaga 7"), headers={"X-Forwarded-For": "192.0.2.2"})
    assert (forged.status_code, other.status_code) == (429, 302)


def test_reports_are_taken_while_the_cache_is_away(client, organisation, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert client.post(FORM, told("Zły telefon")).status_code == 302
    assert len(reports()) == 1


def test_report_without_the_token_of_the_form_is_refused(organisation):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(FORM, told("Zły telefon")).status_code == 403
    assert set(strict.get(FORM).cookies) == {"csrftoken"}
    assert reports() == []


@pytest.mark.parametrize(
    ("change", "status"), [({"published_at": None}, 404), ({"published_at": None, "removed_at": NOW}, 410)]
)
def test_card_that_is_not_public_takes_no_reports(client, organisation, change, status):
    Organisation.objects.update(**change)
    assert client.get(FORM).status_code == status
    assert client.post(FORM, told("Zły telefon")).status_code == status
    assert client.get(THANKS).status_code == status
    assert reports() == []
