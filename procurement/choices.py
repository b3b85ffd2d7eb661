"""Closed lists of procurement. Codes stand in addresses and files: they stay. What the law may change is a dated row
instead (procurement.models.rules)."""

from django.db.models import TextChoices


class Nature(TextChoices):
    """Art. 7 pkt 7, 21, 28 PZP. Their order is the middle number of a position: 1.3.6 is a service."""

    WORKS = "roboty", "roboty budowlane"
    SUPPLIES = "dostawy", "dostawy"
    SERVICES = "uslugi", "usługi"


class BuyerGroup(TextChoices):
    """Which EU threshold for supplies and services an authority is under: art. 3 ust. 1 PZP."""

    LOCAL = "samorzadowy", "samorządowy"
    GOVERNMENT = "rzadowy", "rządowy"


class Band(TextChoices):
    """Where a value lies. BELOW: the act does not apply (art. 2 ust. 1 pkt 1 PZP); NATIONAL and EU are the two tables
    of a plan (Dz.U. 2020 poz. 2362)."""

    BELOW = "podprogowe", "poniżej progu ustawy"
    NATIONAL = "krajowe", "poniżej progów unijnych"
    EU = "unijne", "równe progom unijnym lub wyższe"


class RuleKind(TextChoices):
    """What a dated number of the rules is."""

    ACT_THRESHOLD = "prog-ustawy", "próg stosowania ustawy (zł netto)"
    EU_THRESHOLD = "prog-unijny", "próg unijny (euro)"
    EUR_RATE = "kurs-euro", "średni kurs euro do zamówień (zł)"
    RESERVED_SHARE = "udzial-art-94", "najmniejszy udział osób z grup art. 94 (%)"
    PRICE_WEIGHT = "waga-ceny", "największa waga ceny (%)"
    PLAN_DAYS = "termin-planu", "dni na ogłoszenie planu"


class GuideTopic(TextChoices):
    """Parts of the clause advisor that have a text of their own."""

    INTRODUCTION = "wstep", "wstęp"
    THRESHOLDS = "progi", "progi"
    MODES = "tryby", "tryby"
    CLAUSES = "klauzule", "klauzule"
    CHECKLIST = "lista", "lista kontrolna"
    SUPPLIERS = "wykonawcy", "kto to zrobi"


class PlanState(TextChoices):
    """Of a version of a plan."""

    DRAFT = "szkic", "szkic"
    PUBLISHED = "ogloszona", "ogłoszona"


class UpdateKind(TextChoices):
    """Column "informacja na temat aktualizacji" of a plan (Dz.U. 2020 poz. 2362)."""

    ADDED = "dodanie", "dodanie pozycji"
    CHANGED = "zmiana", "zmiana pozycji"
    DROPPED = "rezygnacja", "rezygnacja z pozycji"


class VersionSource(TextChoices):
    FORM = "formularz", "formularz"
    IMPORT = "plik", "plik"
    COPY = "kopia", "kopia z poprzedniego roku"


class PlanImportState(TextChoices):
    """Of a file with a plan: it waits to be read or for a word about its columns, was read, was written into a draft
    or not."""

    WAITING = "czeka", "czeka na odczytanie"
    NEEDS_COLUMNS = "kolumny", "czeka na wskazanie kolumn"
    READ = "sprawdzony", "sprawdzony"
    APPLIED = "zapisany", "zapisany w szkicu"
    FAILED = "nieczytelny", "nie dał się odczytać"
    GIVEN_UP = "porzucony", "porzucony"


class NoticeKind(TextChoices):
    """What a notice tells. A result is a record of its own (procurement.models.results)."""

    CONTRACT = "ogloszenie-o-zamowieniu", "ogłoszenie o zamówieniu"
    PRIOR = "wstepne-ogloszenie-informacyjne", "wstępne ogłoszenie informacyjne"
    REQUEST = "zapytanie-ofertowe", "zapytanie ofertowe"
    CONSULTATION = "konsultacje", "wstępne konsultacje rynkowe"
    DIRECT = "zamiar-zawarcia-umowy", "zamiar zawarcia umowy"
    COMPETITION = "konkurs-ofert", "otwarty konkurs ofert"


class NoticeState(TextChoices):
    DRAFT = "szkic", "szkic"
    SCHEDULED = "zaplanowane", "czeka na dzień ogłoszenia"
    PUBLISHED = "ogloszone", "ogłoszone"
    CONCLUDED = "rozstrzygniete", "rozstrzygnięte"
    CANCELLED = "uniewaznione", "unieważnione"
    WITHDRAWN = "wycofane", "wycofane"

    @classmethod
    def public(cls):
        """What visitors see."""
        return [cls.PUBLISHED, cls.CONCLUDED, cls.CANCELLED]


class OpeningPrecision(TextChoices):
    """How exactly a plan says when a procedure begins (art. 23 ust. 3 pkt 5 PZP)."""

    MONTH = "miesiac", "miesiąc"
    QUARTER = "kwartal", "kwartał"
    YEAR = "rok", "rok"


class Outcome(TextChoices):
    AWARDED = "udzielone", "udzielone"
    ANNULLED = "uniewaznione", "unieważnione"


class Kept(TextChoices):
    """Whether a contractor kept what a clause had asked; what nobody has said is not "no"."""

    YES = "tak", "dotrzymano"
    PARTLY = "czesciowo", "częściowo"
    NO = "nie", "nie dotrzymano"


class EntryType(TextChoices):
    """What stands in the list of /zamowienia/."""

    PLAN = "plan", "pozycja planu"
    NOTICE = "ogloszenie", "ogłoszenie"
    RESULT = "wynik", "wynik"


class ReleaseStage(TextChoices):
    """Sections of a release of OCDS; codes are those of the standard."""

    PLANNING = "planning", "plan"
    TENDER = "tender", "ogłoszenie"
    AWARD = "award", "wynik"
    CONTRACT = "contract", "umowa"
    IMPLEMENTATION = "implementation", "realizacja"


class InquiryKind(TextChoices):
    """What is asked of those on a shortlist."""

    OFFERS = "zapytanie-o-oferte", "zapytanie o ofertę"
    CONSULTATION = "konsultacje-rynkowe", "wstępne konsultacje rynkowe"


class Opening(TextChoices):
    """When the officer sees replies; chosen with the question, and told to all who are asked."""

    AFTER = "po-terminie", "wszystkie razem, po terminie"
    COMING = "na-biezaco", "od razu, gdy przyjdą"


class InquiryStepName(TextChoices):
    SENT = "wyslano", "wysłano"
    MOVED = "termin", "zmieniono termin"
    WITHDRAWN = "wycofano", "wycofano"
    ANSWERED = "odpowiedz", "odpowiedziano na pytanie"
    REPLIED = "oferta", "przyszła odpowiedź"
    DECLINED = "odmowa", "odmówiono udziału"
    OPENED = "otwarto", "otwarto odpowiedzi"


class Refusal(TextChoices):
    """Why an order is not for an organisation."""

    TOO_LARGE = "za-duze", "zamówienie jest za duże"
    TOO_SOON = "za-krotki-termin", "za mało czasu na ofertę albo wykonanie"
    TOO_FAR = "za-daleko", "za daleko"
    NOT_OURS = "inna-praca", "nie robimy tego"
    REQUIREMENTS = "wymagania", "nie spełniamy wymagań"
    NO_HANDS = "brak-rak", "nie mamy teraz ludzi ani sprzętu"
    PRICE = "cena", "za niska wartość"
    OTHER = "inne", "inny powód"
