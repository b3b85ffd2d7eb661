"""Public notices of the region that used a clause, nearest to a code of CPV first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Subquery

from procurement.choices import NoticeState
from procurement.models import Clause, NoticeCpv
from procurement.models.postings import posting_address
from registry.codes import cpv_parents

SHOWN = 3
# Enough to choose the nearest from; more would be read for nothing.
_MOST_READ = 300


@dataclass(frozen=True)
class Example:
    url: str
    subject: str
    buyer: str
    announced_at: datetime
    value: Decimal | None


def examples_of(kinds, *, codes, county):
    """{code of a clause: at most SHOWN Examples} of orders in the divisions of `codes`. One statement."""
    if not codes:
        return {}
    main = NoticeCpv.objects.filter(notice=OuterRef("notice")).order_by("order", "pk")
    near = NoticeCpv.objects.filter(_any_division(codes), notice=OuterRef("notice"))
    rows = (
        Clause.objects.filter(
            Exists(near),
            Q(notice__county__isnull=False) | Q(notice__authority__institution__county__isnull=False),
            kind__code__in=kinds,
            notice__state__in=NoticeState.public(),
        )
        .annotate(code=Subquery(main.values("code")[:1]))
        .order_by("-notice__published_at", "pk")
        .values_list(
            "kind__code",
            "notice_id",
            "code",
            "notice__subject",
            "notice__authority__institution__name",
            "notice__published_at",
            "notice__value",
            "notice__value_is_public",
            "notice__county_id",
        )[:_MOST_READ]
    )
    found = defaultdict(dict)
    for kind, notice, code, subject, buyer, announced, value, is_public, place in rows:
        nearness = (-max(_shared(code, one) for one in codes), place != county, -announced.timestamp())
        example = Example(posting_address(notice, subject), subject, buyer, announced, value if is_public else None)
        found[kind][notice] = nearness, example
    return {
        kind: [one for _, one in sorted(of.values(), key=lambda pair: pair[0])[:SHOWN]] for kind, of in found.items()
    }


def _any_division(codes):
    condition = Q()
    for digits in {code[:2] for code in codes}:
        condition |= Q(code__code8__startswith=digits)
    return condition


def _shared(one, other):
    """How many levels two codes have in common."""
    return len(set(cpv_parents(one)) & set(cpv_parents(other))) if one and other else 0
