"""Coordinators see what was told to whom, send once more what did not arrive, and learn no one-time link."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from notifications import letters
from notifications.choices import DIGESTS, Frequency, LetterState
from notifications.models import OutgoingEmail
from tests.accounts.factories import account

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Warsaw"))
LIST = "/admin/notifications/outgoingemail/"
LINK = "https://portal.example/konto/haslo/abc-123/"

pytestmark = pytest.mark.django_db


def letter(subject="Temat", **values):
    known = {"to": "anna@example.pl", "template": "gone", "body": "Treść\n", "created_at": NOW, "due_at": NOW}
    return OutgoingEmail.objects.create(subject=subject, **known | {"dedupe_key": subject} | values)


def one_of_each():
    digest = letter("zbiorczy", sent_at=NOW)
    return {
        LetterState.WAITING: letter("czeka"),
        LetterState.SENT: digest,
        LetterState.GIVEN_UP: letter("zaniechany", failed_at=NOW),
        LetterState.BOUNCED: letter("odrzucony", failed_at=NOW, is_bounce=True),
        LetterState.FOR_DIGEST: letter("do zbiorczego", frequency=DIGESTS[0]),
        LetterState.IN_DIGEST: letter("w zbiorczym", frequency=Frequency.WEEKLY, digest=digest),
    }


def found(client, **query):
    return [str(email) for email in client.get(LIST, query).context["cl"].result_list]


def test_filters_part_the_letters_by_where_they_stand(coordinator):
    for state, email in one_of_each().items():
        assert email.state == state
        assert found(coordinator, stan=state) == [email.subject]
    assert found(coordinator, stan="inny") == []


def test_letters_are_found_by_address_and_subject(coordinator):
    letter("Zaproszenie", to="jan@example.pl")
    letter("Decyzja")

    assert found(coordinator, q="jan@") == ["Zaproszenie"]
    assert found(coordinator, q="decyzja") == ["Decyzja"]
    assert found(coordinator) == ["Decyzja", "Zaproszenie"]


def test_the_list_asks_as_much_of_the_database_for_thirty_letters_as_for_one(coordinator):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            coordinator.get(LIST)
        return len(asked)

    letter("first")
    questions()
    for_one = questions()
    for number in range(29):
        letter(str(number))

    assert questions() == for_one


def test_a_letter_is_shown_as_it_was_and_cannot_be_changed(coordinator):
    email = letter(body=f"Otwórz {LINK}\n<b>teraz</b>\n", secrets=[LINK], last_error="SMTPDataError: (554)")

    page = coordinator.get(f"{LIST}{email.pk}/change/").content.decode()

    assert "Otwórz [odsyłacz jednorazowy, ukryty]" in page
    assert "&lt;b&gt;teraz&lt;/b&gt;" in page
    assert "SMTPDataError" in page
    assert LINK not in page
    assert 'name="_save"' not in page
    assert coordinator.post(f"{LIST}{email.pk}/change/", {"subject": "inny"}).status_code in {403, 404}


def test_the_list_tells_no_secret(coordinator):
    letter(body=LINK, secrets=[LINK])

    assert LINK not in coordinator.get(LIST).content.decode()


def test_what_was_given_up_is_sent_again_and_what_was_not_is_refused_by_name(coordinator):
    emails = one_of_each()
    marked = [email.pk for state, email in emails.items() if state in {LetterState.SENT, LetterState.BOUNCED}]

    page = coordinator.post(LIST, {"action": "send_again", "_selected_action": marked}, follow=True)

    assert emails[LetterState.BOUNCED] in OutgoingEmail.objects.waiting()
    assert [str(message) for message in page.context["messages"]] == [
        "„zbiorczy”, anna@example.pl: Ten list nie był zaniechany, więc nie trzeba go wysyłać ponownie.",
        "Do wysłania w ciągu minuty: 1.",
    ]


def test_every_kind_has_a_preview(coordinator):
    page = coordinator.get(reverse("admin:notifications_letters"))

    text = page.content.decode()
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    for one in letters.all_letters():
        address = reverse("admin:notifications_example", args=[one.template])
        assert f'sandbox loading="lazy" src="{address}"' in text
        preview = coordinator.get(address)
        assert one.label in text
        assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
        policy = dict(
            part.strip().partition(" ")[::2] for part in preview.headers["Content-Security-Policy"].split(";")
        )
        assert policy["frame-ancestors"] == "'self'"
        assert policy["sandbox"] == ""
        assert policy["script-src"] == policy["img-src"] == policy["default-src"] == "'none'"
    assert coordinator.get("/admin/notifications/outgoingemail/wzory/inny/").status_code == 404


def test_letters_are_not_for_everybody(client):
    email = letter()
    client.force_login(account(Role.DIRECTOR))

    for path in ("", f"{email.pk}/change/", "wzory/", f"wzory/{letters.DIGEST}/"):
        assert client.get(LIST + path).status_code == 404


def test_old_letters_leave_with_their_items(settings):
    from notifications.delivery import forget_old

    one_of_each()
    forget_old(now=NOW + timedelta(days=settings.MAIL_KEPT_DAYS + 1))

    assert sorted(str(email) for email in OutgoingEmail.objects.all()) == ["czeka", "do zbiorczego"]
