"""The record of an inquiry for the file of the case, as PDF."""

from core import pdf
from core.templatetags.portal import moment_words, money
from procurement.matching.standing import standing


def record_pdf(inquiry, *, now):
    """Who was asked what and when, what happened since, and, as far as it may be read, who answered what."""
    asked = standing(inquiry, now=now)
    return pdf.document("procurement/inquiry.typ", _data(inquiry, asked, now), standards=pdf.ARCHIVE)


def _data(inquiry, asked, now):
    shown = inquiry.shows_replies(now)
    shortlist = inquiry.shortlist
    return {
        "title": f"Protokół zapytania: {inquiry.subject}",
        "made": moment_words(now),
        "facts": [
            ["Zamawiający", inquiry.asker],
            ["Rodzaj", inquiry.get_kind_display()],
            ["Przedmiot", inquiry.subject],
            ["Wysłano", moment_words(inquiry.sent_at)],
            ["Termin odpowiedzi", moment_words(inquiry.deadline_at)],
            ["Odpowiedzi", inquiry.get_opening_display()],
            ["Wycofano", moment_words(inquiry.withdrawn_at) if inquiry.withdrawn_at else "nie"],
            ["Dokumenty", "\n".join(inquiry.links) or "bez dokumentów"],
        ],
        "message": inquiry.message,
        "searches": [
            [moment_words(one.searched_at), one.words, "; ".join(name for name, *_ in one.found), str(one.total)]
            for one in (shortlist.searches.all() if shortlist else ())
        ],
        "asked": [[one.card.party.name, one.card.party.town, str(one.addressee.letters), one.words] for one in asked],
        "replies": [
            {
                "name": one.card.party.name,
                "sent": moment_words(reply.sent_at),
                "price": money(reply.price) if reply.price is not None else "nie podano",
                "sender": f"{reply.sender_name}, {reply.sender_email}".strip(", "),
                "file": "jest" if reply.file else "nie ma",
                "text": reply.text,
                "counts": place == 0,
            }
            for one in asked
            for place, reply in enumerate(one.replies)
        ],
        "shown": shown,
        "questions": [
            [moment_words(one.asked_at), one.question, one.answer or "bez odpowiedzi"]
            for one in inquiry.questions.all()
        ],
        "steps": [[moment_words(one.made_at), one.get_name_display(), one.note] for one in inquiry.steps.all()],
    }
