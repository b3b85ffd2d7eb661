"""The history of a card as a reader wants it: what was true on a day, and who changed what."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby

from django.utils import timezone

from registry.history.events import OF_ORGANISATION
from registry.history.words import NOTHING, TITLES, Words, fields

ACTIONS = {"insert": "dodano", "update": "zmieniono", "delete": "usunięto"}


@dataclass(frozen=True)
class Section:
    """One row of the register on the asked day: its title and (name, value) pairs that were not empty."""

    title: str
    facts: list


@dataclass(frozen=True)
class Item:
    """What happened to one row: (name of the field, before, after)."""

    title: str
    action: str
    fields: list

    @property
    def is_change(self):
        """Of something that was there before and after."""
        return self.action == ACTIONS["update"]

    @property
    def values(self):
        """(name of the field, value) of what came or went."""
        return [(name, now if before == NOTHING else before) for name, before, now in self.fields]


@dataclass(frozen=True)
class Change:
    """Everything that one transaction did to the card."""

    at: datetime
    who: str
    origin: str
    items: list = field(default_factory=list)


def state_on(organisation, events, day):
    """Sections as they stood when `day` ended by the Polish clock; an empty list when the card was not there yet."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    last = {(event.model, event.object_id): event for event in events if event.at < end}
    standing = [event for event in last.values() if event.label != "delete" and _belongs(event, organisation)]
    words = Words(standing)
    standing.sort(key=_reading_order)
    return [_section(event, words) for event in standing]


def changes(events):
    """Changes, the newest first. Writes that changed nothing a reader can see are left out."""
    words = Words(events)
    before, told = {}, []
    for (at, _), group in groupby(events, key=lambda event: (event.at, event.context_id)):
        together, items = sorted(group, key=lambda event: (_reading_order(event), event.order)), []
        for event in together:
            key = (event.model, event.object_id)
            item = _item(event, before.get(key), words)
            before[key] = event.values
            if item:
                items.append(item)
        if items:
            told.append(Change(at, words.who(together[0]), words.origin(together[0]), items))
    return told[::-1]


def _reading_order(event):
    return list(TITLES).index(event.model), event.object_id


def _belongs(event, organisation):
    column = OF_ORGANISATION.get(event.model)
    return column is None or event.values[column] == organisation.pk


def _section(event, words):
    owner = OF_ORGANISATION.get(event.model)  # said by the page itself
    columns = [column for column in fields(event.model) if column.attname != owner]
    facts = [(name_of(column), words.value(column, event.values)) for column in columns]
    return Section(words.title(event), [(name, value) for name, value in facts if value != NOTHING])


def _item(event, previous, words):
    action = event.label
    if action == "update" and previous is None:
        action = "insert"  # it came from another card
    columns = fields(event.model)
    if action == "update":
        columns = [column for column in columns if event.values[column.attname] != previous[column.attname]]
        if not columns:
            return None
    pairs = []
    for column in columns:
        now = words.value(column, event.values)
        if action == "update":
            pairs.append((name_of(column), words.value(column, previous), now))
        elif now != NOTHING:
            pairs.append((name_of(column), NOTHING, now) if action == "insert" else (name_of(column), now, NOTHING))
    return Item(words.title(event), ACTIONS[action], pairs)


def name_of(column):
    return str(column.verbose_name)
