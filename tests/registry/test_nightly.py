"""What a night changes, and that it changes nothing else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command

from core.changes import KEPT, forget_old
from registry.confirming.cards import months_before
from registry.models import CatalogueChange, CatalogueEntry, OfferEntry, Organisation
from registry.tasks.nightly import rebuild_catalogue
from registry.tasks.nightly import turn_the_page as night_task
from registry.use_cases.nightly import turn_the_page
from tests.registry.factories import (
    NOW,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    refresh,
)

pytestmark = pytest.mark.django_db


def published(**values):
    card = OrganisationFactory(**values)
    Organisation.objects.filter(pk=card.pk).update(published_at=NOW)
    return card


def flags(card):
    return CatalogueEntry.objects.values_list("ps", "mark").get(pk=card.pk)


def test_a_status_begins_and_ends_at_midnight():
    card = published()
    SocialEnterpriseStatusFactory(
        institution=card.institution, granted_on=date(2026, 11, 23), lost_on=date(2026, 11, 25)
    )
    refresh()
    seen = []
    for day in range(22, 27):
        turn_the_page(now=datetime(2026, 11, day, 12, tzinfo=UTC))
        seen.append(flags(card)[0])
    assert seen == [False, True, True, False, False]


def test_a_mark_ends_after_its_last_day():
    card = published()
    mark = OfferMarkFactory(
        offer=OfferFactory(organisation=card), granted_on=date(2026, 11, 23), valid_until=date(2026, 11, 24)
    )
    refresh()
    seen = []
    for day in range(22, 26):
        turn_the_page(now=datetime(2026, 11, day, 12, tzinfo=UTC))
        seen.append((flags(card)[1], OfferEntry.objects.get(pk=mark.offer_id).mark_until))
    assert seen == [(False, None), (True, date(2026, 11, 24)), (True, date(2026, 11, 24)), (False, None)]


@pytest.mark.parametrize(
    ("verified_on", "activity"),
    [
        # Without an address nobody is asked: six weeks of silence begin when the year is over.
        (date(2025, 10, 12), "aktywny"),
        (date(2025, 10, 11), "do-potwierdzenia"),
        (date(2024, 11, 23), "do-potwierdzenia"),
        (date(2024, 11, 22), "nieaktywny"),
    ],
)
def test_unconfirmed_cards_grow_old(verified_on, activity):
    card = published(verified_on=verified_on, institution__email="")
    refresh()
    turn_the_page(now=NOW)
    card.refresh_from_db()
    assert card.activity == card.entry.activity == activity


def test_a_card_never_confirmed_is_as_old_as_its_publication():
    card = published()
    refresh()
    turn_the_page(now=NOW + timedelta(days=364 + 42))
    card.refresh_from_db()
    assert card.activity == "aktywny"
    turn_the_page(now=NOW + timedelta(days=366 + 42))
    card.refresh_from_db()
    assert card.activity == "do-potwierdzenia"


def test_what_a_coordinator_called_inactive_is_not_brought_back():
    card = published(verified_on=date(2026, 11, 1), activity="nieaktywny")
    refresh()
    turn_the_page(now=NOW)
    card.refresh_from_db()
    assert card.activity == "nieaktywny"


def test_a_quiet_night_writes_nothing():
    published(verified_on=date(2026, 11, 1))
    OfferMarkFactory(offer=OfferFactory(organisation=published(verified_on=date(2026, 11, 1))))
    refresh()
    before = set(CatalogueChange.objects.values_list("pk", flat=True))
    assert turn_the_page(now=NOW) == 0
    assert set(CatalogueChange.objects.values_list("pk", flat=True)) == before


def test_only_the_newest_changes_are_kept():
    CatalogueChange.objects.bulk_create(CatalogueChange() for _ in range(KEPT + 60))
    newest = CatalogueChange.objects.latest("pk").pk
    forget_old(CatalogueChange)
    assert CatalogueChange.objects.count() == KEPT
    assert CatalogueChange.objects.latest("pk").pk == newest


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before(day, months, earlier):
    assert months_before(day, months) == earlier


def test_the_tasks_of_the_schedule_exist():
    current_app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(current_app.tasks)


def test_the_tasks_do_their_work(time_machine):
    time_machine.move_to(NOW)
    card = published(verified_on=date(2020, 1, 1), institution__email="")
    refresh()
    night_task.delay()
    assert CatalogueEntry.objects.get(pk=card.pk).activity == "nieaktywny"
    CatalogueEntry.objects.all().delete()
    rebuild_catalogue.delay()
    assert CatalogueEntry.objects.filter(pk=card.pk).exists()


def test_the_command_writes_all_entries_anew(capsys):
    published(), published()
    OrganisationFactory()
    call_command("rebuild_catalogue")
    assert CatalogueEntry.objects.count() == 2
    assert capsys.readouterr().out == "Wpisy katalogu: 2\n"
