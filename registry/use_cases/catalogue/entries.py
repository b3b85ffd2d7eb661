"""One card, one offer: which values their entries hold."""

from functools import lru_cache
from typing import NamedTuple

from core.copying import Rows
from core.polish import sort_key
from registry.codes import cpv_parents, pkd_parents, served_areas
from registry.models import CatalogueEntry, OfferEntry
from registry.search import Field
from registry.use_cases.catalogue.lexemes import Lexemes, words_of
from registry.use_cases.catalogue.reading import grouped, rows
from registry.use_cases.catalogue.writing import array

_SUMMARY = 180


class Entries(NamedTuple):
    """What is to be written for the cards of `ids`, and the words that stand in it."""

    ids: list
    tables: tuple
    words: set


def entries_of(facts):
    """`Entries` from registry.use_cases.catalogue.reading.Facts, without asking the database anything."""
    offers = grouped(rows(*facts.offers))
    cards, offer_rows = (Rows(model._meta.db_table) for model in (CatalogueEntry, OfferEntry))
    texts = set()
    for card in rows(*facts.cards):
        mine = offers.get(card.id, [])
        cards.add(**card_row(card, mine, texts, facts.bits))
        for offer in mine:
            offer_rows.add(**offer_row(offer, card, texts))
    return Entries(facts.ids, (cards, offer_rows), words_of(texts))


def card_row(card, offers, texts, bits):
    """The row of CatalogueEntry for a card and its living offers (rows of registry.use_cases.catalogue.reading).

    `bits` is {category: CategoryBit}; what can be searched is added to the set `texts`.
    """
    marks = [offer.mark_until for offer in offers if offer.mark_until]
    categories = sorted({offer.category_id for offer in offers if offer.category_id})
    return _shared(card) | {
        "name": card.name,
        "sort_key": _order(card.sort_key or sort_key(card.name)),
        "summary": summary(card.description or card.mission or _listing(offers)),
        "mark": bool(marks),
        "mark_until": max(marks, default=None),
        "serves": _serves((*card.serves, *(code for offer in offers for code in offer.serves)), card),
        "cpv": _cpv(tuple(code for offer in offers for code in offer.cpv)),
        "published_at": card.published_at,
        "changed_at": card.changed_at,
        "search": _card_lexemes(card, offers, texts).literal(),
        "slug": card.slug,
        "form_id": card.form_id,
        "activity": card.activity,
        "categories": array(categories),
        "category_bits": sum(1 << bits[category] for category in categories),
        "pkd": array(sorted({code for symbol in card.pkd for code in pkd_parents(symbol)})),
        "verified_on": card.verified_on,
        "latitude": card.latitude,
        "longitude": card.longitude,
    }


def offer_row(offer, card, texts):
    """The row of OfferEntry."""
    return _shared(card) | {
        "offer_id": offer.id,
        "name": offer.name,
        "sort_key": _order(_offer_order(offer.name)),
        "summary": summary(offer.description),
        "mark": offer.mark_until is not None,
        "mark_until": offer.mark_until,
        "serves": _serves(tuple(offer.serves or card.serves), card),
        "cpv": _cpv(tuple(offer.cpv)),
        "published_at": offer.published_at,
        "changed_at": offer.changed_at,
        "search": _offer_lexemes(offer, card, texts).literal(),
        "organisation_name": card.name,
        "organisation_slug": card.slug,
        "category_id": offer.category_id,
    }


def summary(text):
    """The beginning of a text on one line, at most 180 characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _SUMMARY:
        return line
    return f"{line[:_SUMMARY].rpartition(' ')[0] or line[:_SUMMARY]}…"


def _shared(card):
    return {
        "organisation_id": card.id,
        "kind_id": card.kind_id,
        "county_id": card.county_id,
        "municipality_id": card.municipality_id,
        "town": card.town,
        "ps": card.ps,
        "art94": card.art94,
        "opp": card.opp,
    }


def _listing(offers):
    return ", ".join(offer.name for offer in offers)


def _order(key):
    # What follows the tab tells apart names that differ in case only: not worth its width in every row.
    return key.partition("\t")[0][:420]


@lru_cache(maxsize=10_000)
def _offer_order(name):
    return sort_key(name)


def _serves(codes, card):
    """Who states no area is taken to work at least where it sits."""
    return _areas(codes or tuple(code for code in [card.municipality_id or card.county_id] if code))


@lru_cache(maxsize=10_000)
def _areas(codes):
    return array(served_areas(codes))


@lru_cache(maxsize=10_000)
def _cpv(codes):
    return array(sorted({parent for code in codes for parent in cpv_parents(code)}))


def _card_lexemes(card, offers, texts):
    lexemes = Lexemes(texts).add(Field.NAME, card.name, card.short_name)
    for offer in offers:
        lexemes.add(Field.OFFERS, offer.name)
    lexemes.add(Field.DESCRIPTION, card.description, card.mission, card.operator_name)
    lexemes.add(Field.DESCRIPTION, card.kind_label, card.kind_short, card.ps and "przedsiębiorstwo społeczne")
    if any(offer.mark_until for offer in offers):
        lexemes.add(Field.DESCRIPTION, "znak Zakup Prospołeczny")
    for offer in offers:
        # "Catering" in the name of an offer says more than the label of a code that also covers bread.
        lexemes.add(Field.DESCRIPTION, offer.description, offer.category_label, *offer.cpv_labels)
    return lexemes.add(Field.PLACE, *_places(card), *card.workplaces)


def _offer_lexemes(offer, card, texts):
    lexemes = Lexemes(texts).add(Field.NAME, offer.name)
    lexemes.add(Field.OFFERS, offer.category_label, *offer.cpv_labels)
    lexemes.add(Field.DESCRIPTION, offer.description, card.name)
    return lexemes.add(Field.PLACE, *_places(card))


def _places(card):
    return card.town, card.municipality_name, card.county_name, card.region_name
