"""The demo shows the mail that would have gone out, to everybody; elsewhere there is no such page."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from notifications.models import OutgoingEmail

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
LIST = "/demo/poczta/"
LINK = "http://testserver/konto/haslo/abc-123/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True


def letter(subject, **values):
    known = {"to": "anna@example.pl", "template": "gone", "body": f"Otwórz {LINK}\n", "created_at": NOW, "due_at": NOW}
    return OutgoingEmail.objects.create(subject=subject, dedupe_key=subject, **known | values)


def test_letters_stand_newest_first_with_their_links(client, in_demo):
    letter("pierwszy")
    letter("drugi", sent_at=NOW)

    page = client.get(LIST).content.decode()

    assert page.index("drugi") < page.index("pierwszy")
    assert f'<a href="{LINK}"' in page
    assert "20 listopada 2026, 9:30" in page or "20 listopada 2026, 09:30" in page


def test_a_letter_has_a_page_and_its_html_a_frame(client, in_demo):
    email = letter("temat", secrets=[LINK])

    page = client.get(f"{LIST}{email.pk}/")
    html = client.get(f"{LIST}{email.pk}/html/")

    assert f'<iframe class="letter" sandbox src="{LIST}{email.pk}/html/"' in page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "sandbox" in html.headers["Content-Security-Policy"]
    assert html.headers["X-Frame-Options"] == "SAMEORIGIN"
    for part in (page, html):
        assert f'<a href="{LINK}"' in part.content.decode()


def test_a_new_demo_says_how_to_get_a_letter(client, in_demo):
    assert "Nie ma jeszcze listów" in client.get(LIST).content.decode()


@pytest.mark.parametrize("rows", [1, 25])
def test_a_page_of_the_list_costs_two_questions(client, in_demo, rows, django_assert_num_queries):
    for number in range(rows):
        letter(str(number))
    with django_assert_num_queries(2):
        client.get(LIST)


@pytest.mark.parametrize("number", [0, 10**30])
def test_a_letter_that_is_not_there_is_404(client, in_demo, number):
    assert client.get(f"{LIST}{number}/").status_code == 404


def test_elsewhere_there_is_no_such_page(client):
    email = letter("temat")

    for path in ("", f"{email.pk}/", f"{email.pk}/html/"):
        assert client.get(LIST + path).status_code == 404
