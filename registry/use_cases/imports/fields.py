"""Where each clean value of a row lives in the register.

A row's values are one flat dictionary. The party is the unit of a WTZ, ZAZ, CIS or KIS, else the institution.
"""

from registry.models import Institution, Organisation, Unit

# name of the value -> column
_SHARED = {
    "name": "name",
    "short_name": "short_name",
    "street": "street",
    "house_number": "house_number",
    "flat_number": "flat_number",
    "postal_code": "postal_code",
    "post_office": "post_office",
    "town": "town",
    "municipality": "municipality_id",
    "county": "county_id",
    "phone": "phone",
    "phone_other": "phone_other",
    "email": "email",
    "www": "www",
}
INSTITUTION = _SHARED | {
    "legal_form": "legal_form_id",
    "nip": "nip",
    "regon": "regon",
    "krs": "krs",
    "other_register": "other_register",
    "ade": "ade",
    "founded_year": "founded_year",
    "is_opp": "is_opp",
    "is_zpch": "is_zpch",
    "has_ct9_status": "has_ct9_status",
}
UNIT = _SHARED | {
    "operator": "operator_id",
    "unit_regon": "regon",
    "register_number": "register_number",
    "started_on": "started_on",
}
CARD = {
    "kind": "kind_id",
    "description": "description",
    "mission": "mission",
    "opening_hours": "opening_hours",
    "social_media": "social_media",
    "serves": "serves",
    "target_groups": "target_groups",
    "employees": "employees",
    "accessibility": "accessibility",
    "verified_on": "verified_on",
    "source_as_of": "source_as_of",
}
IDENTIFIERS = ("nip", "regon", "krs")
# Believed or left together: a street of one place and a postal code of another is an address of nobody.
ADDRESS = (
    "town",
    "street",
    "house_number",
    "flat_number",
    "postal_code",
    "post_office",
    "municipality",
    "county",
)
# Dates that only grow: an older list does not make a card look older than it is.
GROWING = frozenset(("verified_on", "source_as_of"))
# Values that are rows of other tables; compare.py and apply.py know each by name.
OFFERS, PS, PKD, PUBLISHED = "offers", "ps", "pkd", "published"

_TABLES = ((Institution, INSTITUTION), (Unit, UNIT), (Organisation, CARD))
_OWN_LABELS = {
    "unit_regon": "REGON jednostki",
    OFFERS: "oferty",
    PS: "status PS",
    PKD: "PKD",
    PUBLISHED: "publikacja",
    "address": "adres",
    "powiat": "powiat",
    "gmina": "gmina",
    "gmina_teryt": "TERYT gminy",
    "voivodeship": "województwo",
}


def labels():
    """{name: Polish label} of every value a row can hold, for previews and reports."""
    found = {}
    for model, columns in _TABLES:
        for name, column in columns.items():
            found.setdefault(name, model._meta.get_field(column.removesuffix("_id")).verbose_name)
    return found | _OWN_LABELS


def table_of(name, *, unit):
    """(model, column) that holds this value, or None for values that are rows of their own."""
    for model, columns in ((Unit, UNIT) if unit else (Institution, INSTITUTION), (Organisation, CARD)):
        if name in columns:
            return model, columns[name]
    return None
