"""Letters of the office as PDF: the words of the template that the rules of the case keep, with its facts put in."""

from django.conf import settings
from django.utils import timezone

from core import pdf
from core.templatetags.portal import date_words
from quality_mark.choices import DocumentKind
from quality_mark.papers.words import facts_of
from quality_mark.wording import fill, paragraphs

# Said when the rules of a case have no template of a kind, as the first drafts of rules may not.
INSTEAD = {
    DocumentKind.CORRECTION: "Wniosek {number} wymaga uzupełnienia.\n\n{faults}\n\nProsimy o uzupełnienie do {due}.",
    DocumentKind.UNEXAMINED: "Braków nie uzupełniono do {due}. Wniosek {number} pozostaje bez rozpatrzenia.\n\n{note}",
}


def office_letter(application, kind, *, now, more=(), **facts):
    """Bytes of the PDF. `facts` are those of this letter beside those of the case, `more` is said at its end."""
    title, body = _template(application.rulebook, kind)
    known = facts_of(application) | {"note": ""} | facts
    words = [*paragraphs(body, known), *more]
    return letter_page(application, title=fill(title, known), number=application.number, words=words, now=now)


def letter_page(application, *, title, number, words, now):
    """Bytes of a letter to the applicant, as they all look: from whom, to whom, about what. `words`: paragraphs."""
    data = {
        "title": title,
        "from": settings.OPERATOR["name"],
        "on": date_words(now).replace("\N{NO-BREAK SPACE}", " "),
        "number": number,
        "to": addressee(application),
        "paragraphs": [part.split("\n") for part in words],
    }
    return pdf.document("quality_mark/office_letter.typ", data, standards=pdf.ARCHIVE)


def addressee(application):
    """Lines of an envelope, from what the register said when the application was submitted."""
    given = application.applicant
    name = given.get("name") or str(application.offer.organisation)
    place = " ".join(filter(None, [given.get("postal_code"), given.get("town")]))
    return [line for line in (name, given.get("operator"), given.get("street"), place) if line]


def file_name(words, application, now):
    return f"{words} {application.number.replace('/', '-')} {timezone.localdate(now):%Y-%m-%d}.pdf"


def _template(rulebook, kind):
    found = rulebook.templates.filter(kind=kind).first()
    return (found.title, found.body) if found else (f"{kind.label.capitalize()} {{number}}", INSTEAD[kind])
