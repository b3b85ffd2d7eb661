"""Texts that people agree to: versions with a date, final once somebody has agreed."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from accounts.models import Consent, ConsentDocument
from accounts.use_cases import consents
from core.exceptions import Refused
from tests.accounts.factories import account

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def version(number, valid_from, slug="zdjecia", **given):
    row = {"title": f"Zdjęcia {number}", "text": f"Zgadzam się, wersja {number}.\n\nDrugi akapit."}
    return ConsentDocument.objects.create(slug=slug, version=number, valid_from=valid_from, **row | given)


@pytest.fixture
def person():
    return account(email="ola@example.pl")


def test_a_person_agrees_to_the_version_of_the_day(person):
    old = version(1, TODAY - timedelta(days=9))
    new = version(2, TODAY)
    version(3, TODAY + timedelta(days=1))
    assert consents.give(user=person, slug="zdjecia", now=NOW - timedelta(days=2)).document == old
    assert consents.give(user=person, slug="zdjecia", now=NOW).document == new


def test_agreeing_twice_is_one_consent_and_after_taking_back_another(person):
    version(1, TODAY)
    first = consents.give(user=person, slug="zdjecia", now=NOW)
    assert consents.give(user=person, slug="zdjecia", now=NOW) == first
    consents.withdraw(user=person, consent_id=first.pk, now=NOW)
    with pytest.raises(Refused):
        consents.withdraw(user=person, consent_id=first.pk, now=NOW)
    assert consents.give(user=person, slug="zdjecia", now=NOW) != first


def test_there_must_be_a_text_to_agree_to(person):
    version(1, TODAY + timedelta(days=1))
    with pytest.raises(Refused):
        consents.give(user=person, slug="zdjecia", now=NOW)


def test_a_text_that_somebody_agreed_to_cannot_change(person):
    document = version(1, TODAY)
    document.text = "Poprawione przed pierwszą zgodą."
    document.save()
    consents.give(user=person, slug="zdjecia", now=NOW)
    for change in (
        lambda: ConsentDocument.objects.filter(pk=document.pk).update(text="Coś zupełnie innego."),
        lambda: ConsentDocument.objects.filter(pk=document.pk).update(valid_from=date(2020, 1, 1)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(ProtectedError):
        document.delete()
    document.save()  # nothing changes


@pytest.mark.parametrize(
    "given",
    [{"withdrawn_at": NOW - timedelta(days=1)}, {"given_at": None}],
    ids=["before it was given", "never given"],
)
def test_the_database_refuses_a_consent_out_of_order(person, given):
    row = {"user": person, "document": version(1, TODAY), "given_at": NOW}
    with pytest.raises(IntegrityError):
        Consent.objects.create(**row | given)


def test_each_text_has_a_page_with_its_date_and_earlier_versions(client):
    version(1, date(2026, 1, 2))
    version(2, date(2026, 3, 4))
    version(3, TODAY + timedelta(days=1))
    page = client.get("/zgody/zdjecia/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "<h1>Zdjęcia 2</h1>" in page
    assert "wersja 2, obowiązuje od 4 marca 2026" in page
    assert "<p>Drugi akapit.</p>" in page
    assert 'href="/zgody/zdjecia/1/"' in page
    assert "<h1>Zdjęcia 1</h1>" in client.get("/zgody/zdjecia/1/").content.decode()
    for path in ("/zgody/zdjecia/3/", "/zgody/zdjecia/9/", "/zgody/inne/"):
        assert client.get(path).status_code == 404


def test_markup_in_a_text_is_shown_as_it_was_typed(client):
    version(1, TODAY, text="<b>x</b>")
    assert "&lt;b&gt;x&lt;/b&gt;" in client.get("/zgody/zdjecia/").content.decode()


def test_the_terms_come_with_the_program_as_a_draft_and_are_left_alone_afterwards(client):
    assert "projekt" in client.get("/zgody/regulamin/").content.decode()
    ConsentDocument.objects.filter(slug=consents.TERMS).update(text="Prawdziwy regulamin.")
    consents.ship_draft_of_terms(now=NOW)
    assert [one.text for one in ConsentDocument.objects.filter(slug=consents.TERMS)] == ["Prawdziwy regulamin."]


NEWCOMER = {"full_name": "Ewa Próbna", "email": "ewa@example.pl", "password1": "cztery-slowa-bez-zwiazku-91"}


def test_a_new_account_agrees_to_the_terms(client):
    answer = client.post("/konto/rejestracja/", NEWCOMER)
    assert "Bez zgody na regulamin nie można założyć konta." in answer.content.decode()
    assert 'href="/zgody/regulamin/"' in answer.content.decode()
    assert not Consent.objects.exists()
    client.post("/konto/rejestracja/", NEWCOMER | {"terms": "on"})
    consent = Consent.objects.get()
    assert (consent.user.email, consent.document.slug) == ("ewa@example.pl", "regulamin")


def test_an_account_comes_to_be_when_the_terms_are_put_off(client):
    ConsentDocument.objects.update(valid_from=TODAY + timedelta(days=1))
    assert client.post("/konto/rejestracja/", NEWCOMER | {"terms": "on"}).status_code == 302
    assert not Consent.objects.exists()
