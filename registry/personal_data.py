"""What the register knows of people. Most of its rows are about organisations; these are the exceptions."""

from django.conf import settings

from accounts.data_of_requests import data_class
from core.personal_data import DataClass, days_words
from registry.models import RepresentationRequest
from registry.use_cases import forgetting, pictures
from registry.use_cases.confirming import forgetting as confirming
from registry.use_cases.imports import runs
from registry.use_cases.proposals import forgetting as forgetting_proposals

PUBLIC_TASK = "zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)"
EVERYBODY = "każdy"


def _days(setting):
    return days_words(getattr(settings, setting))


CLASSES = (
    DataClass(
        code="registry.contacts",
        label="Kontakt do podmiotu",
        what="e-mail i telefon podane dla podmiotu lub jego jednostki",
        purpose="żeby kupujący i mieszkańcy mogli się skontaktować",
        basis=PUBLIC_TASK,
        seen_by=EVERYBODY,
        kept=lambda: "dopóki podmiot jest w katalogu; potem w historii karty",
        holds={"registry.Institution": "email phone phone_other", "registry.Unit": "email phone phone_other"},
    ),
    DataClass(
        code="registry.contact_person",
        label="Osoba do kontaktu",
        what="imię i nazwisko na karcie podmiotu, data zgody na publikację",
        purpose="żeby było wiadomo, z kim rozmawiać",
        basis="zgoda tej osoby (art. 6 ust. 1 lit. a RODO)",
        seen_by=EVERYBODY,
        kept=lambda: (
            f"do wycofania zgody; w historii karty, dla koordynatorów, jeszcze {_days('CONTACT_HISTORY_KEPT_DAYS')}"
        ),
        holds={"registry.Organisation": "contact_person contact_consent_on"},
        forget=forgetting.forget_former_contact_persons,
    ),
    DataClass(
        code="registry.error_reports",
        label="Zgłoszenia błędów",
        what="treść zgłoszenia, e-mail do odpowiedzi, jeśli podano",
        purpose="poprawianie katalogu i odpowiedź zgłaszającemu",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy",
        kept=lambda: (
            f"adres {_days('ERROR_REPORT_ADDRESS_KEPT_DAYS')} od załatwienia, "
            f"zgłoszenie {_days('ERROR_REPORT_KEPT_DAYS')}; "
            f"podejrzane {_days('SUSPECTED_REPORT_KEPT_DAYS')} od nadejścia"
        ),
        holds={"registry.ErrorReport": "email assigned_to", "registry.ReportStep": "actor"},
        is_protected=True,
        collect=forgetting.reports_of,
        erase=forgetting.erase_reports_of,
        forget=forgetting.forget_reports,
    ),
    DataClass(
        code="registry.confirmation_requests",
        label="Prośby o potwierdzenie danych",
        what="adres e-mail, na który poszła prośba, kiedy i jaka przyszła odpowiedź",
        purpose="coroczne sprawdzanie, czy dane w katalogu są prawdziwe",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy",
        kept=lambda: f"adres {_days('CONFIRMATION_KEPT_DAYS')} od zakończenia prośby",
        holds={"registry.ConfirmationRequest": "address"},
        collect=confirming.requests_of,
        erase=confirming.erase_requests_of,
        forget=confirming.forget_addresses,
    ),
    DataClass(
        code="registry.confirmations",
        label="Kto potwierdził dane katalogu",
        what="konto, z którego potwierdzono kartę, zapisano rozmowę z podmiotem albo zmieniono zasady",
        purpose="rozliczalność: od kogo wiadomo, że dane są aktualne",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy; każdy widzi tylko rolę i dzień",
        kept=lambda: (
            f"konto {_days('CHANGE_AUTHOR_KEPT_DAYS')} od tego dnia, "
            f"rozmowa z notatką {_days('CONFIRMATION_KEPT_DAYS')}"
        ),
        holds={
            "registry.Confirmation": "user",
            "registry.CallAttempt": "user",
            "registry.FreshnessRule": "changed_by",
        },
        collect=confirming.confirmations_of,
        erase=confirming.erase_person,
        forget=confirming.forget_confirmations,
    ),
    data_class(
        RepresentationRequest,
        code="registry.representation",
        label="Prośby o reprezentowanie podmiotu",
        named_by=("organisation__institution", "organisation__unit"),
    ),
    DataClass(
        code="registry.terms",
        label="Kto zapisał sprawozdanie lub koniec działalności",
        what="konto, z którego zapisano, że wysłano sprawozdanie PS albo że podmiot zakończył działalność",
        purpose="rozliczalność: kto zapisał to, o czym mówi katalog",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy",
        kept=lambda: "dopóki istnieje konto",
        holds={"registry.StatusReport": "noted_by", "registry.Closing": "noted_by"},
        collect=forgetting.terms_noted_by,
        erase=forgetting.erase_terms_noted_by,
    ),
    DataClass(
        code="registry.proposals",
        label="Propozycje zmian kart",
        what="kto zaproponował zmiany i kto je rozpatrzył, ich treść (także osoba do kontaktu i zdjęcia), odpowiedź",
        purpose="poprawianie katalogu przez tych, których dotyczy, i odpowiedź autorowi",
        basis=PUBLIC_TASK,
        seen_by="osoby, które reprezentują podmiot, koordynatorzy; szkic tylko autor",
        kept=lambda: (
            f"{_days('PROPOSAL_KEPT_DAYS')} od rozpatrzenia lub wycofania; "
            f"szkic {_days('PROPOSAL_DRAFT_KEPT_DAYS')} od ostatniej zmiany"
        ),
        holds={"registry.Proposal": "author decided_by"},
        collect=forgetting_proposals.proposals_of,
        erase=forgetting_proposals.erase_drafts_of,
        forget=forgetting_proposals.forget_old,
    ),
    DataClass(
        code="registry.imports",
        label="Wczytane wykazy",
        what="pliki z rejestrami i ich wiersze, z danymi kontaktowymi, kto je wczytał",
        purpose="prowadzenie katalogu, wyjaśnianie i cofanie zmian",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy",
        kept=lambda: f"pliki i wiersze {_days('IMPORT_KEPT_DAYS')}; kto i kiedy wczytał, razem z wykazem",
        holds={"registry.ImportRun": "started_by", "registry.DuplicateCase": "decided_by"},
        collect=forgetting.imports_of,
        forget=lambda now: runs.forget_old(now=now),
    ),
    DataClass(
        code="registry.pictures",
        label="Zdjęcia ofert",
        what="zdjęcia, na których mogą być ludzie; bez miejsca i czasu, które zapisał aparat",
        purpose="pokazanie, co podmiot oferuje",
        basis=PUBLIC_TASK,
        seen_by=EVERYBODY,
        kept=lambda: "dopóki są przy ofercie; plik znika najpóźniej po dwóch nocach",
        forget=lambda now: pictures.sweep(now=now),
    ),
    DataClass(
        code="registry.changes",
        label="Kto zmienił dane katalogu",
        what="konto, z którego zapisano zmianę, i adres strony",
        purpose="rozliczalność: kto i kiedy zmienił dane publiczne",
        basis=PUBLIC_TASK,
        seen_by="koordynatorzy",
        kept=lambda: f"{_days('CHANGE_AUTHOR_KEPT_DAYS')} od zmiany",
        holds={"pghistory.Context": "metadata"},
        collect=forgetting.changes_of,
        forget=forgetting.forget_authors_of_changes,
    ),
)
