"""Certificates as PDF, set from their frozen facts."""

import io
from datetime import date, datetime

import segno
from django.conf import settings
from django.urls import reverse

from core import pdf
from events.day.logos import strip
from events.day.words import date_of, hours_words


def address_of(certificate):
    return settings.SITE_URL + reverse("events:certificate_check", args=[certificate.code])


def certificates_pdf(event, certificates):
    """Bytes: one page for each, with the logos of the event's edition."""
    logos, pictures = strip(event.edition)
    pages = []
    for certificate in certificates:
        name = f"qr{certificate.pk}"
        pictures[name] = _qr(address_of(certificate))
        pages.append(_page(certificate) | {"qr": name})
    title = f"Zaświadczenie {certificates[0].number}" if len(certificates) == 1 else f"Zaświadczenia: {event.title}"
    data = {"title": title, "logos": logos, "foot": "", "certificates": pages}
    return pdf.document("events/certificate.typ", data, pictures=pictures)


def dates_words(facts):
    """The days of a certificate: "3 grudnia 2026", several parted by commas."""
    return ", ".join(dict.fromkeys(date_of(datetime.fromisoformat(start)) for start, _ in facts["days"]))


def grouped(code):
    """ABCDEFGHJKMNPQRS → ABCD-EFGH-JKMN-PQRS, to be read aloud."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def correction_words(facts):
    """The last correction in words, or empty."""
    if not facts.get("corrections"):
        return ""
    last = facts["corrections"][-1]
    on = date.fromisoformat(last["on"])
    return f"Poprawiono {on:%d.%m.%Y}: {last['note']}"


def _page(certificate):
    facts = certificate.facts
    project = ", nr ".join(filter(None, [facts["edition"], facts["edition_number"]]))
    hours = hours_words(facts["hours"])
    lines = [
        f"Termin: {dates_words(facts)}",
        f"Liczba godzin: {hours}" if hours else "",
        f"Miejsce: {facts['place']}" if facts["place"] else "",
        f"Projekt: {project}" if project else "",
    ]
    return {
        "name": facts["name"],
        "event": facts["event"],
        "lead": f"w wydarzeniu ({facts['kind']})",
        "lines": [line for line in lines if line],
        "funding": facts["funding"],
        "number": certificate.number,
        "issued": date_of(certificate.issued_at),
        "address": address_of(certificate),
        "code": grouped(certificate.code),
        "note": correction_words(facts),
    }


def _qr(text):
    file = io.BytesIO()
    segno.make(text, error="m").save(file, kind="svg", xmldecl=False, scale=4)
    return file.getvalue()
