"""The licence agreement as a document to be signed by both sides."""

from dateutil.relativedelta import relativedelta

from core import pdf
from core.templatetags.portal import plural
from quality_mark.choices import DocumentKind
from quality_mark.papers.words import document_words, facts_of
from quality_mark.register.chaining import known_start
from quality_mark.register.standing import DAY


def agreement_pdf(application, *, today):
    since, until = _period(application, today)
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
    return pdf.document("quality_mark/agreement.typ", data, standards=pdf.ARCHIVE)


def _town(applicant):
    return f"{applicant.get('postal_code', '')} {applicant.get('town', '')}".strip()


def _period(application, today):
    """The days in words: sure ones of a renewal that goes on without a gap, else they hang on the second signature."""
    months = application.rulebook.licence_months
    start, is_sure = known_start(application, today)
    if is_sure:
        end = start + relativedelta(months=months) - DAY
        return f"{start:%d.%m.%Y}", f"{end:%d.%m.%Y}"
    signed = "dnia, w którym podpiszą ją obie strony,"
    until = f"upływu {months} {plural(months, 'miesiąca,miesięcy,miesięcy')} od tego dnia"
    return (f"{start:%d.%m.%Y} albo od późniejszego {signed}" if start else signed), until
