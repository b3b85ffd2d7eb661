"""What accounts, roles and letters know of people. Letters stand here because notifications knows no account."""

from django.conf import settings

from accounts import own_data
from accounts.jobs import keeping
from accounts.use_cases import erasing, forgetting
from core.files import sweeping
from core.personal_data import DataClass, days_words
from notifications import delivery

PUBLIC_TASK = "zadanie w interesie publicznym (art. 6 ust. 1 lit. e RODO)"
ACCOUNTABILITY = (
    "obowiązek prawny: bezpieczeństwo i rozliczalność (art. 6 ust. 1 lit. c, art. 5 ust. 2 i art. 32 RODO)"
)
ADMINISTRATORS = "ta osoba, administratorzy"
STAFF = "ta osoba, koordynatorzy, administratorzy"


def _days(setting):
    return days_words(getattr(settings, setting))


CLASSES = (
    DataClass(
        code="accounts.account",
        label="Konto",
        what="adres e-mail, imię i nazwisko, skrót hasła, daty założenia i ostatniego logowania",
        purpose="logowanie i praca w portalu",
        basis=PUBLIC_TASK,
        seen_by=STAFF,
        kept=lambda: (
            f"do usunięcia na prośbę; wyłączone {_days('CLOSED_ACCOUNT_KEPT_DAYS')}, "
            f"nigdy nieużyte {_days('UNUSED_ACCOUNT_KEPT_DAYS')}"
        ),
        holds={
            "accounts.User": "email full_name password last_login",
            "account.EmailAddress": "user email",
            "account.EmailConfirmation": "email_address",
        },
        is_protected=True,
        collect=own_data.account,
        forget=forgetting.forget_accounts,
    ),
    DataClass(
        code="accounts.sessions",
        label="Zalogowania",
        what="urządzenie i przeglądarka, adres IP, czas",
        purpose="żeby nie logować się na każdej stronie i móc zakończyć cudzą sesję",
        basis=PUBLIC_TASK,
        seen_by="ta osoba",
        kept=lambda: f"do wylogowania, najdłużej {days_words(settings.SESSION_COOKIE_AGE // 86400)}",
        holds={"sessions.Session": "session_data", "usersessions.UserSession": "user ip user_agent"},
        is_protected=True,
        collect=own_data.sessions,
        erase=erasing.erase_sessions,
        forget=forgetting.forget_sessions,
    ),
    DataClass(
        code="accounts.factors",
        label="Drugi składnik logowania",
        what="klucz aplikacji z kodami, klucze sprzętowe, kody zapasowe; zaszyfrowane",
        purpose="ochrona konta",
        basis=PUBLIC_TASK,
        seen_by="nikt; ta osoba widzi, że są",
        kept=lambda: "do ich usunięcia albo jak konto",
        holds={"mfa.Authenticator": "user data"},
        collect=own_data.factors,
        erase=erasing.erase_factors,
    ),
    DataClass(
        code="accounts.roles",
        label="Role",
        what="kto, w czyim imieniu, od kiedy do kiedy, kto nadał rolę",
        purpose="żeby było wiadomo, kto co może zrobić i kto mógł wcześniej",
        basis=PUBLIC_TASK,
        seen_by=STAFF,
        kept=lambda: f"{_days('ROLE_KEPT_DAYS')} od końca roli, razem z historią zmian",
        holds={"accounts.RoleGrant": "user granted_by"},
        is_protected=True,
        collect=own_data.roles,
        erase=erasing.erase_grants,
        forget=forgetting.forget_grants,
    ),
    DataClass(
        code="accounts.invitations",
        label="Zaproszenia do ról",
        what="adres, rola, kto i kiedy zaprosił, czy przyjęto",
        purpose="żeby można było przyjąć rolę, zanim ma się konto",
        basis=PUBLIC_TASK,
        seen_by=STAFF,
        kept=lambda: f"{_days('INVITATION_KEPT_DAYS')} od dnia, do którego było ważne",
        holds={"accounts.Invitation": "email invited_by"},
        is_protected=True,
        collect=own_data.invitations,
        erase=erasing.erase_invitations,
        forget=forgetting.forget_invitations,
    ),
    DataClass(
        code="accounts.letters",
        label="Listy z portalu",
        what="adres, treść, czas i wynik wysłania",
        purpose="powiadamianie o sprawach tej osoby i wyjaśnianie, co do niej napisano",
        basis=PUBLIC_TASK,
        seen_by="ta osoba, koordynatorzy",
        kept=lambda: f"{_days('MAIL_KEPT_DAYS')} od wysłania",
        holds={"notifications.OutgoingEmail": "to user"},
        is_protected=True,
        collect=own_data.letters,
        erase=erasing.erase_letters,
        forget=lambda now: delivery.forget_old(now=now),
    ),
    DataClass(
        code="accounts.letter_choices",
        label="Wybór listów",
        what="które listy, jak często, godziny ciszy; dla adresu bez konta tylko odmowa",
        purpose="żeby nie pisać do kogoś, kto tego nie chce",
        basis=PUBLIC_TASK,
        seen_by="ta osoba",
        kept=lambda: "jak konto; odmowa z adresu bez konta do odwołania, żeby jej dotrzymać",
        holds={"notifications.Preference": "user address", "notifications.QuietHours": "user"},
        collect=own_data.letter_choices,
        erase=erasing.erase_letter_choices,
    ),
    DataClass(
        code="accounts.consents",
        label="Zgody i regulaminy",
        what="na którą wersję tekstu, kiedy, kiedy wycofano",
        purpose="dowód, na co i kiedy była zgoda",
        basis=ACCOUNTABILITY,
        seen_by=ADMINISTRATORS,
        kept=lambda: f"jak konto; wycofane {_days('CONSENT_KEPT_DAYS')}",
        holds={"accounts.Consent": "user"},
        is_protected=True,
        collect=own_data.consents,
        erase=erasing.erase_consents,
        forget=forgetting.forget_consents,
    ),
    DataClass(
        code="accounts.trail",
        label="Dziennik",
        what="zalogowania, zmiany ról i zabezpieczeń, wgląd w dane, ich pobranie i usunięcie; bez haseł",
        purpose="wykrywanie nadużyć i rozliczalność",
        basis=ACCOUNTABILITY,
        seen_by="ta osoba o sobie, administratorzy",
        kept=lambda: _days("TRAIL_KEPT_DAYS"),
        holds={"accounts.TrailEntry": "actor subject about"},
        is_protected=True,
        collect=own_data.trail,
        erase=erasing.erase_from_trail,
        forget=forgetting.forget_trail,
    ),
    DataClass(
        code="accounts.jobs",
        label="Prace zlecone portalowi",
        what="co, kiedy i z jakim wynikiem zlecono, plik, który powstał",
        purpose="żeby było widać, jak daleko jest długa praca, i można było odebrać jej wynik",
        basis=PUBLIC_TASK,
        seen_by="ta osoba",
        kept=lambda: f"{_days('JOBS_KEPT_DAYS')} od końca",
        holds={"accounts.Job": "owner given title result error file"},
        collect=own_data.jobs,
        erase=erasing.erase_jobs,
        forget=lambda now: keeping.forget_old(now=now),
    ),
    DataClass(
        code="accounts.admin_log",
        label="Zapisy w panelu koordynatora",
        what="kto zapisał który formularz i kiedy",
        purpose="wyjaśnianie, kto co zmienił",
        basis=ACCOUNTABILITY,
        seen_by="administratorzy",
        kept=lambda: _days("TRAIL_KEPT_DAYS"),
        holds={"admin.LogEntry": "user object_repr change_message"},
        erase=erasing.erase_from_admin_log,
        forget=forgetting.forget_admin_log,
    ),
    DataClass(
        code="accounts.erasures",
        label="Prośby o usunięcie danych",
        what="kto poprosił, powód, odpowiedź, kto rozpatrzył",
        purpose="rozpatrzenie prośby i dowód, że tak się stało",
        basis=ACCOUNTABILITY,
        seen_by=ADMINISTRATORS,
        kept=lambda: f"{_days('ERASURE_KEPT_DAYS')} od rozpatrzenia; po usunięciu danych bez nazwiska i treści",
        holds={"accounts.ErasureRequest": "user reason answer decided_by"},
        is_protected=True,
        collect=own_data.erasures,
        erase=erasing.erase_requests,
        forget=forgetting.forget_erasures,
    ),
    DataClass(
        code="accounts.unnamed_files",
        label="Pliki, o których portal już nie wie",
        what="pliki, które zostały, gdy przerwano ich zapisywanie albo usuwanie",
        purpose="żaden, dlatego są usuwane",
        basis="ograniczenie przechowywania (art. 5 ust. 1 lit. e RODO)",
        seen_by="nikt",
        kept=lambda: "do następnej nocy po dobie",
        forget=sweeping.sweep_at_night,
    ),
)
