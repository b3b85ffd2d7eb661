"""An institution's form as it is read: on the page, on paper, and beside the signed pages."""

from core.answering import in_words
from core.templatetags.portal import nip, phone
from events.enrolment.faults import LABELS, OUTSIDE, answered_questions
from events.enrolment.steps import ADDRESS, COLUMNS, INSTITUTION, QUESTIONS, STEPS, saved_values


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
    fields = {step: [name.removesuffix("_id") for name in names] for step, names in COLUMNS.items()}
    fields[INSTITUTION].insert(0, "nip")
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
    given = enrolment.answers
    return [
        (f"pytanie-{one.code}", one.label, in_words(one, given[one.code]) if one.code in given else "")
        for one in answered_questions(enrolment)
    ]
