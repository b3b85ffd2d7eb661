"""Codes of the mark Zakup Prospołeczny. They are stored and given out: they stay when words change."""

from django.db.models import TextChoices


class ApplicationState(TextChoices):
    """Where an application stands, in words of the office. `PUBLIC` are those that the applicant reads."""

    DRAFT = "draft", "wersja robocza"
    SUBMITTED = "submitted", "złożony, czeka na przyjęcie"
    FORMAL_CHECK = "formal_check", "w ocenie formalnej"
    CORRECTION = "correction", "wezwanie do uzupełnienia"
    FORMAL_OK = "formal_ok", "pozytywna ocena formalna"
    ASSESSMENT = "assessment", "w ocenie merytorycznej"
    COMMISSION = "commission", "w Kapitule"
    GRANTED = "granted_pending_licence", "przyznany, umowa do podpisu"
    ACTIVE = "active", "umowa podpisana, znak ważny"
    LEFT_UNEXAMINED = "left_unexamined", "pozostawiony bez rozpatrzenia"
    REFUSED = "refused", "odmowa"
    WITHDRAWN = "withdrawn", "wycofany"

    @classmethod
    def over(cls):
        return [cls.ACTIVE, cls.LEFT_UNEXAMINED, cls.REFUSED, cls.WITHDRAWN]

    @classmethod
    def running(cls):
        """Begun and not over: an offer has at most one of these."""
        return [state for state in cls if state not in cls.over()]

    @classmethod
    def sent(cls):
        """With a number, whatever became of it."""
        return [state for state in cls if state not in (cls.DRAFT, cls.WITHDRAWN)]


PUBLIC = {
    ApplicationState.DRAFT: "Wersja robocza",
    ApplicationState.SUBMITTED: "Złożony",
    ApplicationState.FORMAL_CHECK: "W ocenie formalnej",
    ApplicationState.CORRECTION: "Wezwanie do uzupełnienia",
    ApplicationState.FORMAL_OK: "Pozytywna ocena formalna",
    ApplicationState.ASSESSMENT: "W ocenie merytorycznej",
    ApplicationState.COMMISSION: "Na posiedzeniu Kapituły",
    ApplicationState.GRANTED: "Przyznany – do podpisu umowy",
    ApplicationState.ACTIVE: "Znak przyznany",
    ApplicationState.LEFT_UNEXAMINED: "Pozostawiony bez rozpatrzenia",
    ApplicationState.REFUSED: "Odmowa",
    ApplicationState.WITHDRAWN: "Wycofany",
}


class MarkState(TextChoices):
    """What becomes of a mark once it was licensed."""

    ACTIVE = "active", "ważny"
    RENEWAL_OPEN = "renewal_open", "ważny, czas na przedłużenie"
    RENEWAL_SUBMITTED = "renewal_submitted", "ważny, wniosek o przedłużenie w toku"
    EXPIRED = "expired", "wygasł"
    SUSPENDED = "suspended", "zawieszony"
    REVOKED = "revoked", "odebrany"

    @classmethod
    def living(cls):
        return [cls.ACTIVE, cls.RENEWAL_OPEN, cls.RENEWAL_SUBMITTED, cls.SUSPENDED]


class ApplicationKind(TextChoices):
    FIRST = "pierwszy", "o przyznanie znaku"
    RENEWAL = "przedluzenie", "o przedłużenie znaku"


class Actor(TextChoices):
    """Who takes a step. One person may be several of these; nobody is any of them for an organisation of their own."""

    APPLICANT = "wnioskodawca", "wnioskodawca"
    CLERK = "biuro", "koordynator"
    CHAIR = "kapitula", "Kapituła Certyfikująca"
    DIRECTOR = "dyrektor", "dyrektor"
    TIME = "czas", "upływ terminu"


class DocumentKind(TextChoices):
    """Documents that the office makes from texts of its own."""

    APPLICATION = "wniosek", "wniosek"
    CORRECTION = "wezwanie", "wezwanie do uzupełnienia"
    UNEXAMINED = "bez-rozpatrzenia", "pismo o pozostawieniu bez rozpatrzenia"
    DECISION = "decyzja", "pismo o przyznaniu znaku"
    REFUSAL = "odmowa", "pismo o odmowie"
    LICENCE = "umowa", "umowa licencyjna"
    CERTIFICATE = "certyfikat", "certyfikat"
    MINUTES = "protokol", "protokół posiedzenia"
    SUSPENSION = "zawieszenie", "pismo o zawieszeniu"
    REVOCATION = "odebranie", "pismo o odebraniu znaku"
    CORRECTED = "zmiana", "pismo o zmianie rozstrzygnięcia"


# Codes of papers of the applicant beside those that the rules ask for.
SIGNED, RECOMMENDED = "podpisany-wniosek", "rekomendacja"


class Gone(TextChoices):
    """Why a file of a case was deleted."""

    TIME = "okres", "minął okres przechowywania"
    PERSON = "osoba", "na żądanie osoby, której dane w nim były"


class Silence(TextChoices):
    """What it means when a body does not answer in its time. Empty in the rules: the rules do not say."""

    GRANTS = "zgoda", "uznaje się za rozpatrzone po myśli wnioskodawcy"
    REFUSES = "odmowa", "uznaje się za odmowę"
    REMINDS = "przypomnienie", "nic się nie zmienia, biuro dostaje przypomnienie"


class Tie(TextChoices):
    """When as many vote for as against."""

    CHAIR = "przewodniczacy", "rozstrzyga głos przewodniczącego"
    REFUSES = "przeciw", "wniosek nie uzyskuje rekomendacji"
    AGAIN = "ponownie", "głosuje się ponownie"


class SignedBy(TextChoices):
    """How an application, or an agreement, was signed."""

    SCAN = "skan", "skan podpisanego dokumentu"
    SIGNATURE_FILE = "plik-podpisu", "plik z podpisem elektronicznym"
    DECLARATION = "oswiadczenie", "oświadczenie złożone w portalu"


class Standing(TextChoices):
    """What the public is told of a mark on a day: in the register, on the verification page, in files."""

    VALID = "wazny", "ważny"
    EXPIRED = "wygasly", "wygasł"
    SUSPENDED = "zawieszony", "zawieszony"
    REVOKED = "odebrany", "odebrany"


class Ground(TextChoices):
    """Why a mark is taken away."""

    CRITERIA = "kryteria", "kryteria nie są już spełnione"
    FALSE_DATA = "dane", "nieprawdziwe dane we wniosku"
    MISUSE = "naduzycie", "znak używany niezgodnie z umową"
    FORM = "forma", "utrata formy prawnej, która uprawnia do znaku"
    REQUEST = "na-wniosek", "na wniosek podmiotu"
    ENDED = "koniec", "podmiot przestał istnieć"

    @classmethod
    def unheard(cls):
        """There is nobody to be heard, or the holder has asked for it: no hearing and no opinion before."""
        return [cls.REQUEST, cls.ENDED]


class Outcome(TextChoices):
    """What became of a complaint."""

    UPHELD = "uwzgledniona", "uwzględniona"
    DISMISSED = "oddalona", "oddalona"
