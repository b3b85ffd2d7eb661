"""A number as it stands in an address, ZP-2026-001, and on a certificate, ZP/2026/001."""

import re

from django.conf import settings
from django.urls import reverse

# As people type it: with spaces, dots or nothing between its parts, in small letters, without the zeros in front.
# Copied from a document they come with hard spaces and with hyphens and dashes of other kinds.
_GAP = r"[\s./\-\u00a0\u00ad\u2007\u200b\u202f\u2010-\u2015\u2212\u2215\u2044\\]*"
_TYPED = re.compile(rf"{_GAP}ZP{_GAP}(\d{{4}}){_GAP}(\d{{1,9}}){_GAP}", re.ASCII | re.IGNORECASE)


def slug_of(number):
    return number.replace("/", "-")


def number_of(typed):
    """The number meant by what stands in an address or was typed, or "" when it can be none."""
    meant = _TYPED.fullmatch(typed[:60])
    return f"ZP/{meant[1]}/{int(meant[2]):03}" if meant else ""


def page_of(number, site=""):
    return site + reverse("quality_mark:verification", args=[slug_of(number)])


def address_of(number):
    """The whole address, for papers and for pages of others."""
    return page_of(number, settings.SITE_URL)
