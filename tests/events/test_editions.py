"""What everybody reads of an edition."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from events.models import EditionLogo
from tests.events.enrolling import edition
from tests.events.factories import NOW, EditionTextFactory

pytestmark = pytest.mark.django_db


def test_public_pages_of_an_edition_say_what_it_is_and_which_texts_hold(client):
    one = edition(enrolment_until=NOW.date() + timedelta(days=400))
    EditionTextFactory(edition=one, kind="regulamin", version=2, title="Regulamin drugi")
    EditionTextFactory(edition=one, kind="regulamin", version=3, title="Jeszcze nie", published_at=None)
    page = client.get(f"/projekty/{one.slug}/").content.decode()
    for words in (one.name, one.number, one.funding_statement, "Anna Przykładowa", "Regulamin drugi", "wersja 2"):
        assert words in page
    assert "Jeszcze nie" not in page
    assert "Instytucja deleguje osoby." in client.get(f"/projekty/{one.slug}/tekst/regulamin/").content.decode()
    over = edition(enrolment_until=NOW.date() - timedelta(days=30), name="Dawna edycja")
    listed = client.get("/projekty/").content.decode()
    assert listed.index(one.name) < listed.index("Zgłoszenia zamknięte") < listed.index("Dawna edycja")
    assert "nie można się teraz zgłosić" in client.get(f"/projekty/{over.slug}/zgloszenie/").content.decode()


def test_the_signs_of_the_funds_stand_on_the_page(client):
    one = edition()
    logo = EditionLogo.objects.create(edition=one, picture=ContentFile(b"<svg/>", "ue.svg"), words="Znak funduszu")
    picture = f'<img src="/wydarzenia/znaki/{logo.pk}/" alt="Znak funduszu"'
    assert picture in client.get(f"/projekty/{one.slug}/").text
