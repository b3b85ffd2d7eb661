"""Deadlines as they are written for people."""

from django import template
from django.utils import timezone

from core.templatetags.portal import date_words
from quality_mark.calendar import last_day
from quality_mark.office.clock import clock_of

register = template.Library()


@register.filter
def last_day_words(moment):
    """The last day of a deadline, which is the moment at which that day is over."""
    return date_words(last_day(moment)) if moment else ""


@register.filter
def clock_words(application):
    """The clock of the procedure for whoever judges the case; empty when it is decided. Lists prefetch `pauses`."""
    clock = clock_of(application, now=timezone.now())
    if clock.is_over:
        return ""
    if clock.last is None and application.due_at and not clock.stands:
        return f"ocena formalna do {last_day_words(application.due_at)}"
    until = f", {'termin minął' if clock.is_late else 'do'} {date_words(clock.last)}" if clock.last else ""
    return f"czas na rozpatrzenie: {clock.words}{until}"
