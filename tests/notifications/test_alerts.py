"""What is new in saved searches: told once, to whom asked, whatever else is being written meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event as Signal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import alerts, outbox, saving, searches
from notifications.models import News, OutgoingEmail, SavedSearch
from registry.models import Organisation
from registry.use_cases import catalogue
from tests.accounts.factories import account
from tests.events.factories import EventFactory
from tests.events.threads import apart, held, until_given_out
from tests.notifications.site import PATIENCE
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory, refresh

WARSAW = ZoneInfo("Europe/Warsaw")
SAVED = datetime(2026, 11, 19, 12, 0, tzinfo=WARSAW)
MORNING = datetime(2026, 11, 20, 7, 1, tzinfo=WARSAW)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db(transaction=True)


def saved(email="anna@example.pl", query="", search="katalog", frequency="daily"):
    wanted = {"search": search, "query": query, "title": f"{search} {query}", "frequency": frequency}
    saving.ask_for_address(email=email, **wanted, now=SAVED)
    row = SavedSearch.objects.get(email=email, search=search, query=query)
    return saving.confirm(pk=row.pk, now=SAVED)


def card(name, **more):
    return OrganisationFactory(institution__name=name, published=True, **more)


def told():
    return OutgoingEmail.objects.filter(template="notifications/email/alert").order_by("pk")


def test_a_new_card_is_told_once_and_again_when_it_changes():
    card("Dawna")
    saved()
    new = card("Zielony Próg")
    assert alerts.tell(now=MORNING) == (1, 1)
    assert "Zielony Próg" in told().get().body
    assert "Dawna" not in told().get().body
    # The same hour has been seen to, the next one finds nothing, and a list written anew is no news.
    assert alerts.tell(now=MORNING + timedelta(hours=1)) == (0, 0)
    catalogue.refresh([new.pk], now=NOW)
    assert alerts.tell(now=MORNING + DAY) == (1, 0)
    Organisation.objects.filter(pk=new.pk).update(updated_at=MORNING + DAY, published_at=SAVED)
    catalogue.refresh([new.pk], now=NOW)
    assert alerts.tell(now=MORNING + 2 * DAY) == (1, 1)
    assert "Zmienione:\n- Zielony Próg" in told().last().body


def test_only_what_the_filter_finds_is_told_in_one_letter_for_each_person():
    saved(query="kind=spoldzielnia_socjalna")
    saved(query="powiat=0219")
    saved("jan@example.pl", query="powiat=0219")
    saved("ewa@example.pl", query="q=catering", search="oferty")
    OfferFactory(organisation=card("Smakosz"), name="Catering szkolny")
    refresh()
    alerts.tell(now=MORNING)
    assert {one.to for one in told()} == {"anna@example.pl", "ewa@example.pl"}
    bodies = {one.to: one.body for one in told()}
    assert bodies["anna@example.pl"].count("Smakosz") == 1
    assert "/oferty/" in bodies["ewa@example.pl"]


def test_what_is_not_published_is_told_to_nobody():
    for name in ("katalog", "oferty"):
        saved(search=name)
    saved(search="wydarzenia", query="from=2026-01-01")
    OfferFactory(organisation=OrganisationFactory())
    EventFactory(state="szkic")
    refresh()
    alerts.tell(now=MORNING)
    assert not told().exists()


def test_a_filter_without_sense_finds_no_rows_not_all_of_them():
    card("Zielony Próg")
    assert searches.run("katalog", "", now=NOW).rows(NOW).exists()
    assert not searches.run("katalog", "category=nie-ma-takiej", now=NOW).rows(NOW).exists()


def test_queries_that_differ_are_understood_part_by_part(monkeypatch):
    monkeypatch.setattr(alerts, "PART", 1)
    for query in ("", "q=Zielony", "q=zielony+próg"):
        saved(query=query)
    card("Zielony Próg")
    assert alerts.tell(now=MORNING) == (3, 1)
    assert told().get().body.count("Zielony Próg") >= 3


def test_weekly_ones_are_told_on_monday_by_the_polish_clock():
    saved(frequency="weekly")
    card("Zielony Próg")
    monday = datetime(2026, 11, 23, 6, 59, tzinfo=WARSAW)
    assert alerts.tell(now=MORNING) == alerts.tell(now=monday) == (0, 0)
    assert alerts.tell(now=monday + timedelta(minutes=1)) == (1, 1)


def test_a_card_that_commits_late_is_neither_missed_nor_told_twice():
    saved()
    # The first card ever numbers the categories, and others wait for that.
    News.objects.filter(item=card("Dawna").pk).update(transaction=0)
    early, late = OrganisationFactory(institution__name="Wcześniejsza"), OrganisationFactory()
    for one in (early, late):
        one.published_at = NOW
        one.save()

    def publish(pk, now):
        catalogue.refresh([pk], now=now)

    go = Signal()
    slow = held(publish, go)
    with ThreadPoolExecutor(max_workers=2) as threads:
        running = threads.submit(apart, slow, pk=early.pk)
        assert slow.ready.wait(PATIENCE)
        threads.submit(apart, publish, pk=late.pk).result(PATIENCE)
        # What began later is there, but what may still come before it is waited for.
        assert News.objects.filter(kind="katalog", transaction__gt=0).count() == 1
        assert alerts.tell(now=MORNING) == (1, 0)
        go.set()
        running.result(PATIENCE)
    until_given_out()
    assert alerts.tell(now=MORNING + DAY) == (1, 1)
    assert told().get().subject.startswith("2 nowości")
    assert alerts.tell(now=MORNING + 2 * DAY) == (1, 0)


def test_a_run_killed_between_two_batches_goes_on_with_nobody_twice_and_nobody_missed(monkeypatch):
    monkeypatch.setattr(alerts, "BATCH", 3)
    people = [f"osoba{number}@example.pl" for number in range(7)]
    for person in people:
        saved(person)
        saved(person, query="powiat=0264")
    card("Zielony Próg")
    write, batches = outbox.enqueue_many, []

    def killed(many, **more):
        write(many, **more)
        batches.append(len(many))
        if len(batches) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "enqueue_many", killed)
    with pytest.raises(KeyboardInterrupt):
        alerts.tell(now=MORNING)
    before = told().count()
    assert 0 < before < len(people)
    monkeypatch.setattr(outbox, "enqueue_many", write)
    alerts.tell(now=MORNING)
    assert sorted(one.to for one in told()) == people
    assert all(one.subject.startswith("2 nowości") for one in told())


def test_one_person_costs_as_many_queries_as_three_hundred():
    def queries(people, morning):
        SavedSearch.objects.all().delete()
        SavedSearch.objects.bulk_create(
            SavedSearch(
                email=f"osoba{number}@example.pl",
                search="katalog",
                query="" if number == 0 else f"q=słowo{number % 150}",
                title="Katalog",
                frequency="daily",
                state="aktywne",
                created_at=SAVED,
                confirmed_at=SAVED,
                looked_at=SAVED,
            )
            for number in range(people)
        )
        with CaptureQueriesContext(connection) as sent:
            assert alerts.tell(now=morning)[0] == people
        return len([one for one in sent if "SAVEPOINT" not in one["sql"]])

    card("Zielony Próg")
    queries(1, MORNING)
    assert queries(300, MORNING + DAY) == queries(2, MORNING + 2 * DAY)


def test_what_means_nothing_any_more_finds_nothing_and_is_told_once():
    row = saved(query="category=nie-ma-takiej")
    gone = saved(query="dawny=1")
    card("Zielony Próg")
    alerts.tell(now=MORNING)
    letter = told().get()
    assert letter.subject == "Obserwowane wyszukiwanie przestało działać"
    assert "Nie ma kategorii „nie-ma-takiej”." in letter.body
    assert "Nie ma już filtra „dawny”" in letter.body
    alerts.tell(now=MORNING + DAY)
    assert told().count() == 1
    row.refresh_from_db()
    assert (row.broken_since, row.broken_reason) == (MORNING, "Nie ma kategorii „nie-ma-takiej”.")
    assert SavedSearch.objects.get(pk=gone.pk).broken_since == MORNING


def test_an_account_without_letters_or_that_is_switched_off_gets_none():
    user, off = account(email="u@example.pl"), account(email="off@example.pl")
    wanted = {"search": "katalog", "query": "", "title": "Katalog", "now": SAVED}
    row = saving.save_for_account(user=user, frequency="none", **wanted)
    saving.save_for_account(user=off, frequency="daily", **wanted)
    off.is_active = False
    off.save()
    card("Zielony Próg")
    assert alerts.tell(now=MORNING) == (0, 0)
    # From then on it is told of what comes, not of what came while it wanted nothing.
    saving.change(pk=row.pk, frequency="daily", now=MORNING)
    assert alerts.tell(now=MORNING + DAY) == (1, 0)


def test_marks_of_another_server_are_moved_below_its_own():
    row = saved()
    card("Zielony Próg")
    far = 10**12
    SavedSearch.objects.update(seen_until=far)
    News.objects.filter(kind="katalog").update(transaction=far + 5)
    alerts.take_in_foreign()
    row.refresh_from_db()
    assert row.seen_until < far
    assert alerts.tell(now=MORNING) == (1, 1)
