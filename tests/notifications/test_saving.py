"""Asking for a search by an address alone: a yes by link, one click to end, and no word on who is known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.receivers import address_confirmed
from core import links, personal_data
from core.exceptions import Refused
from notifications import forgetting, saving, unsubscribing
from notifications.models import OutgoingEmail, Preference, SavedSearch
from notifications.outbox import Addressed, enqueue_many
from notifications.search_letters import ALERT, LETTERS, PURPOSE
from tests.accounts.factories import account
from tests.events.threads import apart
from tests.notifications.site import PATIENCE
from tests.registry.factories import NOW, OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE, ASKED = "/powiadomienia/obserwuj/katalog/?powiat=0264&page=3&sort=nowe", "/powiadomienia/sprawdz-poczte/"


def ask(client, page=PAGE, **more):
    return client.post(page, {"email": "Anna@example.pl", "frequency": "daily"} | more)


def page_of(row):
    return f"/powiadomienia/wyszukiwanie/{links.token(PURPOSE, row)}/"


def asked(email="anna@example.pl", query="", now=NOW):
    saving.ask_for_address(email=email, search="katalog", query=query, title="Katalog", frequency="daily", now=now)
    return SavedSearch.objects.filter(email=email, query=query).first()


def active(**more):
    return saving.confirm(pk=asked(**more).pk, now=NOW)


def test_a_visitor_gets_a_letter_and_says_yes_by_a_button(client):
    OrganisationFactory(published=True)
    shown = client.get(PAGE).content.decode()
    assert "Katalog podmiotów: Wrocław" in shown
    assert "1 podmiot" in shown
    assert ask(client).url == ASKED
    row = SavedSearch.objects.get()
    assert (row.query, row.state) == ("powiat=0264", "czeka")
    assert page_of(row) in OutgoingEmail.objects.get().body
    # A mail scanner follows links: nothing has happened yet.
    assert "Tak, piszcie raz dziennie" in client.get(page_of(row)).content.decode()
    row.refresh_from_db()
    assert row.state == "czeka"
    assert client.post(page_of(row), {"co": "potwierdz"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "aktywne"


def test_the_answer_never_tells_whether_an_address_is_known(client):
    active(email="anna@example.pl", query="powiat=0264")
    for number in range(5):
        asked("jan@example.pl", query=f"q={number}")
    answers = [ask(client, email=email) for email in ("anna@example.pl", "jan@example.pl", "nowa@example.pl")]
    answers.append(ask(client, email="maszyna@example.pl", website="x"))
    assert {(one.status_code, one.url) for one in answers} == {(302, ASKED)}
    # To an address with five unanswered requests nothing more is sent, and nothing to what a machine names.
    assert OutgoingEmail.objects.filter(to="jan@example.pl").count() == 5
    assert not SavedSearch.objects.filter(email="maszyna@example.pl").exists()


def test_the_same_request_sends_one_letter_a_day(client):
    for _ in range(3):
        ask(client)
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.parametrize("words", ["https://zly.example/wygrana", "wejdź na zly.example", "pisz: a@zly.example"])
def test_nobody_sends_a_link_of_theirs_to_strangers_by_our_letter(client, words):
    assert ask(client, page=f"/powiadomienia/obserwuj/katalog/?q={words}").url == ASKED
    body = OutgoingEmail.objects.get().body
    assert "zly.example" not in body
    assert "Katalog podmiotów" in body


def test_a_visitor_may_ask_only_so_often(client, settings):
    settings.SEARCHES_PER_HOUR = 2
    answers = [ask(client, email=f"{one}@example.pl", frequency="weekly") for one in "abc"]
    assert [one.status_code for one in answers] == [302, 302, 429]
    for words in ("naciśnij przycisk za 60 minut", 'value="c@example.pl"'):
        assert words in answers[-1].content.decode()


def test_what_was_typed_wrong_is_said_beside_the_field(client):
    answer = ask(client, email="anna", frequency="none")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="anna"' in shown
    assert "Podaj adres e-mail, na przykład" in shown
    assert "Wybierz jedną z możliwości." in shown


@pytest.mark.parametrize(
    "query",
    [
        "powiat=9999",
        "q=" + "a" * 10_000,
        "q=%00",
        "q=%ff%fe",
        "powiat=" + "9" * 5_000,
        "&".join(f"powiat={number:04}" for number in range(300)),
        "category=" + "&category=".join(f"x{number}" for number in range(300)),
    ],
)
def test_no_query_string_breaks_the_page(client, query):
    for name in ("katalog", "oferty", "zamowienia", "wydarzenia", "znaki"):
        response = client.get(f"/powiadomienia/obserwuj/{name}/?{query}")
        # What holds a NUL never comes as far.
        assert response.status_code in ((400,) if "%00" in query else (200, 422))
        assert SavedSearch.objects.count() == 0
    assert client.get("/powiadomienia/obserwuj/nie-ma/").status_code == 404


def test_the_link_changes_how_often_ends_and_begins_again(client):
    row = active()
    page = page_of(row)
    assert client.post(page, {"co": "zmien", "frequency": "none"}).status_code == 422
    for sent, state, frequency in (
        ({"co": "zmien", "frequency": "weekly"}, "aktywne", "weekly"),
        ({"co": "zakoncz"}, "koniec", "weekly"),
        ({"co": "zakoncz"}, "koniec", "weekly"),
        ({"co": "potwierdz"}, "aktywne", "weekly"),
    ):
        assert client.post(page, sent).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.frequency) == (state, frequency)
        assert client.get(page).status_code == 200
    assert client.get("/powiadomienia/wyszukiwanie/abc/").status_code == 404
    SavedSearch.objects.update(link_key="0" * 16)
    assert client.get(page).status_code == 404


def test_one_click_of_a_mail_program_ends_all_of_an_address(client):
    rows = [active(), active(query="ps=1")]
    other = active(email="jan@example.pl")
    email = alert_for("anna@example.pl")
    answer = client.post(urlsplit(unsubscribing.url(email)).path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    for row in [*rows, other]:
        row.refresh_from_db()
    assert [row.state for row in [*rows, other]] == ["koniec", "koniec", "aktywne"]


def alert_for(to, user_id=None, key="a"):
    example = next(one for one in LETTERS if one.template == ALERT).example()
    enqueue_many([Addressed(to, user_id, example, key)], template=ALERT, now=NOW)
    return OutgoingEmail.objects.filter(dedupe_key=key).first()


def test_many_letters_keep_the_promises_of_one():
    assert alert_for("anna@example.pl", key="a") == alert_for("anna@example.pl", key="a")
    user = account(email="u@example.pl")
    Preference.objects.create(user=user, template=ALERT, frequency="never")
    assert alert_for("u@example.pl", user.pk, key="b") is None
    Preference.objects.update(frequency="weekly")
    assert alert_for("u@example.pl", user.pk, key="b").frequency == "weekly"
    Preference.objects.create(address="Jan@example.pl", template=ALERT, frequency="never")
    assert alert_for("jan@example.pl", key="c") is None


def test_an_account_saves_at_once_renames_and_ends(client):
    user = account(email="u@example.pl")
    client.force_login(user)
    assert client.post(PAGE, {"title": "Moje", "frequency": "none"}).url == "/konto/obserwowane/"
    row = SavedSearch.objects.get(user=user)
    assert (row.title, row.state, row.query) == ("Moje", "aktywne", "powiat=0264")
    shown = client.get("/konto/obserwowane/").content.decode()
    assert "/katalog/atom.xml?powiat=0264" in shown
    assert "Teraz 0 podmiotów" in shown
    page = f"/konto/obserwowane/{row.pk}/"
    assert client.post(page, {"title": "", "frequency": "daily"}).status_code == 422
    client.post(page, {"title": "Inne", "frequency": "daily"})
    row.refresh_from_db()
    assert (row.title, row.frequency) == ("Inne", "daily")
    other = account(email="o@example.pl")
    client.force_login(other)
    assert client.get(page).status_code == 404
    client.force_login(user)
    client.post(page, {"zakoncz": "1"})
    assert "Inne" not in client.get("/konto/obserwowane/").content.decode()


def test_the_page_of_an_account_asks_as_often_for_one_as_for_thirty(client):
    user = account(email="u@example.pl")
    client.force_login(user)
    wanted = {"user": user, "title": "x", "frequency": "daily", "now": NOW}

    def queries():
        with CaptureQueriesContext(connection) as sent:
            assert client.get("/konto/obserwowane/").status_code == 200
        return len(sent)

    for name in ("katalog", "oferty", "zamowienia", "wydarzenia", "znaki"):
        saving.save_for_account(search=name, query="", **wanted)
    queries()
    first = queries()
    for number in range(25):
        saving.save_for_account(search="katalog", query=f"q=słowo+{number}", **wanted)
    assert queries() == first
    with pytest.raises(Refused, match="najwięcej wyszukiwań"):
        saving.save_for_account(search="oferty", query="q=a", **wanted)


def test_an_account_takes_over_what_its_address_had_confirmed():
    user = account(email="Anna@example.pl")
    kept, twice = active(), active(query="ps=1")
    asked(query="mark=1")
    another = active(email="jan@example.pl")
    saving.save_for_account(user=user, search="katalog", query="ps=1", title="Własne", frequency="none", now=NOW)
    address_confirmed(type("Address", (), {"user": user, "email": user.email}))
    kept.refresh_from_db()
    assert (kept.user, kept.email) == (user, "")
    another.refresh_from_db()
    assert (another.user, another.email) == (None, "jan@example.pl")
    assert not SavedSearch.objects.filter(pk=twice.pk).exists()
    assert set(SavedSearch.objects.of(user).values_list("query", flat=True)) == {"", "ps=1"}
    assert not SavedSearch.objects.of_address("anna@example.pl").exists()


def test_what_is_over_is_forgotten_and_what_means_nothing_ends():
    waiting, kept, ended, broken = (active(query=f"q={one}") for one in "abcd")
    SavedSearch.objects.filter(pk=waiting.pk).update(state="czeka", confirmed_at=None)
    saving.end(pk=ended.pk, now=NOW)
    SavedSearch.objects.filter(pk=broken.pk).update(broken_since=NOW, broken_reason="Nie ma kategorii.")
    assert forgetting.forget(now=NOW + timedelta(days=7)) == 0
    assert forgetting.forget(now=NOW + timedelta(days=8)) == 1
    assert forgetting.forget(now=NOW + timedelta(days=31)) == 1
    assert forgetting.forget(now=NOW + timedelta(days=91)) == 0
    broken.refresh_from_db()
    assert broken.state == "koniec"
    assert forgetting.forget(now=NOW + timedelta(days=130)) == 1
    assert list(SavedSearch.objects.all()) == [kept]


def test_a_person_gets_and_erases_what_is_held_by_account_and_by_address():
    user = account(email="Anna@example.pl")
    active()
    saving.save_for_account(user=user, search="oferty", query="", title="Oferty", frequency="none", now=NOW)
    active(email="jan@example.pl")
    data = personal_data.find("notifications.searches")
    assert [one["wyszukiwanie"] for one in data.collect(user)] == ["Katalog", "Oferty"]
    data.erase(user, NOW)
    assert [one.email for one in SavedSearch.objects.all()] == ["jan@example.pl"]


@pytest.mark.django_db(transaction=True)
def test_of_many_yeses_and_requests_at_once_one_counts():
    row = asked()

    def confirm(now):
        return saving.confirm(pk=row.pk, now=now).state

    def again(now):
        asked(query="q=a", now=now)

    with ThreadPoolExecutor(max_workers=4) as threads:
        running = [threads.submit(apart, one) for one in (confirm, confirm, again, again)]
        assert [one.result(PATIENCE) for one in running][:2] == ["aktywne", "aktywne"]
    assert SavedSearch.objects.filter(query="q=a").count() == 1
    assert timezone.is_aware(SavedSearch.objects.get(pk=row.pk).confirmed_at)
