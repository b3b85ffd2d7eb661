"""Closed lists of the calendar and of enrolment. Codes stand in addresses and files: they stay."""

from django.db.models import TextChoices


class Category(TextChoices):
    """What an institution is, for the target group of a project."""

    PES = "pes", "podmiot ekonomii społecznej"
    PS = "ps", "przedsiębiorstwo społeczne"
    NGO = "ngo", "organizacja pozarządowa (integracja i pomoc społeczna)"
    SUPPORT = "wsparcie", "instytucja wspierająca ekonomię społeczną"
    LOCAL_GOVERNMENT = "jst", "jednostka samorządu terytorialnego"
    SCIENCE = "nauka", "nauka"
    BUSINESS = "biznes", "biznes"


class DelegateRole(TextChoices):
    """What a delegated person is in the institution."""

    MEMBER = "czlonek", "członek"
    BOARD = "zarzad", "członek zarządu"
    EMPLOYEE = "pracownik", "pracownik"
    VOLUNTEER = "wolontariusz", "wolontariusz"


class PersonField(TextChoices):
    """What an edition may demand of a person besides the name, as the funding system asks (SL2014, SM EFS)."""

    PESEL = "pesel", "PESEL"
    BIRTH_DATE = "data_urodzenia", "data urodzenia"
    SEX = "plec", "płeć"
    EDUCATION = "wyksztalcenie", "wykształcenie"
    LABOUR_STATUS = "rynek_pracy", "status na rynku pracy"
    ADDRESS = "adres", "adres zamieszkania"
    PHONE = "telefon", "telefon"
    EMAIL = "email", "e-mail"


class Sex(TextChoices):
    FEMALE = "k", "kobieta"
    MALE = "m", "mężczyzna"


class Education(TextChoices):
    """ISCED 2011 levels as the funding system groups them."""

    PRIMARY = "isced-0-2", "podstawowe, gimnazjalne lub niższe (ISCED 0–2)"
    SECONDARY = "isced-3-4", "ponadgimnazjalne lub policealne (ISCED 3–4)"
    HIGHER = "isced-5-8", "wyższe (ISCED 5–8)"


class LabourStatus(TextChoices):
    EMPLOYED = "pracujaca", "osoba pracująca"
    UNEMPLOYED = "bezrobotna", "osoba bezrobotna"
    INACTIVE = "bierna", "osoba bierna zawodowo"


class TextKind(TextChoices):
    """Documents of an edition, each in dated versions."""

    REGULATIONS = "regulamin", "regulamin uczestnictwa"
    INFORMATION = "informacja", "klauzula informacyjna"
    CONTACT = "kontakt", "zgoda na kontakt"
    IMAGE = "wizerunek", "zgoda na wizerunek"


class FormKind(TextChoices):
    INSTITUTION = "instytucja", "formularz zgłoszeniowy instytucji"
    PERSON = "osoba", "oświadczenie osoby delegowanej"


class EnrolmentState(TextChoices):
    DRAFT = "szkic", "w przygotowaniu"
    TO_SIGN = "do-podpisu", "czeka na podpisany formularz"
    SUBMITTED = "do-sprawdzenia", "czeka na sprawdzenie"
    RETURNED = "do-poprawy", "do poprawy"
    ACCEPTED = "przyjete", "przyjęte"
    ENDED = "zakonczone", "zakończone"

    @classmethod
    def editable(cls):
        """States in which the institution changes what it typed."""
        return [cls.DRAFT, cls.TO_SIGN, cls.RETURNED]

    @classmethod
    def living(cls):
        """On its way or accepted. Of an institution in an edition at most one of these, drafts aside."""
        return [cls.DRAFT, cls.TO_SIGN, cls.SUBMITTED, cls.RETURNED, cls.ACCEPTED]

    @classmethod
    def taken_in(cls):
        """Its form was accepted; of one that has left since, what was until then stays counted."""
        return [cls.ACCEPTED, cls.ENDED]


class UpdateKind(TextChoices):
    PEOPLE = "osoby", "aktualizacja osób zgłoszonych"
    ADDRESS = "adres", "aktualizacja danych adresowych"


class UpdateState(TextChoices):
    SUBMITTED = "do-sprawdzenia", "czeka na sprawdzenie"
    RETURNED = "odrzucona", "odrzucona"
    ACCEPTED = "przyjeta", "przyjęta"


class EventKind(TextChoices):
    INFORMATION = "spotkanie-informacyjne", "spotkanie informacyjne"
    ADVISORY = "doradztwo", "spotkanie informacyjno-doradcze"
    NETWORKING = "sieciowanie", "spotkanie sieciujące"
    WORKING_GROUP = "grupa-robocza", "spotkanie grupy roboczej"
    TRAINING = "szkolenie", "szkolenie"
    WORKSHOP = "warsztat", "warsztat"
    STUDY_VISIT = "wizyta-studyjna", "wizyta studyjna"
    SEMINAR = "seminarium", "seminarium"
    CONFERENCE = "konferencja", "konferencja"
    DEBATE = "debata", "debata"
    CONSULTATION = "konsultacje", "konsultacje"
    FAIR = "targi", "targi"
    GALA = "gala", "gala"
    OPEN_DAY = "dzien-otwarty", "dzień otwarty"
    SITTING = "posiedzenie", "posiedzenie"
    COMPETITION = "konkurs", "konkurs"
    OTHER = "inne", "inne"


class EventState(TextChoices):
    DRAFT = "szkic", "szkic"
    PUBLISHED = "opublikowane", "zapowiedziane"
    MOVED = "przeniesione", "przeniesione"
    CANCELLED = "odwolane", "odwołane"
    HELD = "odbyte", "odbyło się"
    SETTLED = "rozliczone", "rozliczone"

    @classmethod
    def public(cls):
        return [cls.PUBLISHED, cls.MOVED, cls.CANCELLED, cls.HELD, cls.SETTLED]

    @classmethod
    def coming(cls):
        """It is going to take place as announced."""
        return [cls.PUBLISHED, cls.MOVED]

    @classmethod
    def over(cls):
        return [cls.HELD, cls.SETTLED]


class Attendance(TextChoices):
    """Whether people come in person."""

    ON_SITE = "stacjonarnie", "stacjonarnie"
    ONLINE = "online", "on-line"
    BOTH = "hybrydowo", "stacjonarnie i on-line"


class Channel(TextChoices):
    """How a sign-up came."""

    PORTAL = "portal", "przez portal"
    EMAIL = "email", "e-mailem"
    PHONE = "telefon", "telefonicznie"
    LIST = "lista", "z listy"
    WALK_IN = "na-miejscu", "na miejscu"


class RegistrationState(TextChoices):
    RECEIVED = "zgloszone", "zgłoszone"
    AWAITING_DOCUMENTS = "oczekuje-na-dokumenty", "oczekuje na dokumenty"
    CONFIRMED = "potwierdzone", "potwierdzone"
    RESERVE = "rezerwa", "lista rezerwowa"
    OFFERED = "zaproponowane", "miejsce do potwierdzenia"
    PRESENT = "obecny", "obecny"
    ABSENT = "nieobecny", "nieobecny"
    RESIGNED = "zrezygnowal", "rezygnacja"
    REJECTED = "odrzucone", "odrzucone"

    @classmethod
    def seated(cls):
        """Each of these takes one of the event's places; the trigger of the database counts the same."""
        return [cls.RECEIVED, cls.AWAITING_DOCUMENTS, cls.CONFIRMED, cls.OFFERED, cls.PRESENT, cls.ABSENT]

    @classmethod
    def active(cls):
        """At most one of these for a person at an event."""
        return [*cls.seated(), cls.RESERVE]

    @classmethod
    def waiting(cls):
        """A place that passes on when its day has come (Registration.hold_until)."""
        return [cls.RECEIVED, cls.AWAITING_DOCUMENTS, cls.OFFERED]

    @classmethod
    def ended(cls):
        return [cls.RESIGNED, cls.REJECTED]


class PresenceKind(TextChoices):
    PRESENT = "obecny", "obecny"
    LATE = "spozniony", "przyszedł później"
    LEFT_EARLY = "wczesniej", "wyszedł wcześniej"
    BOTH = "pozniej-i-wczesniej", "przyszedł później i wyszedł wcześniej"

    @classmethod
    def came_late(cls):
        return [cls.LATE, cls.BOTH]

    @classmethod
    def went_early(cls):
        return [cls.LEFT_EARLY, cls.BOTH]

    def with_(self, said):
        """What is known once `said` is said too: late and left early are both true of one day."""
        if said == self.PRESENT or said == self:
            return self
        return said if self == self.PRESENT else self.BOTH


class PresenceSource(TextChoices):
    CHECK_IN = "odprawa", "odprawa na miejscu"
    SIGNED_LIST = "lista", "podpisana lista"
    MEETING = "spotkanie", "plik z programu do spotkań"


class MessageReach(TextChoices):
    """Which of the chosen participants a message goes to."""

    ALL = "wszyscy", "wszyscy"
    ON_SITE = "na-miejscu", "tylko na miejscu"
    ONLINE = "online", "tylko on-line"
