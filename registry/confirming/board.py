"""The freshness board: how many cards are confirmed, asked after, unconfirmed, by county, kind and support centre.

One statement over all published cards; each number leads to the cards that it counts.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from registry.choices import Activity
from registry.confirming.cards import months_before
from registry.models import County, OrganisationKind
from registry.sql import fetch

_SQL = """
SELECT CASE WHEN GROUPING(county) = 0 THEN 'powiat' WHEN GROUPING(kind) = 0 THEN 'rodzaj'
            WHEN GROUPING(centre) = 0 THEN 'opiekun' ELSE '' END,
       coalesce(county, kind, centre, ''), count(*), count(*) FILTER (WHERE fresh),
       count(*) FILTER (WHERE NOT fresh AND NOT waiting AND activity = %(active)s), count(*) FILTER (WHERE waiting),
       count(*) FILTER (WHERE activity = %(stale)s), count(*) FILTER (WHERE activity = %(inactive)s)
FROM (
    SELECT CASE WHEN o.unit_id IS NULL THEN i.county_id ELSE u.county_id END AS county, o.kind_id AS kind,
           o.support_centre AS centre, coalesce(o.verified_on > %(fresh_after)s, FALSE) AS fresh,
           r.id IS NOT NULL AS waiting, o.activity
    FROM registry_organisation o
    LEFT JOIN registry_institution i ON i.id = o.institution_id
    LEFT JOIN registry_unit u ON u.id = o.unit_id
    LEFT JOIN registry_confirmationrequest r ON r.organisation_id = o.id AND r.ended_on IS NULL
    WHERE o.published_at IS NOT NULL AND o.removed_at IS NULL
    AND NOT EXISTS (SELECT FROM registry_closing c WHERE c.organisation_id = o.id)
) cards
GROUP BY GROUPING SETS ((county), (kind), (centre), ())
"""
# What stands for "nothing said" in the filters of the list of cards.
NOTHING = "brak"
COLUMNS = (
    ("published", "w katalogu", {}),
    ("confirmed", "potwierdzone w terminie", {"potwierdzenie": "w-terminie"}),
    ("unasked", "przed prośbą", {"potwierdzenie": "przed-prosba"}),
    ("waiting", "zapytane, czekają", {"prosba": "czeka"}),
    ("unconfirmed", "niepotwierdzone", {"aktywnosc": Activity.STALE.value}),
    ("inactive", "nieaktywne", {"aktywnosc": Activity.INACTIVE.value}),
)
SECTIONS = {"powiat": "Powiaty", "rodzaj": "Rodzaje podmiotów", "opiekun": "OWES opiekun"}


@dataclass(frozen=True)
class Line:
    """`dimension` and `code` say which cards: a county, a kind, a support centre, or with "" all of them."""

    dimension: str
    code: str
    name: str
    numbers: tuple

    @property
    def share(self):
        """Confirmed of published, in whole per cent, rounded down: 100 means all of them."""
        return self.numbers[1] * 100 // self.numbers[0] if self.numbers[0] else 0

    @property
    def cells(self):
        """[(label of the column, number, address of the list of these cards)]"""
        of = {self.dimension: self.code or NOTHING} if self.dimension else {}
        return [
            (label, number, cards_address(of | more))
            for (_, label, more), number in zip(COLUMNS, self.numbers, strict=True)
        ]


def cards_address(filters):
    return f"{reverse('admin:registry_organisation_changelist')}?{urlencode({'publikacja': 'tak'} | filters)}"


def board(rule, today):
    """({dimension: [Line] in the order of the dictionaries}, Line of all cards). Three queries."""
    given = {
        "active": Activity.ACTIVE.value,
        "stale": Activity.STALE.value,
        "inactive": Activity.INACTIVE.value,
        "fresh_after": months_before(today, rule.ask_after_months),
    }
    labels = names()
    lines, total = {dimension: [] for dimension in SECTIONS}, Line("", "", "Razem", (0,) * len(COLUMNS))
    for dimension, code, *numbers in fetch(_SQL, given):
        if not dimension:
            total = Line("", "", "Razem", tuple(numbers))
        else:
            name = labels[dimension].get(code) or code or "nie podano"
            lines[dimension].append(Line(dimension, code, name, tuple(numbers)))
    for dimension, found in lines.items():
        order = {code: place for place, code in enumerate(labels[dimension])}
        # What is not said comes last; support centres are in no dictionary.
        found.sort(key=lambda line: (line.code == "", order.get(line.code, 0), line.name))
    return lines, total


def names():
    """{dimension: {code: name}} in the order in which they are shown; support centres are in no dictionary."""
    counties = County.objects.only("teryt", "name", "is_city", "sort_key").order_by("sort_key", "teryt")
    kinds = OrganisationKind.objects.order_by("position").values_list("code", "label")
    return {"powiat": {one.teryt: str(one) for one in counties}, "rodzaj": dict(kinds), "opiekun": {}}


def table(lines, total):
    """Rows of the file: a heading, each line with the name of its section, the sum."""
    yield ["przekrój", "nazwa", *(label for _, label, _ in COLUMNS), "udział potwierdzonych (%)"]
    for dimension, title in SECTIONS.items():
        for line in lines[dimension]:
            yield [title, line.name, *line.numbers, line.share]
    yield ["Razem", "", *total.numbers, total.share]
