"""Names of the codes that one page of the list shows or is asked for, all read in one query."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

# Of clause kinds that have changed in time the newest name counts.
_SQL = """
SELECT 'county', teryt, name || CASE WHEN is_city THEN '|city' ELSE '' END, '', sort_key AS ord FROM registry_county
UNION ALL
SELECT 'clause', code, (array_agg(label ORDER BY valid_from DESC))[1],
       (array_agg(article ORDER BY valid_from DESC))[1], lpad(min(position)::text, 5, '0')
FROM procurement_clausekind GROUP BY code
UNION ALL
SELECT 'cpv', code8, code || ' ' || label_pl, '', code8 FROM registry_cpvcode WHERE code8 = ANY(%(codes)s)
UNION ALL
SELECT 'buyer', a.slug, i.name, a.id::text, i.sort_key FROM procurement_contractingauthority a
JOIN registry_institution i ON i.id = a.institution_id
WHERE a.slug = ANY(%(buyers)s) OR (i.nip = ANY(%(buyers)s) AND i.nip <> '')
UNION ALL
SELECT 'nip', i.nip, a.slug, '', '' FROM procurement_contractingauthority a
JOIN registry_institution i ON i.id = a.institution_id WHERE i.nip = ANY(%(buyers)s) AND i.nip <> ''
ORDER BY 1, 5, 2
"""
_BUYERS = """
SELECT a.id, a.slug, i.name FROM procurement_contractingauthority a
JOIN registry_institution i ON i.id = a.institution_id WHERE a.id = ANY(%s) ORDER BY i.sort_key, a.id
"""


class Buyer(NamedTuple):
    id: int
    name: str


@dataclass
class Labels:
    """{code: name} of each dictionary in the order of display; `cities` are the counties that are one town."""

    county: dict = field(default_factory=dict)
    cities: set = field(default_factory=set)
    clause: dict = field(default_factory=dict)
    # {code of a clause kind: its article}, "–" for what stands in no article.
    article_of: dict = field(default_factory=dict)
    cpv: dict = field(default_factory=dict)
    # {slug: Buyer}, and the slugs of those who were asked for by NIP.
    buyer: dict = field(default_factory=dict)
    nip: dict = field(default_factory=dict)

    @property
    def article(self):
        """{"94": "art. 94"}, in the order of the act."""
        articles = {article for article in self.article_of.values() if article[:1].isdigit()}
        return {
            one: f"art. {one}" for one in sorted(articles, key=lambda one: (int(one.split("-")[0].split(" ")[0]), one))
        }

    def clause_words(self, code):
        """ "art. 94: zamówienie zastrzeżone"."""
        article, label = self.article_of.get(code, ""), self.clause.get(code, "")
        return f"art. {article}: {label}" if article[:1].isdigit() else label

    def county_words(self, code):
        """ "Wrocław" or "powiat świdnicki"; an empty string for no code."""
        name = self.county.get(code, "")
        return name if code in self.cities or not name else f"powiat {name}"


def read(*, codes=(), buyers=()):
    """Labels with every county and clause kind; of CPV and of buyers (by slug or NIP) only those asked for."""
    labels = Labels()
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"codes": list(codes), "buyers": list(buyers)})
        for dictionary, code, name, more, _ in cursor.fetchall():
            if dictionary == "county":
                name, _, city = name.partition("|")
                labels.cities.update([code] if city else [])
            elif dictionary == "clause":
                labels.article_of[code] = more
            elif dictionary == "buyer":
                name = Buyer(int(more), name)
            getattr(labels, dictionary)[code] = name
    return labels


def buyers(ids):
    """{slug: Buyer} of authorities by their ids, in alphabetical order. One query, none without ids."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BUYERS, [list(ids)])
        return {slug: Buyer(pk, name) for pk, slug, name in cursor.fetchall()}
