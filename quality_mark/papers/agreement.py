"""The licence agreement as a document to be signed by both sides."""

from dateutil.relativedelta import relativedelta

from core import pdf
from core.templatetags.portal import plural
from quality_mark.choices import ApplicationKind, DocumentKind
from quality_mark.papers.words import document_words, facts_of
from quality_mark.register.standing import DAY


def agreement_pdf(application):
    since, until = _period(application)
    facts = facts_of(application) | {"from": since, "until": until}
    title, paragraphs = document_words(
        application.rulebook, DocumentKind.LICENCE, facts, title="Umowa licencyjna",
        body="Umowa dotyczy stosowania znaku przez {organisation} dla oferty „{offer}”, od {from} do {until}.",
    )  # fmt: skip
    address = ", ".join(filter(None, [application.applicant.get("street"), _town(application.applicant)]))
    data = {
        "title": title,
        "number": application.number,
        "paragraphs": paragraphs,
        "holder": facts["organisation"],
        "operator": facts["operator"],
        "address": address,
    }
    return pdf.document("quality_mark/agreement.typ", data)


def _town(applicant):
    return f"{applicant.get('postal_code', '')} {applicant.get('town', '')}".strip()


def _period(application):
    """The days in words: those of a first licence hang on the day of the second signature."""
    months = application.rulebook.licence_months
    if application.kind == ApplicationKind.RENEWAL:
        start = application.mark.valid_until + DAY
        end = start + relativedelta(months=months) - DAY
        return f"{start:%d.%m.%Y}", f"{end:%d.%m.%Y}"
    words = plural(months, "miesiąca,miesięcy,miesięcy")
    return "dnia, w którym podpiszą ją obie strony,", f"upływu {months} {words} od tego dnia"
