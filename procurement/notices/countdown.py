"""How much time is left, in words."""

from dataclasses import dataclass

from django.utils import timezone

from core.templatetags.portal import NBSP, moment_words, plural


@dataclass(frozen=True, slots=True)
class Countdown:
    """`words` as on the page, `kind` of its badge: good while there is time, warn in the last days, "" afterwards."""

    words: str
    kind: str
    is_open: bool


HURRY_DAYS = 3


def countdown(deadline, *, now):
    """Of a deadline, None of none."""
    if deadline is None:
        return None
    if deadline <= now:
        return Countdown(f"termin minął {moment_words(deadline)}", "", False)
    days = (timezone.localdate(deadline) - timezone.localdate(now)).days
    local = timezone.localtime(deadline)
    hour = f"godz.{NBSP}{local.hour}.{local.minute:02}"
    if days == 0:
        words = f"dziś do {hour}"
    elif days == 1:
        words = f"jutro do {hour}"
    else:
        words = f"{plural(days, 'został,zostały,zostało')} {days}{NBSP}dni, do {moment_words(deadline)}"
    return Countdown(words, "warn" if days <= HURRY_DAYS else "good", True)
