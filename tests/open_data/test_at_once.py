"""Nobody who follows the feed misses a change, meets one twice or sees one that was taken back."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import transaction
from django.utils import timezone

from open_data.models import Change, Touch
from open_data.use_cases.changes import look_again
from quality_mark.models import Mark
from registry.models import Institution
from registry.use_cases.organisations import publish
from tests.events.threads import apart, held, until_waiting
from tests.notifications.site import PATIENCE
from tests.open_data.crowd import Crowd, in_order_of_commits, in_order_of_time, without_waiting
from tests.quality_mark.marks import marked
from tests.registry.factories import OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_of_writers_beside_each_other_nothing_is_missed_or_told_twice(seed):
    crowd = Crowd(in_order_of_commits, seed)
    crowd.run()

    assert crowd.differing() == set(), f"seed {seed}"
    assert crowd.twice() == [], f"seed {seed}"
    assert {pk for _, pk, _ in crowd.lines} & crowd.taken_back == set(), f"seed {seed}"
    assert len(crowd.copy) > 10
    assert Touch.objects.count() == 0


@pytest.mark.parametrize("order", [in_order_of_time, without_waiting])
def test_by_time_alone_or_without_waiting_changes_are_missed(order):
    """So the test above can fail."""
    crowd = Crowd(order, 1)
    crowd.run()

    assert crowd.differing() != set()


def test_a_fact_that_changes_while_its_card_is_published_is_told(client):
    """By hand, in the database: no use case has locked the card."""
    card = OrganisationFactory()

    def publish_it(now):
        with transaction.atomic():
            publish(organisation_id=card.pk, now=now)

    def call_it(now):
        with transaction.atomic():
            Institution.objects.filter(pk=card.institution_id).update(phone="+48710000001")

    go = Signal()
    slow = held(publish_it, go)
    with ThreadPoolExecutor(max_workers=2) as threads:
        first = threads.submit(apart, slow)
        assert slow.ready.wait(PATIENCE)
        second = threads.submit(apart, call_it)
        until_waiting(1, second)
        go.set()
        first.result(PATIENCE)
        second.result(PATIENCE)
    told = list(Change.objects.values())
    look_again(now=timezone.now())

    assert list(Change.objects.values()) == told
    assert len(told) == 1


def test_of_two_who_change_different_facts_of_a_card_the_later_is_compared_with_the_earlier():
    card = OrganisationFactory(published=True)
    first = Change.objects.get(object_id=card.pk).digest

    def describe(now):
        with transaction.atomic():
            type(card).objects.filter(pk=card.pk).update(description="Inny opis.")

    def call_it(now):
        with transaction.atomic():
            Institution.objects.filter(pk=card.institution_id).update(phone="+48710000002")

    go = Signal()
    slow = held(describe, go)
    with ThreadPoolExecutor(max_workers=2) as threads:
        running = threads.submit(apart, slow)
        assert slow.ready.wait(PATIENCE)
        other = threads.submit(apart, call_it)
        until_waiting(1, other)
        go.set()
        running.result(PATIENCE)
        other.result(PATIENCE)
    both = Change.objects.get(object_id=card.pk).digest
    look_again(now=timezone.now())

    assert first != both == Change.objects.get(object_id=card.pk).digest


def test_who_holds_a_mark_and_who_holds_its_card_both_come_to_their_end():
    """Each changes what is told of both, so each has to look at what the other one holds."""
    card = OrganisationFactory(published=True)
    mark = marked(offer=OfferFactory(organisation=card))
    both = Barrier(2, timeout=PATIENCE)

    def of_mark(now):
        with transaction.atomic():
            Mark.objects.select_for_update().get(pk=mark.pk)
            both.wait()
            Mark.objects.filter(pk=mark.pk).update(public_note="Uwaga.")
            type(mark.offer).objects.filter(pk=mark.offer_id).update(description="Inny opis oferty.")

    def of_card(now):
        with transaction.atomic():
            type(card).objects.select_for_update().get(pk=card.pk)
            both.wait()
            type(card).objects.filter(pk=card.pk).update(description="Inny opis.")

    with ThreadPoolExecutor(max_workers=2) as threads:
        for running in [threads.submit(apart, of_mark), threads.submit(apart, of_card)]:
            running.result(PATIENCE)
    told = list(Change.objects.values())
    look_again(now=timezone.now())

    assert list(Change.objects.values()) == told
