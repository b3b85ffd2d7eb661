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


def test_a_logo_is_shown_to_everybody_and_runs_nothing(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one = edition()
    drawn = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    logo = EditionLogo(edition=one, words="Znak funduszu")
    logo.picture.save("znak.svg", ContentFile(drawn))
    path = f"/projekty/{one.slug}/znak/{logo.pk}/"
    assert f'<img src="{path}" alt="Znak funduszu"' in client.get(f"/projekty/{one.slug}/").content.decode()
    answer = client.get(path)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    for closable in answer._resource_closers:
        closable()
    assert client.get(f"/projekty/{edition().slug}/znak/{logo.pk}/").status_code == 404
