"""What plans and notices know of people."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from procurement.use_cases.notices import forgetting

CLASSES = (
    DataClass(
        code="procurement.contacts",
        label="Kontakt w sprawie zamówienia",
        what="imię i nazwisko lub nazwa komórki, e-mail i telefon na ogłoszeniu; kto je zaczął i kto co z nim zrobił",
        purpose="żeby wykonawcy wiedzieli, kogo zapytać, a zamawiający, kto co ogłosił",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="kontakt: każdy; kto co zrobił: koordynatorzy",
        kept=lambda: (
            f"kontakt {days_words(settings.NOTICE_CONTACT_KEPT_DAYS)} od zakończenia postępowania, potem znika też "
            "z historii; kto co zrobił, dopóki konto istnieje"
        ),
        holds={
            "procurement.Notice": "contact_name contact_email contact_phone created_by",
            "procurement.NoticeStep": "made_by",
        },
        collect=forgetting.notices_of,
        erase=forgetting.erase_notices_of,
        forget=forgetting.forget_contacts,
    ),
)
