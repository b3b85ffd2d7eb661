"""A letter of supervision (zawieszenie, odebranie, zmiana, odmowa po terminie), by the words of the case's rules."""

from django.utils import timezone

from core.templatetags.portal import date_words
from quality_mark.calendar import last_day
from quality_mark.choices import DocumentKind
from quality_mark.deadlines import in_days
from quality_mark.office.documents import letter_page
from quality_mark.papers.words import document_words, facts_of

# Said when the rules have no such text.
INSTEAD = {
    DocumentKind.SUSPENSION: ("Zawieszenie znaku {number}", "Znak {number} zostaje zawieszony do {due}.\n\n{note}"),
    DocumentKind.REVOCATION: ("Odebranie znaku {number}", "Znak {number} zostaje odebrany.\n\n{note}"),
    DocumentKind.REFUSAL: (
        "Odmowa {matter} znaku: {number}",
        "Podmiot {organisation} nie otrzymuje znaku dla oferty „{offer}”.\n\n{note}",
    ),
    DocumentKind.CORRECTED: ("Zmiana rozstrzygnięcia w sprawie {number}", "{note}"),
}


def complaint_words(rules, now):
    """Until when and to whom a complaint about what is decided now can go."""
    until = date_words(last_day(in_days(rules, now, rules.complaint_days)))
    body = f" Rozpatruje ją: {rules.complaint_body}." if rules.complaint_body else ""
    return f"Skargę można złożyć w portalu do {until}.{body}"


def letter_pdf(application, kind, *, number, reason, due_at=None, hearing_until=None, now):
    """(title, bytes). When and to whom a complaint goes is said in each of them."""
    rules = application.rulebook
    title, body = INSTEAD[kind]
    facts = facts_of(application) | {
        "number": number,
        "note": reason,
        "date": date_words(timezone.localdate(now)),
        "due": date_words(last_day(due_at)) if due_at else "",
        "hearing": date_words(last_day(hearing_until)) if hearing_until else "",
    }
    title, paragraphs = document_words(rules, kind, facts, title=title, body=body)
    added = []
    if hearing_until:
        added.append(f"Wyjaśnienia można złożyć w portalu, na stronie znaku, do {facts['hearing']}.")
    if kind != DocumentKind.CORRECTED:
        added.append(complaint_words(rules, now))
    return title, letter_page(application, title=title, number=number, words=[*paragraphs, *added], now=now)
