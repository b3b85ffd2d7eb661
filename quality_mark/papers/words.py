"""Texts of the rules with the facts of a case put in: {organisation}, {number} … Unknown names stay as they are."""

import re

from quality_mark.models import DocumentTemplate

_PLACE = re.compile(r"\{(\w+)\}")


def filled(text, facts):
    return _PLACE.sub(lambda found: str(facts.get(found[1], found[0])), text)


def document_words(rulebook, kind, facts, *, title, body):
    """(title, [paragraph]) of a document; `title` and `body` are said when the rules have no such text."""
    row = DocumentTemplate.objects.filter(rulebook=rulebook, kind=kind).first()
    text = filled(row.body if row else body, facts)
    return filled(row.title if row else title, facts), [part.strip() for part in text.split("\n\n") if part.strip()]


def facts_of(application):
    """What every document may name."""
    applicant = application.applicant
    return {
        "number": application.number,
        "organisation": applicant.get("name") or str(application.offer.organisation),
        "operator": applicant.get("operator", ""),
        "nip": applicant.get("nip") or "–",
        "offer": application.offer_facts.get("name") or application.offer.name,
    }
