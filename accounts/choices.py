from django.db.models import TextChoices


class Role(TextChoices):
    ADMINISTRATOR = "administrator", "administrator"
    COORDINATOR = "koordynator", "koordynator"
    DIRECTOR = "dyrektor", "dyrektor"
    COMMISSION = "kapitula", "członek kapituły"
    ASSESSOR = "asesor", "asesor"
    OFFICER = "urzednik", "urzędnik zamawiającego"
    REPRESENTATIVE = "przedstawiciel", "przedstawiciel podmiotu"


class TrailKind(TextChoices):
    """What the trail tells. Codes stay; a kind that is no longer written keeps its line."""

    SIGNED_IN = "signed_in", "zalogowanie"
    SIGN_IN_REFUSED = "sign_in_refused", "nieudane logowanie"
    SIGNED_OUT = "signed_out", "wylogowanie"
    PASSWORD_CHANGED = "password_changed", "zmiana hasła"
    EMAIL_CHANGED = "email_changed", "zmiana adresu e-mail"
    FACTOR_ADDED = "factor_added", "dodanie drugiego składnika"
    FACTOR_REMOVED = "factor_removed", "usunięcie drugiego składnika"
    RECOVERY_USED = "recovery_used", "użycie kodu zapasowego"
    INVITED = "invited", "zaproszenie"
    ROLE_GRANTED = "role_granted", "nadanie roli"
    ROLE_ENDED = "role_ended", "odebranie roli"
    ACCOUNT_CLOSED = "account_closed", "wyłączenie konta"
    ACCOUNT_OPENED = "account_opened", "włączenie konta"
    DATA_SEEN = "data_seen", "wgląd w dane chronione"
    DATA_TAKEN = "data_taken", "pobranie danych"
    ERASURE_ASKED = "erasure_asked", "prośba o usunięcie danych"
    ERASED = "erased", "usunięcie danych"


class JobState(TextChoices):
    QUEUED = "queued", "czeka na swoją kolej"
    RUNNING = "running", "w toku"
    DONE = "done", "gotowe"
    FAILED = "failed", "nie udało się"
    CANCELLED = "cancelled", "przerwane"

    @classmethod
    def open(cls):
        return [cls.QUEUED, cls.RUNNING]


class ErasureOutcome(TextChoices):
    DONE = "done", "dane usunięte"
    REFUSED = "refused", "odmowa"
