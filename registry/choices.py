"""Closed lists of the register. What the law may change is a dictionary row instead (registry.models.dictionaries)."""

from django.db.models import IntegerChoices, TextChoices


class MunicipalityKind(IntegerChoices):
    """RODZ of the TERC register (GUS)."""

    URBAN = 1, "gmina miejska"
    RURAL = 2, "gmina wiejska"
    MIXED = 3, "gmina miejsko-wiejska"


class CpvLevel(TextChoices):
    """Levels of the Common Procurement Vocabulary, regulation (EC) 213/2008."""

    DIVISION = "division", "dział"
    GROUP = "group", "grupa"
    CLASS = "class", "klasa"
    CATEGORY = "category", "kategoria"
    SUBCATEGORY = "subcategory", "podkategoria"


class SocialGoal(TextChoices):
    """Why a social enterprise acts: art. 4 ust. 1 of the act of 5 August 2022 on the social economy."""

    REINTEGRATION = "reintegracja", "reintegracja społeczna i zawodowa"
    SERVICES = "uslugi", "realizacja usług społecznych"
    BOTH = "oba", "reintegracja i usługi społeczne"


class MarkState(TextChoices):
    VALID = "wazny", "ważny"
    SUSPENDED = "zawieszony", "zawieszony"
    REVOKED = "odebrany", "odebrany"


class Activity(TextChoices):
    """How sure we are that an organisation still works; moved by the nightly task, never by a page view.

    "do-potwierdzenia" stands in addresses that people keep; ACTIVITY_SPELLINGS understands the word of the pages too.
    """

    ACTIVE = "aktywny", "aktywny"
    STALE = "do-potwierdzenia", "niepotwierdzony"
    INACTIVE = "nieaktywny", "nieaktywny"


# Other ways to write a code, as they may come in an address.
ACTIVITY_SPELLINGS = {"niepotwierdzony": Activity.STALE}


class Verifier(TextChoices):
    REPRESENTATIVE = "przedstawiciel", "przedstawiciel podmiotu"
    COORDINATOR = "koordynator", "koordynator"
    REGISTER = "rejestr", "rejestr publiczny"


class Channel(TextChoices):
    """By which way a confirmation came."""

    LETTER = "list", "odpowiedź na list"
    PANEL = "panel", "w panelu podmiotu"
    CALL = "telefon", "rozmowa telefoniczna"
    OFFICE = "urzad", "sprawdzenie przez koordynatora"
    IMPORT = "wykaz", "wczytany wykaz"
    UNKNOWN = "nieznana", "sposób niezapisany"


class Answer(TextChoices):
    """What came of a letter that asked for a confirmation."""

    CONFIRMED = "potwierdzone", "wszystko się zgadza"
    CHANGES = "zmiany", "coś się zmieniło"
    CLOSING = "nie-dzialamy", "już nie działamy"


class CallOutcome(TextChoices):
    CONFIRMED = "potwierdzono", "zadzwoniono: potwierdzono"
    NO_ANSWER = "nie-odebrano", "nie odebrano"
    WRONG_NUMBER = "numer-nieaktualny", "numer nieaktualny"
    CLOSED = "nie-dziala", "nie działa"


class EmployeesBand(TextChoices):
    MICRO = "1-9", "od 1 do 9"
    SMALL = "10-49", "od 10 do 49"
    MEDIUM = "50-249", "od 50 do 249"
    LARGE = "250+", "250 i więcej"


class TargetGroup(TextChoices):
    """Groups whose social and vocational integration art. 94 ust. 1 of the procurement act speaks of."""

    DISABLED = "niepelnosprawni", "osoby z niepełnosprawnościami"
    UNEMPLOYED = "bezrobotni", "osoby bezrobotne"
    JOB_SEEKERS = "poszukujacy-pracy", "osoby poszukujące pracy, bez zatrudnienia"
    CARE_LEAVERS = "usamodzielniani", "osoby usamodzielniane"
    PRISON_LEAVERS = "pozbawieni-wolnosci", "osoby pozbawione wolności lub zwalniane z zakładów karnych"
    MENTAL_HEALTH = "zaburzenia-psychiczne", "osoby z zaburzeniami psychicznymi"
    HOMELESS = "bezdomni", "osoby w kryzysie bezdomności"
    REFUGEES = "uchodzcy", "osoby z ochroną międzynarodową"
    AGE = "wiek", "osoby do 30. i po 50. roku życia, poszukujące pracy"
    MINORITIES = "mniejszosci", "osoby należące do mniejszości"


class ImportState(TextChoices):
    """Where a file stands on its way into the register. Nothing of it is in the register before `applied`."""

    UPLOADED = "wczytany", "wczytany"
    NEEDS_MAPPING = "kolumny", "czeka na opis kolumn"
    STAGING = "sprawdzany", "sprawdzanie wierszy"
    STAGED = "sprawdzony", "gotowy do zapisu"
    APPLYING = "zapisywany", "zapisywanie"
    APPLIED = "zapisany", "zapisany"
    FAILED = "nieczytelny", "pliku nie da się odczytać"
    CANCELLED = "porzucony", "porzucony"
    UNDOING = "cofany", "cofanie"
    UNDONE = "cofniety", "cofnięty"

    @classmethod
    def written(cls):
        """States in which the register holds what the file brought, or did once."""
        return [cls.APPLIED, cls.UNDOING, cls.UNDONE]

    @classmethod
    def working(cls):
        """States in which a process is at work, or was when it died."""
        return [cls.STAGING, cls.APPLYING, cls.UNDOING]

    @classmethod
    def unfinished(cls):
        """States from which a run can still be applied."""
        return [cls.UPLOADED, cls.NEEDS_MAPPING, cls.STAGING, cls.STAGED, cls.APPLYING]


class ImportAction(TextChoices):
    CREATE = "nowy", "nowy podmiot"
    UPDATE = "zmiana", "zmiana danych"
    UNCHANGED = "bez-zmian", "bez zmian"
    REPEATED = "powtorzony", "powtarza inny wiersz"
    WAITING = "do-decyzji", "możliwy duplikat, czeka na decyzję"
    REJECT = "odrzucony", "odrzucony"


class DuplicateState(TextChoices):
    OPEN = "otwarty", "do rozstrzygnięcia"
    MERGED = "polaczone", "to ten sam podmiot"
    KEPT_APART = "rozne", "to różne podmioty"


class ReportSubject(TextChoices):
    """What somebody says is wrong in a card."""

    PHONE = "telefon", "telefon lub e-mail"
    ADDRESS = "adres", "adres"
    CLOSED = "nie-dziala", "podmiot już nie działa"
    OFFER = "oferta", "oferta"
    PICTURE = "zdjecie", "zdjęcie"
    OTHER = "inne", "coś innego"


class ReportOutcome(TextChoices):
    """What came of a report of an error; empty while nobody has said."""

    DONE = "poprawione", "poprawione"
    NOT_AN_ERROR = "nie-blad", "to nie był błąd"
    FORWARDED = "przekazane", "przekazane podmiotowi"
    SPAM = "spam", "to nie było zgłoszenie błędu"


class Suspicion(TextChoices):
    """Why a report lies apart from the queue until a person has looked at it."""

    TRAP = "pulapka", "wypełniono pole niewidoczne dla ludzi"
    LINKS = "odsylacze", "odsyłacze do obcych stron"
    MANY = "wiele", "wiele zgłoszeń z jednego adresu sieciowego"


class ReportStepName(TextChoices):
    TAKEN = "wziete", "wzięto do załatwienia"
    PUT_BACK = "oddane", "oddano do kolejki"
    CLEARED = "w-kolejce", "uznano za prawdziwe, do kolejki"
    ANSWERED = "odpowiedz", "wysłano odpowiedź"
    FORWARDED = "przekazane", "przekazano podmiotowi"
    CLOSED = "zamkniete", "zamknięto"


class TermKind(TextChoices):
    """What is counted from a day of the law (registry.models.terms.TermRule)."""

    BAR_MONTHS = "ps-przerwa", "status PS: po utracie nie nadaje się go przez (miesiące)"
    REPORT_DAY = "ps-sprawozdanie", "status PS: sprawozdanie roczne do dnia (miesiąc i dzień: 331 to 31 marca)"
    CIS_MONTHS = "cis-okres", "CIS: na ile nadaje się status (miesiące)"


class ProposalState(TextChoices):
    DRAFT = "szkic", "szkic"
    SENT = "wyslana", "czeka na sprawdzenie"
    DECIDED = "rozpatrzona", "rozpatrzona"
    WITHDRAWN = "wycofana", "wycofana"


class Subject(TextChoices):
    """What a proposed change is of; the party is the institution or the unit that the card stands for."""

    CARD = "karta", "karta"
    PARTY = "podmiot", "podmiot"
    OFFER = "oferta", "oferta"
    PICTURE = "zdjecie", "zdjęcie"
    WORKPLACE = "miejsce", "miejsce działalności"
    REFERENCE = "referencja", "referencja"
    UNIT = "jednostka", "jednostka"


class Change(TextChoices):
    FIELD = "zmiana", "zmiana"
    ADD = "nowe", "dodanie"
    REMOVE = "usun", "usunięcie"


class Verdict(TextChoices):
    ACCEPTED = "przyjeta", "przyjęta"
    REJECTED = "odrzucona", "nieprzyjęta"
    BY_RULE = "z-reguly", "przyjęta od razu"


class TrustedName(TextChoices):
    """Fields that a rule may let through: a wrong one misleads nobody for long and gives no power over the card."""

    PHONE = "phone", "telefon"
    PHONE_OTHER = "phone_other", "inne telefony"
    OPENING_HOURS = "opening_hours", "godziny"
    DESCRIPTION = "description", "opis działalności"
    MISSION = "mission", "misja społeczna"
    ACCESSIBILITY = "accessibility", "dostępność"
