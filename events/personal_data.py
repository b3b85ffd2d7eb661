"""What events and enrolment know of people."""

from django.conf import settings

from core.personal_data import DataClass, days_words
from events.use_cases import forgetting
from events.use_cases.enrolment import own_data
from events.use_cases.signups import forgetting as forgetting_signups

PUBLIC_TASK = "zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)"
PROJECT = "obowiązek prawny: rozliczenie projektu (art. 6 ust. 1 lit. c, art. 9 ust. 2 lit. g RODO)"
STAFF = "ta osoba, koordynatorzy"


def _days(setting):
    return days_words(getattr(settings, setting))


SIGNUPS = (
    DataClass(
        code="events.signups",
        label="Zapisy na wydarzenia",
        what="imię i nazwisko, e-mail, telefon, instytucja, odpowiedzi na pytania, obecność, zaświadczenie",
        purpose="miejsce na wydarzeniu, lista obecności, zaświadczenie",
        basis=PUBLIC_TASK,
        seen_by=f"{STAFF}; instytucja, która zgłosiła tę osobę: kto i na co jest zapisany",
        kept=lambda: (
            f"wydarzenia otwarte {_days('EVENT_SIGNUPS_KEPT_DAYS')} od zakończenia, wydarzenia projektu do dnia, "
            "który podaje jego strona; potem zostaje liczba osób, bez nazwisk"
        ),
        holds={
            "events.Registration": "first_name last_name email phone registered_by participant",
            "events.RegistrationStep": "made_by",
            "events.Presence": "marked_by",
        },
        is_protected=True,
        collect=forgetting_signups.signups_of,
        erase=forgetting_signups.erase_signups_of,
        forget=forgetting_signups.forget_signups,
    ),
    DataClass(
        code="events.needs",
        label="Szczególne potrzeby i dieta",
        what="to, co osoba napisała o swoich potrzebach i diecie przy zapisie",
        purpose="żeby mogła wziąć udział na równi z innymi",
        basis="zgoda tej osoby (art. 9 ust. 2 lit. a RODO)",
        seen_by=STAFF,
        kept=lambda: f"{_days('EVENT_NEEDS_KEPT_DAYS')} od wydarzenia",
        holds={"events.Registration": "needs diet"},
        forget=forgetting_signups.forget_needs,
    ),
    DataClass(
        code="events.lists",
        label="Podpisane listy obecności",
        what="skan listy z imionami, nazwiskami i podpisami",
        purpose="dowód, że wydarzenie się odbyło",
        basis=PROJECT,
        seen_by="koordynatorzy",
        kept=lambda: f"jak dane projektu; z wydarzeń otwartych {_days('EVENT_SIGNUPS_KEPT_DAYS')}",
        holds={"events.AttendanceScan": "added_by"},
        forget=forgetting_signups.forget_lists,
    ),
    DataClass(
        code="events.contacts",
        label="Kontakt w sprawie wydarzenia lub projektu",
        what="imię i nazwisko, telefon i e-mail osoby, która odpowiada na pytania; kto prowadził wydarzenie",
        purpose="żeby było wiadomo, kogo zapytać",
        basis=PUBLIC_TASK,
        seen_by="każdy; kto co zrobił, koordynatorzy",
        kept=lambda: "dopóki wydarzenie lub projekt jest w kalendarzu",
        holds={
            "events.Event": "contact_phone contact_email",
            "events.Edition": "contact_phone contact_email",
            "events.EventStep": "made_by",
            "events.EventMessage": "sent_by",
        },
    ),
)
ENROLMENT = (
    DataClass(
        code="events.participants",
        label="Uczestnicy projektów",
        what=(
            "imię i nazwisko, e-mail, telefon, rola w instytucji, potrzeby; gdy wymaga tego program, także PESEL, "
            "data urodzenia, płeć, wykształcenie, status na rynku pracy, adres, odpowiedzi na pytania projektu"
        ),
        purpose="udział w projekcie i jego rozliczenie",
        basis=PROJECT,
        seen_by=(
            f"{STAFF}; instytucja widzi to, co sama wpisała; PESEL i dane szczególnych kategorii są zaszyfrowane "
            "i trafiają tylko do zestawienia dla instytucji finansującej"
        ),
        kept=lambda: "do dnia, który podaje strona projektu; potem zostają płeć, wykształcenie i status, bez osoby",
        holds={
            "events.Participant": (
                "user first_name last_name email phone pesel pesel_fingerprint has_no_pesel birth_date sex education "
                "labour_status street_line postal_code town municipality answers sensitive_answers special_needs diet"
            ),
            "events.Delegation": "participant job_title",
            "events.ParticipantConsent": "participant",
        },
        is_protected=True,
        collect=own_data.collect_participations,
        erase=own_data.erase_participations,
        forget=forgetting.forget_people,
    ),
    DataClass(
        code="events.forms",
        label="Formularze instytucji w projektach",
        what="kontakt, osoby uprawnione do reprezentacji, podpisany formularz, kto wypełniał i kto sprawdzał",
        purpose="udział instytucji w projekcie i jego rozliczenie",
        basis=PROJECT,
        seen_by="osoby z odsyłaczem do formularza, koordynatorzy",
        kept=lambda: "do dnia, który podaje strona projektu",
        holds={
            "events.Enrolment": (
                "email phone phone_other contact_name contact_phone contact_email started_by decided_by"
            ),
            "events.EnrolmentUpdate": "sent_by decided_by changes",
            "events.FieldRemark": "made_by",
            "events.Signatory": "name function",
        },
        is_protected=True,
        forget=forgetting.forget_forms,
    ),
    DataClass(
        code="events.drafts",
        label="Niewysłane formularze instytucji",
        what="to, co wpisano w formularzu, który nigdy nie został przesłany",
        purpose="żeby można było dokończyć później",
        basis=PUBLIC_TASK,
        seen_by="osoby z odsyłaczem do formularza",
        kept=lambda: f"{_days('EVENTS_DRAFT_KEPT_DAYS')} od ostatniego zapisania",
        forget=forgetting.forget_drafts,
    ),
)
CLASSES = (*ENROLMENT, *SIGNUPS)
