"""An institution's form as it is read: on the page, on paper, and beside the signed pages."""

from django.utils import timezone

from core.answering import in_words
from core.templatetags.portal import nip, phone
from events.enrolment.faults import LABELS, OUTSIDE, questions_of
from events.enrolment.steps import ADDRESS, CONTACT, INSTITUTION, QUESTIONS, STEPS, saved_values


def facts_of(enrolment):
    """[(step, title, [(field, label, value in words)])] of the steps with fields; empty values stand there too."""
    municipality = saved_values(enrolment, ADDRESS).get("municipality") == OUTSIDE
    values = {
        "nip": nip(enrolment.nip),
        "category": enrolment.get_category_display(),
        "legal_form": str(enrolment.legal_form or ""),
        "municipality": "spoza województwa" if municipality else area_of(enrolment),
        "phone": phone(enrolment.phone),
        "contact_phone": phone(enrolment.contact_phone),
    }
    fields = {
        INSTITUTION: ("nip", "name", "category", "legal_form", "regon", "krs", "other_register"),
        ADDRESS: (
            "street", "house_number", "flat_number", "postal_code", "post_office", "town", "municipality",
            "correspondence_address", "phone", "email", "www",
        ),
        CONTACT: ("contact_name", "contact_phone", "contact_email"),
    }  # fmt: skip
    told = [
        (step, STEPS[step], [(name, LABELS[name], values.get(name, getattr(enrolment, name, ""))) for name in names])
        for step, names in fields.items()
    ]
    return [*told, (QUESTIONS, STEPS[QUESTIONS], _answers(enrolment))]


def area_of(enrolment):
    """ "Wrocław, Wrocław" would say it twice: a city that is its own county is named once."""
    if not enrolment.municipality:
        return ""
    county = str(enrolment.county)
    return county if enrolment.county.is_city else f"{enrolment.municipality}, {county}"


def _answers(enrolment):
    questions = questions_of(enrolment, timezone.localdate())
    given = {one.code: enrolment.answers.get(one.code) for one in questions}
    return [
        (f"pytanie-{one.code}", one.label, in_words(one, value) if (value := given[one.code]) is not None else "")
        for one in questions
    ]
