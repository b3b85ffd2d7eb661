"""Who comes: sign-ups, what happened to them, presence by day, certificates, messages."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.links import LinkKeyField
from events.choices import Channel, MessageReach, PresenceKind, PresenceSource, RegistrationState
from events.models.enrolments import Enrolment
from events.models.event_parts import EventDay
from events.models.events import Event
from events.models.participants import Participant
from events.querysets import CertificateQuerySet, PresenceQuerySet, RegistrationQuerySet

_SEATED = ", ".join(f"'{state.value}'" for state in RegistrationState.seated())
# The number of places given is counted by the database itself, so that no way of writing can give one too many:
# events_event_places refuses what would.
_COUNT_PLACES = f"""
    IF TG_OP <> 'INSERT' AND OLD.state IN ({_SEATED}) THEN
        UPDATE events_event SET taken = taken - 1 WHERE id = OLD.event_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state IN ({_SEATED}) THEN
        UPDATE events_event SET taken = taken + 1 WHERE id = NEW.event_id;
    END IF;
    RETURN NULL;
"""  # noqa: S608 - names of states, no input


def scan_path(scan, name):
    return f"events/lists/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


class Registration(models.Model):
    """One person at one event. Somebody of a roster (`participant`), or anyone by name and address at an open event.

    The order of ids is the order of arrival: a row is written while the event is locked. `hold_until` is the moment
    at which a place that waits for something (RegistrationState.waiting) passes on by itself.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="registrations", verbose_name="wydarzenie")
    state = models.CharField("stan", max_length=24, choices=RegistrationState)
    link_key = LinkKeyField()
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name="uczestnik"
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name="zgłoszenie"
    )
    first_name = models.CharField("imię", max_length=60)
    last_name = models.CharField("nazwisko", max_length=80)
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField("telefon", max_length=16, blank=True)
    institution_name = models.CharField("instytucja", max_length=400, blank=True)
    channel = models.CharField("jak", max_length=20, choices=Channel, default=Channel.PORTAL)
    joins_online = models.BooleanField("on-line", default=False)
    answers = models.JSONField("odpowiedzi", default=dict, blank=True)
    needs = models.TextField("szczególne potrzeby", max_length=1000, blank=True)
    diet = models.CharField("dieta", max_length=200, blank=True)
    remarks = models.CharField("uwagi", max_length=500, blank=True)
    registered_at = models.DateTimeField("zgłoszono")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto zgłosił"
    )
    confirmed_at = models.DateTimeField("potwierdzono", null=True, blank=True)
    hold_until = models.DateTimeField("miejsce czeka do", null=True, blank=True)
    ended_at = models.DateTimeField("zakończono", null=True, blank=True)
    # VEVENT SEQUENCE of the invitation sent to this person (RFC 5545 §3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "zapis"
        verbose_name_plural = "zapisy"
        indexes = [
            models.Index(fields=["event", "state", "id"], name="events_registration_queue"),
            # One's own sign-ups are found by addresses as they are proved, in small letters.
            models.Index(Lower("email"), condition=~Q(email=""), name="events_registration_email"),
            models.Index(
                fields=["hold_until"], condition=Q(hold_until__isnull=False), name="events_registration_holds"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "participant"],
                condition=Q(state__in=RegistrationState.active(), participant__isnull=False),
                name="events_registration_of_participant_once",
                violation_error_message="Ta osoba jest już zapisana.",
            ),
            models.UniqueConstraint(
                F("event"),
                Lower("email"),
                Lower("first_name"),
                Lower("last_name"),
                condition=Q(state__in=RegistrationState.active(), participant__isnull=True) & ~Q(email=""),
                name="events_registration_of_visitor_once",
                violation_error_message="Ta osoba jest już zapisana.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="events_registration_state_known"
            ),
            models.CheckConstraint(condition=~Q(first_name="") & ~Q(last_name=""), name="events_registration_named"),
            models.CheckConstraint(
                condition=Q(participant__isnull=False) | Q(enrolment__isnull=True),
                name="events_registration_enrolled_is_participant",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.waiting(), hold_until__isnull=False)
                | ~Q(state__in=RegistrationState.waiting()) & Q(hold_until__isnull=True),
                name="events_registration_waits_until",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.ended(), ended_at__isnull=False)
                | ~Q(state__in=RegistrationState.ended()) & Q(ended_at__isnull=True),
                name="events_registration_ended",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="count_places",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "event_id") | pgtrigger.Delete,
                func=_COUNT_PLACES,
            )
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def institution_words(self):
        """Where the person comes from: as they typed it, else as it is enrolled. Reads `enrolment`."""
        return self.institution_name or (self.enrolment.name if self.enrolment_id else "")

    @property
    def has_place(self):
        return self.state in RegistrationState.seated()


class RegistrationStep(models.Model):
    """Every change of state, with the reason where one is due (jumping the queue, rejecting)."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="steps")
    name = models.CharField("krok", max_length=30)
    source = models.CharField(max_length=24, blank=True)
    target = models.CharField(max_length=24, choices=RegistrationState)
    note = models.CharField("dlaczego", max_length=500, blank=True)
    made_at = models.DateTimeField("kiedy")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "krok zapisu"
        verbose_name_plural = "kroki zapisu"
        ordering = ["made_at", "pk"]

    def __str__(self):
        return f"{self.name}: {self.get_target_display()}"


class Presence(models.Model):
    """That somebody was there on one day. Writing it twice changes nothing.

    `arrived_at` and `left_at` are moments at which somebody pressed a button on the day itself; how long the person
    was there is told by PresenceQuerySet.lasting().
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="presences")
    day = models.ForeignKey(EventDay, models.PROTECT, related_name="presences")
    kind = models.CharField("obecność", max_length=20, choices=PresenceKind, default=PresenceKind.PRESENT)
    source = models.CharField("skąd wiadomo", max_length=20, choices=PresenceSource)
    arrived_at = models.DateTimeField("przyszedł", null=True, blank=True)
    left_at = models.DateTimeField("wyszedł", null=True, blank=True)
    minutes = models.PositiveIntegerField("minuty w spotkaniu on-line", null=True, blank=True)
    marked_at = models.DateTimeField("zaznaczono")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "obecność"
        verbose_name_plural = "obecności"
        constraints = [
            models.UniqueConstraint(fields=["registration", "day"], name="events_presence_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=PresenceKind.values), name="events_presence_kind_known"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(arrived_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="events_presence_left_after_arriving",
            ),
        ]

    def __str__(self):
        return f"{self.registration}, {self.day}"


class AttendanceScan(models.Model):
    """The list signed by hand, of one day or of the whole event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="scans")
    day = models.ForeignKey(
        EventDay, models.PROTECT, null=True, blank=True, related_name="scans", verbose_name="dzień"
    )
    file = models.FileField("skan", upload_to=scan_path)
    content_type = models.CharField(max_length=80, editable=False)
    added_at = models.DateTimeField("dodano", editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "skan listy obecności"
        verbose_name_plural = "skany list obecności"
        ordering = ["added_at", "pk"]

    def __str__(self):
        return f"{self.event}, {self.added_at:%Y-%m-%d}"


class CertificateCounter(models.Model):
    """The last number given in a year; locked while the next one is given, so that none is missing or doubled."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "licznik zaświadczeń"
        verbose_name_plural = "liczniki zaświadczeń"

    def __str__(self):
        return f"{self.year}: {self.last}"


class Certificate(models.Model):
    """A certificate of participation as it was issued. `code` is the end of its verification address."""

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="certificate")
    number = models.CharField("numer", max_length=40, unique=True)
    code = models.CharField(max_length=20, unique=True)
    # What it says, frozen: {"name", "event", "edition", "days": [[start, end]], "hours", "place"}.
    facts = models.JSONField(default=dict)
    issued_at = models.DateTimeField("wystawiono")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "zaświadczenie"
        verbose_name_plural = "zaświadczenia"

    def __str__(self):
        return self.number


class EventMessage(models.Model):
    """A message to participants, as it was sent: the record says to whom and when.

    `key` is of one writing: the same form sent twice is one message. `unreached` had no address when it was sent.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="messages")
    subject = models.CharField("temat", max_length=200)
    body = models.TextField("treść", max_length=4000)
    states = ArrayField(models.CharField(max_length=24, choices=RegistrationState), verbose_name="do kogo")
    reach = models.CharField("udział", max_length=20, choices=MessageReach, default=MessageReach.ALL)
    key = models.CharField(max_length=40, editable=False)
    unreached = models.ManyToManyField(Registration, related_name="+", verbose_name="bez adresu")
    recipients = models.PositiveIntegerField("do ilu osób")
    sent_at = models.DateTimeField("wysłano")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "wiadomość do uczestników"
        verbose_name_plural = "wiadomości do uczestników"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "key"], name="events_message_once"),
            models.CheckConstraint(
                condition=Q(states__contained_by=RegistrationState.values), name="events_message_states_known"
            ),
            models.CheckConstraint(condition=Q(reach__in=MessageReach.values), name="events_message_reach_known"),
        ]

    def __str__(self):
        return self.subject
