"""One line of "kto to zrobi"."""

from dataclasses import dataclass, field

from procurement.matching.why import why
from registry.cards.links import mark_of_offer, marks_of_card
from registry.models.offers import offer_address
from registry.rows import badges_of


@dataclass(frozen=True)
class Row:
    organisation_id: int
    offer_id: int | None
    url: str
    name: str
    meta: str
    # (name, address)
    offer: tuple
    others: list
    score: int
    why: str
    badges: list = field(default_factory=list)


def rows_of(need, matches, *, labels):
    return [_row(need, match, labels) for match in matches]


def as_json(row, *, absolute):
    return {
        "id": row.organisation_id,
        "url": absolute(row.url),
        "name": row.name,
        "offer": row.offer[0] if row.offer else "",
        "score": row.score,
        "why": row.why,
    }


def _row(need, match, labels):
    one = match.candidate
    county = labels.county_words(one.county)
    meta = [one.kind, one.town, county if county != one.town else ""]
    return Row(
        organisation_id=one.organisation_id,
        offer_id=one.offer_id,
        url=f"/katalog/{one.slug}/",
        name=one.organisation_name,
        meta=" · ".join(part for part in meta if part),
        offer=_offer(one),
        others=[_offer(other) for other in match.others],
        score=round(100 * match.score.total),
        why=why(need, match),
        badges=badges_of(one.ps, one.mark, _mark_page(one)),
    )


def _mark_page(one):
    return mark_of_offer(one.offer_id) if one.offer_id else marks_of_card(one.organisation_id)


def _offer(candidate):
    return (candidate.name, offer_address(candidate.offer_id, candidate.name)) if candidate.offer_id else ()
