"""Values of an import as people say them: codes by their names, lists in one line."""

from registry import labels as code_labels
from registry.choices import EmployeesBand, TargetGroup
from registry.models import Institution, PkdCode
from registry.use_cases.imports.fields import labels

NOTHING = "brak"


class Words:
    """Names and codes of a page of rows as people say them."""

    def __init__(self, pairs):
        """`pairs` are (name of registry.use_cases.imports.fields, value) of everything that will be said."""
        self._labels = labels()
        pairs = list(pairs)
        codes = {code for _, value in pairs for code in _listed(value) if isinstance(code, str)}
        self._codes = code_labels.read(codes=[code for code in codes if len(code) in (7, 8) and code.isdigit()])
        operators = {value for name, value in pairs if name == "operator" and isinstance(value, int)}
        self._operators = dict(Institution.objects.filter(pk__in=operators).values_list("pk", "name"))
        keys = {key for name, value in pairs if name == "pkd" for key in _listed(value)}
        self._pkd = dict(PkdCode.objects.filter(pk__in=keys).values_list("pk", "symbol"))

    def label(self, name):
        return self._labels.get(name, LABELS.get(name, name))

    def said(self, name, value):
        if value in (None, "", [], {}):
            return NOTHING
        if isinstance(value, bool):
            return "tak" if value else "nie"
        if name in SAID:
            return SAID[name](self, value)
        if isinstance(value, list):
            return ", ".join(map(str, value))
        return str(value)

    def _areas(self, codes):
        return ", ".join("cały kraj" if code == "PL" else self._codes.area_words(code) or code for code in codes)


LABELS = {"new_operator": "nowy organ prowadzący", "contact_person": "osoba do kontaktu"}
SAID = {
    "kind": lambda words, code: words._codes.kind.get(code, code),
    "legal_form": lambda words, code: words._codes.form.get(code, code),
    "county": lambda words, code: words._codes.county_words(code) or code,
    "municipality": lambda words, code: words._codes.municipality.get(code, code),
    "serves": lambda words, codes: words._areas(codes),
    "operator": lambda words, key: words._operators.get(key, f"nr {key}"),
    "new_operator": lambda words, operator: operator["name"],
    "employees": lambda words, code: EmployeesBand(code).label if code in EmployeesBand.values else code,
    "target_groups": lambda words, codes: ", ".join(TargetGroup(code).label for code in codes),
    "offers": lambda words, offers: "; ".join(offer if isinstance(offer, str) else offer[0] for offer in offers),
    "pkd": lambda words, keys: ", ".join(words._pkd.get(key, f"nr {key}") for key in keys),
    "ps": lambda words, statuses: "; ".join(map(_status, _listed(statuses))),
}


def _listed(value):
    return value if isinstance(value, list) else [value]


def _status(status):
    parts = [status.get("decision_number"), status.get("granted_on") and f"od {status['granted_on']}"]
    return ", ".join(filter(None, [*parts, status.get("lost_on") and f"utracony {status['lost_on']}"]))
