"""Texts of the rules with the facts of a case put in: {organisation}, {number} … Unknown names stay as they are."""

from quality_mark.choices import ApplicationKind
from quality_mark.models import DocumentTemplate
from quality_mark.wording import fill, paragraphs


def document_words(rulebook, kind, facts, *, title, body):
    """(title, [paragraph]) of a document; `title` and `body` are said when the rules have no such text."""
    row = DocumentTemplate.objects.filter(rulebook=rulebook, kind=kind).first()
    return fill(row.title if row else title, facts), paragraphs(row.body if row else body, facts)


def facts_of(application):
    """What every document may name."""
    applicant = application.applicant
    return {
        "number": application.number,
        "organisation": applicant.get("name") or str(application.offer.organisation),
        "operator": applicant.get("operator", ""),
        "nip": applicant.get("nip") or "–",
        "offer": application.offer_facts.get("name") or application.offer.name,
        "matter": "przedłużenia" if application.kind == ApplicationKind.RENEWAL else "przyznania",
    }
