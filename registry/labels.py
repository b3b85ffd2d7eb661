"""Names of the codes that one page of the catalogue shows or is asked for, all read in one query."""

from dataclasses import dataclass, field

from django.db import connection

_SQL = r"""
SELECT 'kind', code, label, lpad(position::text, 5, '0') AS ord FROM registry_organisationkind
UNION ALL
SELECT 'form', code, label, lpad(position::text, 5, '0') FROM registry_legalform
UNION ALL
SELECT 'category', code, label, lpad(position::text, 5, '0') FROM registry_offercategory
UNION ALL
SELECT 'bit', category_id, bit::text, '' FROM registry_categorybit
UNION ALL
SELECT 'county', teryt, name || CASE WHEN is_city THEN '|city' ELSE '' END, sort_key FROM registry_county
UNION ALL
SELECT 'region', teryt, name, teryt FROM registry_region
UNION ALL
SELECT 'municipality', teryt, label, sort_key FROM registry_municipality
WHERE county_id = ANY(%(counties)s) OR teryt = ANY(%(codes)s)
UNION ALL
SELECT 'cpv', code8, code || ' ' || label_pl, code8 FROM registry_cpvcode WHERE code8 = ANY(%(codes)s)
UNION ALL
SELECT 'pkd', asked, min(symbol || ' ' || name), asked
FROM unnest(%(pkd)s::text[]) asked
JOIN registry_pkdcode ON starts_with(symbol, asked) OR starts_with(version::text || ':' || symbol, asked)
WHERE asked ~ '^(\d{4}:)?\d{2}(\.\d{1,2}(\.[A-Z])?)?$'
GROUP BY asked
ORDER BY 1, ord, 2
"""


@dataclass
class Labels:
    """{code: name} of each dictionary in the order of display; `cities` are the counties that are one town.

    `bit` holds the registry.models.CategoryBit of each category, as text.
    """

    kind: dict = field(default_factory=dict)
    form: dict = field(default_factory=dict)
    category: dict = field(default_factory=dict)
    bit: dict = field(default_factory=dict)
    county: dict = field(default_factory=dict)
    region: dict = field(default_factory=dict)
    municipality: dict = field(default_factory=dict)
    cpv: dict = field(default_factory=dict)
    pkd: dict = field(default_factory=dict)
    cities: set = field(default_factory=set)

    def county_words(self, code):
        """ "Wrocław" or "powiat świdnicki"; an empty string for no code."""
        name = self.county.get(code, "")
        return name if code in self.cities or not name else f"powiat {name}"

    def area_words(self, code):
        """The name of a TERYT code of any length."""
        if len(code) == 2:
            return f"województwo {self.region[code]}" if code in self.region else ""
        return self.county_words(code) if len(code) == 4 else self.municipality.get(code, "")


def read(*, counties=(), codes=(), pkd=()):
    """Labels with every kind, form, category, county and region; municipalities only of `counties`.

    `codes` (CPV of eight digits, TERYT of seven) and `pkd` (symbols or their beginnings at a dot) are named when they
    exist.
    """
    labels = Labels()
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"counties": list(counties), "codes": list(codes), "pkd": list(pkd)})
        for dictionary, code, name, _ in cursor.fetchall():
            if dictionary == "county":
                name, _, city = name.partition("|")
                labels.cities.update([code] if city else [])
            getattr(labels, dictionary)[code] = name
    return labels
