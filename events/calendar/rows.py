"""One line of a list of events."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from events.calendar.places import short_place
from events.calendar.standing import SignUp, standing
from events.calendar.when import event_words
from events.choices import EventState
from registry.rows import marked


@dataclass(frozen=True)
class Row:
    """`title` and `text` hold marked matches; `badges` are (kind, text); `start` is for <time>."""

    url: str
    title: SafeString
    when: str
    start: object
    meta: str
    text: SafeString
    badges: list
    note: str


def event_row(event, *, terms, now):
    """`event` with its days at hand."""
    state = standing(event, now)
    return Row(
        url=event.get_absolute_url(),
        title=marked(event.title, terms),
        when=event_words(list(event.days.all())),
        start=event.starts_at,
        meta=" · ".join(filter(None, [event.get_kind_display(), short_place(event)])),
        text=marked(event.summary, terms),
        badges=state_badges(event) + ([(state.kind, state.short)] if state.kind else []),
        note="" if state.kind or state.code is SignUp.OFF else state.short,
    )


def state_badges(event):
    """What has changed since the event was announced, as (kind, text)."""
    if event.state == EventState.CANCELLED:
        return [("bad", "odwołane")]
    return [("warn", "zmiana terminu")] if event.state == EventState.MOVED else []
