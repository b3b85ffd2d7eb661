"""One line of a list of results: the same few facts for everyone, so that lines can be compared."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.polish import mark_matches
from core.templatetags.portal import date_words, plural
from registry.cards.freshness import months_between
from registry.cards.links import mark_of_offer, marks_of_card
from registry.choices import Activity
from registry.models.offers import offer_address

PS, MARK = "Przedsiębiorstwo społeczne", "Zakup Prospołeczny"


@dataclass(frozen=True)
class Row:
    """`name`, `text` and `offers` hold marked matches; badges are (kind, text, address or "")."""

    url: str
    name: SafeString
    meta: str
    text: SafeString
    offers: SafeString
    badges: list
    until: str
    fresh: str
    warn: bool = False
    maker: SafeString = ""
    maker_url: str = ""


def organisation_row(entry, labels, *, terms, offers, today):
    """A row of /katalog/. `offers` are names of offers in which the searched words stand."""
    fresh, warn = freshness(entry, today)
    return Row(
        url=f"/katalog/{entry.slug}/",
        name=marked(entry.name, terms),
        meta=" · ".join(filter(None, [_kind(entry, labels), *_place(entry, labels)])),
        text=marked(entry.summary, terms),
        offers=marked(", ".join(offers), terms),
        badges=badges_of(entry.ps, entry.is_marked_on(today), marks_of_card(entry.organisation_id)),
        until=_until(entry, today),
        fresh=fresh,
        warn=warn,
    )


def offer_row(entry, labels, *, terms, today):
    """A row of /oferty/."""
    return Row(
        url=offer_address(entry.pk, entry.name),
        name=marked(entry.name, terms),
        meta=" · ".join(filter(None, [labels.category.get(entry.category_id), *_place(entry, labels)])),
        text=marked(entry.summary, terms),
        offers="",
        badges=badges_of(entry.ps, entry.is_marked_on(today), mark_of_offer(entry.pk)),
        until=_until(entry, today),
        fresh="",
        maker=marked(entry.organisation_name, terms),
        maker_url=f"/katalog/{entry.organisation_slug}/",
    )


def marked(text, terms):
    """`text` as HTML with the words that meet `terms` in <mark>."""
    pieces = mark_matches(text, terms) if terms else [(text, False)]
    html = "".join(f"<mark>{escape(piece)}</mark>" if hit else escape(piece) for piece, hit in pieces)
    return mark_safe(html)  # noqa: S308 - every piece was escaped


def freshness(entry, today):
    """(how fresh the data are, in words; whether that is a warning)."""
    if entry.activity == Activity.INACTIVE:
        return "prawdopodobnie nieaktywny", True
    if not entry.verified_on:
        return "dane niepotwierdzone", False
    if entry.activity == Activity.STALE:
        months = months_between(entry.verified_on, today)
        return f"niepotwierdzono od {months} {plural(months, 'miesiąca,miesięcy,miesięcy')}", True
    return f"potwierdzono {date_words(entry.verified_on)}", False


def _kind(entry, labels):
    # "Fundacja" says more than "organizacja pozarządowa", and in less words than the law has for some others.
    form = labels.form.get(entry.form_id) if entry.kind_id in ("ngo", "podmiot_art3_ust3") else None
    return form or labels.kind.get(entry.kind_id)


def _place(entry, labels):
    county = labels.county_words(entry.county_id)
    # "Wrocław · Wrocław" says nothing more.
    return [entry.town, county if county != entry.town else ""]


def badges_of(ps, mark, mark_page):
    """(kind, text, address or "") of who holds them; `mark_page` is where the mark is checked."""
    return [badge for badge, holds in ((("ps", PS, ""), ps), (("mark", MARK, mark_page), mark)) if holds]


def _until(entry, today):
    return f"znak do {date_words(entry.mark_until)}" if entry.is_marked_on(today) else ""
