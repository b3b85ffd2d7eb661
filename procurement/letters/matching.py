"""Letters about orders for suppliers, and about inquiries."""

from datetime import UTC, datetime

from django.conf import settings

from accounts.choices import Role
from accounts.permissions import roles_of
from notifications.letters import Letter
from procurement.choices import InquiryKind, Opening
from procurement.models import InquiryQuestion, Reply
from procurement.use_cases.matching.alerts import ORDERS
from procurement.use_cases.matching.inquiries import LETTER

DEADLINE = datetime(2026, 12, 10, 11, tzinfo=UTC)


def is_representative(user):
    return Role.REPRESENTATIVE in roles_of(user)


def is_officer(user):
    return Role.OFFICER in roles_of(user)


def _orders():
    order = {
        "subject": "Utrzymanie zieleni w parku miejskim",
        "buyer": "Gmina Przykładowa",
        "deadline": DEADLINE,
        "url": "/zamowienia/1-przyklad/",
    }
    return {
        "organisation": "Spółdzielnia Socjalna Przykład",
        "items": [{"order": order, "why": "oferta „Koszenie trawników”: ten sam kod CPV, rodzaj pracy"}],
        "count": 1,
        "more": 0,
        "site": settings.SITE_URL,
        "link": f"{settings.SITE_URL}/panel/zamowienia/dla-nas/",
    }


def _inquiry():
    inquiry = {
        "get_kind_display": InquiryKind.OFFERS.label,
        "get_opening_display": Opening.AFTER.label,
        "asker": "Gmina Przykładowa",
        "subject": "Druk zaproszeń",
        "message": "Prosimy o cenę 500 zaproszeń w kopertach, z dostawą do urzędu.",
        "links": [f"{settings.SITE_URL}/przyklad.pdf"],
        "deadline_at": DEADLINE,
    }
    question = "Czy papier może być z odzysku?"
    return {
        "inquiry": inquiry,
        "organisation": "Spółdzielnia Socjalna Przykład",
        "link": f"{settings.SITE_URL}/zapytanie/przyklad/",
        "reason": "Zmieniły się plany.",
        "question": InquiryQuestion(question=question, answer="Tak, prosimy o papier z odzysku."),
        "reply": Reply(sent_at=DEADLINE, price=1200),
        "sealed": True,
    }


def _to_suppliers(name, label):
    """The link lets its reader answer for the organisation."""
    return Letter(LETTER.format(name), label, _inquiry, secrets=("link",))


LETTERS = (
    Letter(ORDERS, "Zamówienia, które pasują do Waszej oferty", _orders, duty=False, reaches=is_representative),
    _to_suppliers("asked", "Zapytanie zamawiającego do podmiotu"),
    _to_suppliers("moved", "Nowy termin odpowiedzi na zapytanie"),
    _to_suppliers("withdrawn", "Wycofane zapytanie"),
    _to_suppliers("answered", "Pytanie i odpowiedź do zapytania"),
    _to_suppliers("receipt", "Potwierdzenie odpowiedzi na zapytanie"),
    Letter(LETTER.format("came"), "Przyszła odpowiedź na zapytanie", _inquiry, duty=False, reaches=is_officer),
    Letter(LETTER.format("question"), "Ktoś pyta o Twoje zapytanie", _inquiry, duty=False, reaches=is_officer),
)
