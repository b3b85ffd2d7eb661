"""Filters of pages of the mark."""

from django import template

from quality_mark.calendar import last_day

register = template.Library()


@register.filter(name="last_day")
def last_day_of(moment):
    """The day that is meant by a deadline: "do 12 grudnia" for the midnight after it."""
    return last_day(moment) if moment else None
