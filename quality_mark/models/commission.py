"""The commission (Kapituła Certyfikująca): who sits in it and until when."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from quality_mark.models.applications import Application
from quality_mark.models.gone import FileMayGo, gone_and_told
from quality_mark.models.marks import Mark
from registry.models.history import tracked
from registry.models.institutions import DateRange


def minutes_path(sitting, name):
    return f"quality_mark/minutes/{uuid.uuid4().hex}.pdf"


def _person(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", **options
    )


@tracked
class Term(models.Model):
    """A term of the commission (kadencja)."""

    name = models.CharField("nazwa kadencji", max_length=120)
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia (włącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "kadencja Kapituły"
        verbose_name_plural = "kadencje Kapituły"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="quality_mark_term_named"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="quality_mark_term_period"
            ),
            ExclusionConstraint(
                name="quality_mark_term_no_overlap",
                expressions=[(DateRange("starts_on", "ends_on", Value("[]")), RangeOperators.OVERLAPS)],
                violation_error_message="W tym czasie trwa inna kadencja.",
            ),
        ]

    def __str__(self):
        return self.name


@tracked
class Member(models.Model):
    """A seat in the commission, or somebody who may take one when its holder is away (zastępca)."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="members", verbose_name="kadencja")
    person = _person(verbose_name="osoba")
    is_chair = models.BooleanField("przewodniczy", default=False)
    is_substitute = models.BooleanField("zastępca", default=False)
    joined_on = models.DateField("od dnia")
    left_on = models.DateField("do dnia (bez tego dnia)", null=True, blank=True)

    class Meta:
        verbose_name = "członek Kapituły"
        verbose_name_plural = "członkowie Kapituły"
        ordering = ["is_substitute", "-is_chair", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "person"], condition=Q(left_on=None), name="quality_mark_member_once"
            ),
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(left_on=None, is_chair=True),
                name="quality_mark_member_one_chair",
                violation_error_message="Ta kadencja ma już przewodniczącego.",
            ),
            models.CheckConstraint(
                condition=Q(is_chair=False) | Q(is_substitute=False), name="quality_mark_member_chair_sits"
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="quality_mark_member_period"
            ),
        ]

    def __str__(self):
        return self.person.get_full_name() if self.person else "konto usunięte"


@tracked
class Sitting(FileMayGo):
    """A sitting (posiedzenie). Once its minutes are signed nothing of it changes. A remote one has no place."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="sittings", verbose_name="kadencja")
    starts_at = models.DateTimeField("początek")
    place = models.CharField("miejsce", max_length=200, blank=True)
    link = models.URLField("odsyłacz do spotkania", max_length=500, blank=True)
    is_remote = models.BooleanField("głosowanie zdalne", default=False)
    called_at = models.DateTimeField("zwołano", null=True, blank=True)
    called_by = _person()
    minutes = models.FileField("protokół", upload_to=minutes_path, blank=True)
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField("protokół sporządzono", null=True, blank=True)
    signed_at = models.DateTimeField("protokół podpisano", null=True, blank=True)
    signed_by = _person()

    class Meta:
        verbose_name = "posiedzenie Kapituły"
        verbose_name_plural = "posiedzenia Kapituły"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_remote=True) | ~Q(place="") | ~Q(link=""), name="quality_mark_sitting_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None)
                | (Q(drafted_at__isnull=False) & (~Q(minutes="") | Q(gone_at__isnull=False))),
                name="quality_mark_sitting_signed_minutes",
            ),
            gone_and_told("minutes", "quality_mark_sitting_gone"),
        ]

    def __str__(self):
        return f"posiedzenie {self.starts_at:%d.%m.%Y}"


class AgendaItem(models.Model):
    """A case on the agenda of a sitting. With a `mark` the commission is asked whether to take it away; the
    application is then the one by which the mark was last licensed, and its rules count."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, models.PROTECT, related_name="agenda_items")
    mark = models.ForeignKey(Mark, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "punkt porządku obrad"
        verbose_name_plural = "porządek obrad"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "application"], name="quality_mark_agenda_once"),
            models.UniqueConstraint(
                fields=["sitting", "position"],
                name="quality_mark_agenda_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.application_id}"


class Presence(models.Model):
    """That a member is at a sitting; a substitute always in the place of one member."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="presences")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    # The seat: the member's own, or that of whom they stand for.
    seat = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "obecność"
        verbose_name_plural = "obecności"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "member"], name="quality_mark_presence_once"),
            models.UniqueConstraint(fields=["sitting", "seat"], name="quality_mark_presence_one_for_a_seat"),
        ]

    def __str__(self):
        return f"{self.sitting_id}: {self.member_id}"


class Recusal(models.Model):
    """That a member takes no part in one case: they said why, or the portal knows it."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    is_computed = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "wyłączenie"
        verbose_name_plural = "wyłączenia"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "member"], name="quality_mark_recusal_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="quality_mark_recusal_said"),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.member_id}"
