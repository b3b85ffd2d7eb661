"""What hangs on an event: days, programme, people who lead it, files, pictures, questions, steps."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from core.asking import Question
from core.changes import noted
from events.choices import EventState
from events.models.events import Event
from events.querysets import DayQuerySet


def file_path(row, name):
    return f"events/files/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


def photo_path(row, name):
    return f"events/photos/{uuid.uuid4().hex}.webp"


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
