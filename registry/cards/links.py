"""Addresses as links. What is stored is text that somebody typed, so only known schemes become a link."""

import re
from urllib.parse import quote, urlsplit

from django.utils.html import format_html

from core.templatetags.portal import phone


def phone_link(number):
    """`+48710000000` → a tel: link that reads "71 000 00 00"."""
    return format_html('<a href="tel:{}">{}</a>', number, phone(number)) if number else ""


def mail_link(address):
    return format_html('<a href="mailto:{}">{}</a>', quote(address, safe="@+"), address) if address else ""


def web_link(address):
    """A link that reads without scheme and "www."; an address of another scheme stays plain text."""
    if not is_web(address):
        return address
    name = re.sub(r"^https?://(www\.)?", "", address, flags=re.IGNORECASE).rstrip("/")
    return format_html('<a href="{}" rel="noopener nofollow">{}</a>', address, name)


def is_web(address):
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)


def mark_of_offer(pk):
    """Leads on to the page of the mark that the offer has: entries know no numbers, and need no query for this."""
    return f"/znak/oferta/{pk}/"


def marks_of_card(pk):
    """The same of all offers of a card."""
    return f"/znak/podmiot/{pk}/"
