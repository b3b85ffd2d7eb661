"""The certificate of one licence, with the code that leads to the verification page."""

import io

import segno

from core import pdf
from core.templatetags.portal import date_words
from quality_mark.choices import DocumentKind
from quality_mark.papers.words import document_words, facts_of
from quality_mark.register.numbers import address_of


def certificate_pdf(licence):
    """Bytes. `licence` with its mark and its application's rulebook, offer and organisation."""
    application, number = licence.application, licence.mark.number
    since, until = date_words(licence.granted_on), date_words(licence.valid_until)
    facts = facts_of(application) | {"number": number, "from": since, "until": until}
    title, paragraphs = document_words(
        application.rulebook, DocumentKind.CERTIFICATE, facts, title="Certyfikat „Zakup Prospołeczny”",
        body="otrzymuje {organisation}\n\nza: {offer}",
    )  # fmt: skip
    address = address_of(number)
    data = {
        "title": f"{title}, nr {number}",
        "heading": title,
        "number": number,
        "paragraphs": paragraphs,
        "since": since,
        "until": until,
        "signed": date_words(licence.office_signed_on),
        "address": address,
    }
    return pdf.document("quality_mark/certificate.typ", data, pictures={"qr": _qr(address)}, standards=pdf.ARCHIVE)


def _qr(text):
    file = io.BytesIO()
    segno.make(text, error="m").save(file, kind="svg", xmldecl=False, scale=4)
    return file.getvalue()
