"""An inquiry, its answers and letters, as the tests of both sides need them."""

from datetime import timedelta
from decimal import Decimal

from notifications.models import OutgoingEmail
from procurement.choices import InquiryKind, Opening
from procurement.use_cases.matching import inquiries, replies
from tests.registry.factories import NOW

DEADLINE = NOW + timedelta(days=7)
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def ask_all(shortlist, officer, **given):
    said = {
        "kind": InquiryKind.OFFERS,
        "subject": "Sprzątanie w roku 2027",
        "message": "Prosimy o cenę za miesiąc.",
        "links": ["https://bip.example.pl/opis.pdf"],
        "opening": Opening.AFTER,
        "deadline_at": DEADLINE,
    }
    return inquiries.send(shortlist=shortlist, actor=officer, now=NOW, **said | given)


def addressee(inquiry, name):
    return next(one for one in inquiry.addressees.select_related("organisation") if str(one.organisation) == name)


def answer(one, **given):
    said = {"text": "Zrobimy.", "price": Decimal("1200"), "sender_name": "Ola Nowak", "sender_email": "ola@example.pl"}
    return replies.reply(addressee=one, now=NOW, **said | given)


def letters(name):
    return list(
        OutgoingEmail.objects.filter(template=f"procurement/email/inquiry_{name}")
        .order_by("to")
        .values_list("to", flat=True)
    )
