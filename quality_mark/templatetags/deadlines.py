"""A deadline as it is written for people."""

from django import template

from core.templatetags.portal import date_words
from quality_mark.calendar import last_day

register = template.Library()


@register.filter
def last_day_words(moment):
    """The last day of a deadline, which is the moment at which that day is over."""
    return date_words(last_day(moment)) if moment else ""
