"""Writers beside each other and somebody who reads meanwhile: long transactions, savepoints, what is taken back."""

import threading
from collections import Counter
from contextlib import suppress
from random import Random

from django.db import connection, connections, transaction

from core.commit_order import Mark
from events.choices import EventState
from events.models import Event
from open_data.changes import reading
from open_data.choices import Dataset
from tests.events.factories import EventFactory
from tests.events.threads import until_given_out
from tests.notifications.site import PATIENCE
from tests.open_data.following import settle

WRITERS, ROUNDS = 4, 40


class TakenBack(Exception):
    """Ends a transaction, or a part of one, with nothing written."""


def in_order_of_commits(mark, limit):
    return [
        (one.mark, one.object_id, one.is_withdrawn) for one in reading.lines(mark or Mark(), limit, [Dataset.EVENTS])
    ]


def in_order_of_time(mark, limit):
    """As one would do it without thinking."""
    return _rows("at, id", mark or ("-infinity", 0), limit)


def without_waiting(mark, limit):
    """Ordered by transactions, but not waiting for the older ones that still run."""
    return _rows("transaction, id", mark or (0, 0), limit)


def _rows(order, mark, limit):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {order}, object_id, is_withdrawn FROM {reading.TABLE} WHERE ({order}) > (%s, %s)"  # noqa: S608 - our own columns
            f" ORDER BY {order} LIMIT %s",
            [*mark, limit],
        )
        return [((first, second), *more) for first, second, *more in cursor.fetchall()]


class Crowd:
    """`lines` are the changes that the reader met, `copy` {id: title} what it has made of them."""

    def __init__(self, after, seed):
        self.after, self.seed = after, seed
        self.moved = threading.Condition()
        self.walks = self.commits = 0
        self.working = WRITERS
        self.holder = threading.Lock()
        self.taken_back, self.faults = set(), []
        self.mark, self.lines, self.copy = None, [], {}

    def run(self):
        threads = [threading.Thread(target=self._write, args=[number]) for number in range(WRITERS)]
        for one in threads:
            one.start()
        random = Random(self.seed)
        while self.working:
            self.walk(random)
            self._note(walks=1)
            if random.random() < 0.1:
                with connection.cursor() as cursor:
                    # Without giving pages back, for which it would wait until nobody reads.
                    cursor.execute("VACUUM (TRUNCATE false) open_data_change, open_data_touch, events_event")
        for one in threads:
            one.join(PATIENCE)
        until_given_out()
        self.walk(random)
        assert self.faults == []

    def walk(self, random):
        """Every page that there is now."""
        while found := self.after(self.mark, random.randint(1, 7)):
            self.mark = found[-1][0]
            for _, pk, is_withdrawn in found:
                # As one who asks the API for the object: it may be gone again by then.
                title = Event.objects.public().filter(pk=pk).values_list("title", flat=True).first()
                self.copy.pop(pk, None) if is_withdrawn or title is None else self.copy.update({pk: title})
            self.lines += found

    def twice(self):
        return [place for place, count in Counter((pk, mark) for mark, pk, _ in self.lines).items() if count > 1]

    def differing(self):
        """What the reader has got wrong in the end."""
        return self.copy.items() ^ dict(Event.objects.public().values_list("pk", "title")).items()

    def _write(self, number):
        random, own = Random(f"{self.seed}/{number}"), []
        try:
            for turn in range(ROUNDS):
                # The first writer begins before all others, is told of itself early and commits after them.
                self._one(random, own, f"{number}/{turn}", lasts=(number, turn) == (0, 0) or random.random() < 0.2)
        except BaseException as fault:
            self.faults.append(fault)
            raise
        finally:
            connections.close_all()
            self._note(working=-1)

    def _one(self, random, own, name, *, lasts):
        made = []
        try:
            with transaction.atomic():
                made.append(EventFactory(slug=f"nowe-{name.replace('/', '-')}", title=f"Nowe {name}").pk)
                if random.random() < 0.3:
                    with suppress(TakenBack), transaction.atomic():
                        self.taken_back.add(EventFactory(slug=f"cofniete-{name.replace('/', '-')}").pk)
                        settle()
                        raise TakenBack
                for pk in random.sample(own, min(len(own), 2)):
                    state = random.choice([EventState.DRAFT, EventState.PUBLISHED])
                    Event.objects.filter(pk=pk).update(title=f"Zmienione {name}", state=state)
                is_held = lasts and self.holder.acquire(blocking=False)
                if is_held:
                    self._hold()
                elif random.random() < 0.2:
                    raise TakenBack
        except TakenBack:
            self.taken_back.update(made)
            return
        # What was missed once must not be told by another change.
        own += [] if is_held else made
        self._note(commits=1)

    def _hold(self):
        """The transaction stays open until others have committed and the reader has walked past them."""
        settle()
        try:
            with self.moved:
                commits = self.commits
                self.moved.wait_for(lambda: self.commits > commits or self.working == 1, PATIENCE)
                walks = self.walks
                # The walk that goes on now may have begun before.
                self.moved.wait_for(lambda: self.walks > walks + 1, PATIENCE)
        finally:
            self.holder.release()

    def _note(self, *, walks=0, commits=0, working=0):
        with self.moved:
            self.walks += walks
            self.commits += commits
            self.working += working
            self.moved.notify_all()
