"""The steps of a notice's form, and what it has in each."""

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal

WHAT, VALUE, CPV, CLAUSES = "co", "wartosc", "cpv", "klauzule"
TIMES, DOCUMENTS, CONTACT, SUMMARY = "terminy", "dokumenty", "kontakt", "podsumowanie"
STEPS = {
    WHAT: "Co zamawiasz",
    VALUE: "Wartość, tryb i numery",
    CPV: "Kody CPV i części",
    CLAUSES: "Klauzule społeczne",
    TIMES: "Terminy i miejsce",
    DOCUMENTS: "Dokumenty",
    CONTACT: "Kontakt",
    SUMMARY: "Podsumowanie",
}
COLUMNS = {
    WHAT: ("kind", "subject", "nature", "is_social", "description", "signature", "url"),
    VALUE: (
        "value", "value_is_public", "mode_id", "price_weight", "bzp_number", "procedure_id", "ted_number", "bk_number",
    ),
    TIMES: ("deadline_at", "performed_from", "performed_until", "municipality_id", "county_id", "place"),
    CONTACT: ("contact_name", "contact_email", "contact_phone"),
}  # fmt: skip
# Where a field of a check (procurement.rules.checks) is put right.
_STEP_OF_FIELD = {
    "value": VALUE, "mode": VALUE, "price_weight": VALUE, "is_social": WHAT, "cpv": CPV, "parts": CPV,
    "deadline": TIMES, "contact_email": CONTACT,
}  # fmt: skip


def step_of_field(field):
    return CLAUSES if field.startswith("clause-") else _STEP_OF_FIELD[field]


def saved_values(notice, step):
    """What the step holds, in plain values: to show it, and to see whether somebody else has changed it."""
    if step == CPV:
        return {
            "cpv": list(notice.cpv_links.values_list("code_id", flat=True)),
            "parts": [[part.number, part.subject, part.value] for part in notice.parts.all()],
        }
    if step == CLAUSES:
        return {str(clause.pk): clause_values(clause) for clause in notice.clauses.all()}
    if step == DOCUMENTS:
        return {"documents": [[one.pk, one.title] for one in notice.documents.all()]}
    return {name: getattr(notice, name) for name in COLUMNS[step]}


def clause_values(clause):
    names = ("kind_id", "groups", "people", "months", "percent", "weight", "activities", "label", "control", "note")
    return {name: getattr(clause, name) for name in names}


def digest(values):
    """By which a page knows whether what it showed is still what is saved."""
    text = json.dumps(values, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _plain(value):
    """One writing for one value: 180000 and 180000.00, noon in Warsaw and eleven in Greenwich."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value)
