"""The steps of an institution's form, and what a draft has in each. What is typed wrong is kept as it was typed."""

import hashlib
import json

from django.utils import timezone

INSTITUTION, ADDRESS, CONTACT = "instytucja", "adres", "kontakt"
SIGNATORIES, PEOPLE, QUESTIONS, SUMMARY = "reprezentacja", "osoby", "pytania", "podsumowanie"
STEPS = {
    INSTITUTION: "Instytucja",
    ADDRESS: "Adres",
    CONTACT: "Osoba do kontaktu",
    SIGNATORIES: "Kto podpisuje",
    PEOPLE: "Osoby delegowane",
    QUESTIONS: "Pytania i oświadczenia",
    SUMMARY: "Podsumowanie",
}
COLUMNS = {
    INSTITUTION: ("name", "category", "legal_form_id", "regon", "krs", "other_register"),
    ADDRESS: (
        "street", "house_number", "flat_number", "postal_code", "post_office", "town", "municipality_id",
        "correspondence_address", "phone", "email", "www",
    ),
    CONTACT: ("contact_name", "contact_phone", "contact_email"),
}  # fmt: skip
# Keys of Enrolment.answers that no question can have: a code has no question mark.
TYPED, SEEN = "?wpisane", "?zapisane"


def saved_values(enrolment, step):
    """{field: value} as the fields of the step would show it: what is good, and over it what was typed wrong."""
    if step == QUESTIONS:
        values = {code: value for code, value in enrolment.answers.items() if not code.startswith("?")}
    else:
        values = {name.removesuffix("_id"): getattr(enrolment, name) or "" for name in COLUMNS[step]}
    return values | enrolment.answers.get(TYPED, {}).get(step, {})


def digest(values):
    """By which a page knows whether what it showed is still what is saved."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def is_seen(enrolment, step):
    """Whether somebody has saved this step: only then is it said what is missing there."""
    return step in enrolment.answers.get(SEEN, [])


def why_closed(enrolment, now):
    """Why nothing can be sent any more, in words; empty when it can. A form that came back may be put right after
    the last day, but not after the edition was closed."""
    edition, today = enrolment.edition, timezone.localdate(now)
    if edition.closed_at is not None:
        return "Ta edycja projektu została zamknięta. Zgłoszenie można przeczytać, ale nie można go już wysłać."
    if enrolment.submitted_at is None and not edition.takes_enrolments_on(today):
        return "Minął termin zgłoszeń do tej edycji. Zgłoszenie można przeczytać, ale nie można go już wysłać."
    return ""
