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
    DataClass(
        code="procurement.suppliers",
        label="Wykonawcy, którzy są osobami fizycznymi",
        what=(
            "nazwa (u przedsiębiorcy z jego imieniem i nazwiskiem) i NIP wybranego wykonawcy, wartość umowy i to, czy "
            "jej dotrzymał; w wyniku zamówienia, w sprostowaniach, na liście i w komunikatach OCDS. Adresu wykonawcy "
            "bez numeru KRS w komunikatach nie ma"
        ),
        purpose="jawność wydawania środków publicznych: kto, za ile i na jakich warunkach wykonuje zamówienie",
        basis="zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)",
        seen_by="każdy; komunikaty OCDS są też do pobrania i kopiowania",
        kept=lambda: "razem z wynikiem zamówienia, bezterminowo: ogłoszony komunikat już się nie zmienia",
        holds={
            "procurement.Award": "supplier_name supplier_nip",
            "procurement.NoticeStep": "changes",
            "procurement.PostingEntry": "suppliers",
            "procurement.Release": "body",
        },
    ),
)
