"""What takes place: the event itself, and the series that it may belong to."""

import uuid
from datetime import time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from core.changes import noted
from core.templatetags.portal import date_words, moment_words
from events.choices import Attendance, Category, DelegateRole, EventKind, EventState
from events.models.editions import Edition
from events.querysets import EventQuerySet
from notifications.models.news import noting
from registry.models.address import Address, address_constraints

# What counts as news of an event: not how many have signed up.
NEWS = "changed_at state starts_at ends_at"


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
        triggers = [noted("events_calendarchange"), *noting("wydarzenia", "id", NEWS)]
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
