"""What takes place, when and where, and what hangs on it."""

import uuid
from datetime import time, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from core.asking import Question
from core.changes import noted
from core.templatetags.portal import date_words, moment_words
from events.choices import Attendance, Category, DelegateRole, EventKind, EventState
from events.models.editions import Edition
from events.querysets import DayQuerySet, EventQuerySet
from registry.models.address import Address, address_constraints


def file_path(row, name):
    return f"events/files/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


def photo_path(row, name):
    return f"events/photos/{uuid.uuid4().hex}.webp"


def new_uid():
    """The right half of an iCalendar UID (RFC 7986 §5.3 asks for no meaning in it)."""
    return uuid.uuid4().hex


class Series(models.Model):
    name = models.CharField("nazwa cyklu", max_length=200)

    class Meta:
        verbose_name = "cykl wydarzeń"
        verbose_name_plural = "cykle wydarzeń"

    def __str__(self):
        return self.name


class Event(Address):
    """One event of one or more days (EventDay). `starts_at` and `ends_at` repeat the first and the last of them, for
    lists; `taken` is the number of places given, which a trigger of the database counts (events_registration).

    Whoever gives a place locks this row first: it is the queue.
    """

    slug = models.SlugField("adres", max_length=120, unique=True)
    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)
    title = models.CharField("tytuł", max_length=300)
    kind = models.CharField("rodzaj", max_length=30, choices=EventKind)
    state = models.CharField("stan", max_length=20, choices=EventState, default=EventState.DRAFT)
    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calendar",
        verbose_name="edycja projektu",
        help_text="Puste, gdy wydarzenie nie należy do projektu: wtedy zapisać może się każdy.",
    )
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name="cykl"
    )
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="copies", editable=False
    )
    summary = models.CharField("w jednym zdaniu", max_length=300, blank=True)
    description = models.TextField("opis", blank=True)
    organiser = models.CharField("organizator", max_length=200, blank=True, help_text="Puste: operator portalu.")
    audience = ArrayField(
        models.CharField(max_length=20, choices=Category), verbose_name="dla kogo", default=list, blank=True
    )
    audience_roles = ArrayField(
        models.CharField(max_length=20, choices=DelegateRole), verbose_name="w jakiej roli", default=list, blank=True
    )
    audience_words = models.CharField("dla kogo (własne słowa)", max_length=300, blank=True)
    attendance = models.CharField("udział", max_length=20, choices=Attendance, default=Attendance.ON_SITE)
    place_name = models.CharField("miejsce", max_length=200, blank=True)
    getting_in = models.TextField("jak wjechać wózkiem i trafić do sali", max_length=1000, blank=True)
    latitude = models.FloatField("szerokość geograficzna", null=True, blank=True)
    longitude = models.FloatField("długość geograficzna", null=True, blank=True)
    online_url = models.URLField("odsyłacz do spotkania", max_length=500, blank=True)
    contact_name = models.CharField("osoba do kontaktu", max_length=120, blank=True)
    contact_phone = models.CharField("telefon", max_length=16, blank=True)
    contact_email = models.EmailField("e-mail", blank=True)
    starts_at = models.DateTimeField("początek", null=True, blank=True, editable=False)
    ends_at = models.DateTimeField("koniec", null=True, blank=True, editable=False)
    moved_from = models.DateTimeField("poprzedni początek", null=True, blank=True, editable=False)
    cancel_reason = models.CharField("dlaczego odwołane", max_length=300, blank=True)
    takes_signups = models.BooleanField("zapisy przez portal", default=True)
    signup_url = models.URLField("zapisy na innej stronie", max_length=500, blank=True)
    signup_opens_at = models.DateTimeField("zapisy od", null=True, blank=True)
    signup_closes_at = models.DateTimeField("zapisy do", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("liczba miejsc", null=True, blank=True)
    taken = models.PositiveIntegerField("zajęte miejsca", default=0, editable=False)
    per_institution = models.PositiveSmallIntegerField("najwięcej osób z jednej instytucji", null=True, blank=True)
    has_reserve = models.BooleanField("lista rezerwowa", default=True)
    offer_hours = models.PositiveSmallIntegerField("godziny na potwierdzenie miejsca z rezerwy", default=48)
    documents_days = models.PositiveSmallIntegerField("dni na dostarczenie dokumentów", default=7)
    asks_needs = models.BooleanField("pytamy o szczególne potrzeby", default=True)
    asks_diet = models.BooleanField("pytamy o dietę", default=False)
    planned_people = models.PositiveSmallIntegerField("planowana liczba osób", null=True, blank=True)
    planned_institutions = models.PositiveSmallIntegerField("planowana liczba instytucji", null=True, blank=True)
    source_url = models.URLField("strona, z której pochodzi zapowiedź", max_length=500, blank=True)
    sequence = models.PositiveIntegerField("wersja w kalendarzach", default=0, editable=False)
    # The VEVENT as calendars get it, written anew with each change; without the on-line link.
    ics = models.TextField(default="", editable=False)
    search = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField("dodano", editable=False)
    changed_at = models.DateTimeField("zmieniono", editable=False)
    published_at = models.DateTimeField("ogłoszono", null=True, blank=True, editable=False)
    settled_at = models.DateTimeField("rozliczono", null=True, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "wydarzenie"
        verbose_name_plural = "wydarzenia"
        triggers = [noted("events_calendarchange")]
        indexes = [
            models.Index(fields=["starts_at", "id"], name="events_event_start"),
            models.Index(fields=["ends_at", "id"], name="events_event_end"),
            # What visitors find of any time: counted and put in order without a look at the rows.
            models.Index(
                fields=["starts_at", "ends_at", "id"], condition=~Q(state=EventState.DRAFT), name="events_event_public"
            ),
            GinIndex(fields=["search"], name="events_event_search"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="events_event_titled"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="events_event_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="events_event_state_known"),
            models.CheckConstraint(
                condition=Q(state=EventState.DRAFT) | Q(published_at__isnull=False, starts_at__isnull=False),
                name="events_event_announced_with_a_date",
                violation_error_message="Ogłoszone wydarzenie musi mieć termin.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="events_event_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(cancel_reason=""),
                name="events_event_cancelled_in_words",
                violation_error_message="Napisz, dlaczego wydarzenie jest odwołane.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="events_event_places",
                violation_error_message="Zajętych jest już więcej miejsc.",
            ),
            models.CheckConstraint(
                condition=Q(signup_opens_at__isnull=True)
                | Q(signup_closes_at__isnull=True)
                | Q(signup_closes_at__gt=F("signup_opens_at")),
                name="events_event_signup_period",
                violation_error_message="Zapisy nie mogą się skończyć przed swoim początkiem.",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0),
                name="events_event_capacity",
                violation_error_message="Liczba miejsc musi być większa od zera; puste pole to brak limitu.",
            ),
            models.CheckConstraint(
                condition=Q(audience__contained_by=Category.values)
                & Q(audience_roles__contained_by=DelegateRole.values),
                name="events_event_audience_known",
            ),
            *address_constraints("events_event"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("events:event_detail", args=[self.slug])

    @property
    def is_public(self):
        return self.state in EventState.public()

    @property
    def is_open_to_all(self):
        """Anyone signs up with a name and an address; nothing has to be signed."""
        return self.edition_id is None

    @property
    def lasts_whole_days(self):
        """Without hours: from midnight to midnight by the Polish clock, as EventDay.is_all_day."""
        ends = (self.starts_at, self.ends_at)
        return all(ends) and all(timezone.localtime(moment).time() == time.min for moment in ends)

    @property
    def start_words(self):
        """ "3 grudnia 2026, godz. 9.00", of what lasts whole days the day alone."""
        return date_words(self.starts_at) if self.lasts_whole_days else moment_words(self.starts_at)

    @property
    def end_words(self):
        """As `start_words`; what lasts whole days ends with its last day, not with the midnight after it."""
        if self.lasts_whole_days:
            return date_words(self.ends_at - timedelta(microseconds=1))
        return moment_words(self.ends_at)

    @property
    def free_places(self):
        return None if self.capacity is None else max(self.capacity - self.taken, 0)


class EventDay(models.Model):
    """One day of an event, by the Polish clock. Over midnight is one day; without hours it lasts the whole day, from
    midnight to midnight."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="days")
    starts_at = models.DateTimeField("od")
    ends_at = models.DateTimeField("do")
    is_all_day = models.BooleanField("bez podanych godzin", default=False)
    label = models.CharField("nazwa dnia", max_length=120, blank=True)

    objects = DayQuerySet.as_manager()

    class Meta:
        verbose_name = "termin"
        verbose_name_plural = "terminy"
        triggers = [noted("events_calendarchange")]
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="events_day_ends_after_start",
                violation_error_message="Koniec musi być po początku. Po północy podaj następny dzień.",
            ),
            ExclusionConstraint(
                name="events_days_apart",
                expressions=[
                    ("event", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            Value("[)"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Terminy jednego wydarzenia nie mogą na siebie zachodzić.",
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d}"


class AgendaItem(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="agenda")
    starts_at = models.DateTimeField("o której", null=True, blank=True)
    title = models.CharField("co", max_length=300)
    speakers = models.CharField("kto", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "punkt programu"
        verbose_name_plural = "program"
        triggers = [noted("events_calendarchange")]
        ordering = ["position", "starts_at", "pk"]

    def __str__(self):
        return self.title


class Speaker(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="speakers")
    name = models.CharField("imię i nazwisko", max_length=120)
    about = models.CharField("kim jest", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "prowadzący"
        verbose_name_plural = "prowadzący"
        triggers = [noted("events_calendarchange")]
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Material(models.Model):
    """A file for before the event or after it; `is_public` or for those who have a place."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="materials")
    title = models.CharField("tytuł", max_length=200)
    file = models.FileField("plik", upload_to=file_path)
    content_type = models.CharField(max_length=120, editable=False, default="application/pdf")
    is_after = models.BooleanField("po wydarzeniu", default=False)
    is_public = models.BooleanField("dla wszystkich", default=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "materiał"
        verbose_name_plural = "materiały"
        triggers = [noted("events_calendarchange")]
        ordering = ["is_after", "position", "pk"]

    def __str__(self):
        return self.title


class EventPhoto(models.Model):
    event = models.ForeignKey(Event, models.CASCADE, related_name="photos")
    picture = models.FileField("zdjęcie", upload_to=photo_path)
    words = models.CharField("co widać na zdjęciu", max_length=300)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "zdjęcie"
        verbose_name_plural = "zdjęcia"
        triggers = [noted("events_calendarchange")]
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="events_photo_has_words",
                violation_error_message="Napisz, co widać na zdjęciu: tak poznają je osoby niewidome.",
            )
        ]

    def __str__(self):
        return self.words


class EventQuestion(Question):
    event = models.ForeignKey(Event, models.CASCADE, related_name="questions")

    class Meta(Question.Meta):
        verbose_name = "pytanie do zapisu"
        verbose_name_plural = "pytania do zapisu"
        ordering = ["position", "pk"]
        constraints = [
            *Question.Meta.constraints,
            models.UniqueConstraint(
                fields=["event", "code"],
                name="events_event_question_once",
                violation_error_message="Ten kod ma już inne pytanie.",
            ),
        ]


class EventStep(models.Model):
    """What was done with an event: announced, moved, cancelled… with a reason, by whom."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="steps")
    name = models.CharField("krok", max_length=30)
    source = models.CharField(max_length=20, choices=EventState)
    target = models.CharField(max_length=20, choices=EventState)
    note = models.CharField("dlaczego", max_length=500, blank=True)
    made_at = models.DateTimeField("kiedy")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "krok wydarzenia"
        verbose_name_plural = "kroki wydarzenia"
        ordering = ["made_at", "pk"]

    def __str__(self):
        return self.name
