"""Addresses of events that nobody typed."""

import uuid

from django.utils.text import slugify

_POLISH_L = str.maketrans("łŁ", "lL")


def slug_of(title, day):
    """ "spotkanie-sieci-owes-2018-09-18"; never digits alone, which mean a year."""
    return f"{slugify(title.translate(_POLISH_L))[:100].strip('-')}-{day.isoformat()}"


def uid_of(slug):
    """The same event has the same identity in calendars each time that the demo begins anew."""
    return uuid.uuid5(uuid.NAMESPACE_URL, slug).hex
