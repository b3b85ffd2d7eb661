"""What inquiries and shortlists know of people."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from procurement.use_cases.matching import forgetting

PUBLIC_TASK = "zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)"


def _days(setting):
    return days_words(getattr(settings, setting))


CLASSES = (
    DataClass(
        code="procurement.replies",
        label="Odpowiedzi na zapytania zamawiających",
        what="imię, nazwisko i e-mail osoby, która wysłała odpowiedź w imieniu podmiotu, jej treść i plik",
        purpose="żeby zamawiający mógł porównać odpowiedzi i skontaktować się z tym, kto je wysłał",
        basis=PUBLIC_TASK,
        seen_by="ta osoba, urzędnicy zamawiającego, który pytał, koordynatorzy",
        kept=lambda: f"{_days('INQUIRY_KEPT_DAYS')} od terminu odpowiedzi",
        holds={"procurement.Reply": "sender_name sender_email sent_by"},
        is_protected=True,
        collect=forgetting.replies_of,
        erase=forgetting.erase_replies_of,
        forget=forgetting.forget_inquiries,
    ),
    DataClass(
        code="procurement.matching",
        label="Listy wykonawców, zapytania i głosy o zamówieniach",
        what="kto założył listę, wysłał zapytanie, odpowiedział na pytanie, wypowiedział się o zamówieniu",
        purpose="rozliczalność: kto, kiedy i w czyim imieniu to zrobił",
        basis=PUBLIC_TASK,
        seen_by="ta osoba, osoby działające w imieniu tego samego zamawiającego lub podmiotu, koordynatorzy",
        kept=lambda: (
            f"zapytania {_days('INQUIRY_KEPT_DAYS')} od terminu, listy {_days('INQUIRY_KEPT_DAYS')} od zmiany, "
            f"głosy {_days('SUPPLY_KEPT_DAYS')}"
        ),
        holds={
            "procurement.Inquiry": "sent_by",
            "procurement.InquiryStep": "made_by",
            "procurement.InquiryQuestion": "answered_by",
            "procurement.Shortlist": "created_by",
            "procurement.Interest": "said_by",
        },
        collect=forgetting.work_of,
        erase=forgetting.erase_work_of,
        forget=forgetting.forget_work,
    ),
)
