"""A number as it stands in an address, ZP-2026-001, and on a certificate, ZP/2026/001."""

import re

from django.conf import settings
from django.urls import reverse

_SLUG = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)
LONGEST = 20


def slug_of(number):
    return number.replace("/", "-")


def number_of(typed):
    """The number meant by what stands in an address or was typed, or "" when it can be none."""
    text = re.sub(r"\s", "", typed[:60]).upper().replace("/", "-")
    return text.replace("-", "/") if len(text) <= LONGEST and _SLUG.fullmatch(text) else ""


def page_of(number, site=""):
    return site + reverse("quality_mark:verification", args=[slug_of(number)])


def address_of(number):
    """The whole address, for papers and for pages of others."""
    return page_of(number, settings.SITE_URL)
