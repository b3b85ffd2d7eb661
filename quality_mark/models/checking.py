"""The office with an application: its calls, its word on each criterion, the standing clock, messages."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quality_mark.models.applications import Application


class Call(models.Model):
    """A call to complete the application (wezwanie), with numbered faults and a last moment."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="calls")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "wezwanie do uzupełnienia"
        verbose_name_plural = "wezwania do uzupełnienia"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="quality_mark_call_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="quality_mark_call_one_open",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("sent_at")), name="quality_mark_call_in_time"),
            models.CheckConstraint(
                condition=Q(answered_at=None)
                | Q(answered_at__gte=F("sent_at"), answered_at__lt=F("due_at"), withdrawn_at=None),
                name="quality_mark_call_answered",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("sent_at")), name="quality_mark_call_withdrawn"
            ),
        ]

    def __str__(self):
        return f"wezwanie {self.number}"


class Fault(models.Model):
    """What is missing or wrong; `step` and `field` are where the applicant mends it, `code` names a missing paper."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="faults")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("czego brakuje")
    step = models.SlugField(max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    code = models.SlugField(max_length=40, blank=True)
    # What stood there when the call was sent, so that the answer shows what has changed.
    before = models.JSONField(null=True, blank=True)
    is_cured = models.BooleanField(null=True)

    class Meta:
        verbose_name = "brak"
        verbose_name_plural = "braki"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="quality_mark_fault_once"),
            models.CheckConstraint(condition=~Q(text=""), name="quality_mark_fault_said"),
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"


class Verdict(models.Model):
    """The office's yes or no to one formal criterion."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="verdicts")
    criterion = models.ForeignKey("quality_mark.FormalCriterion", models.PROTECT, related_name="+")
    is_met = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ocena kryterium formalnego"
        verbose_name_plural = "oceny kryteriów formalnych"
        constraints = [models.UniqueConstraint(fields=["application", "criterion"], name="quality_mark_verdict_once")]
        triggers = [
            pgtrigger.Trigger(
                name="of_its_rules",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                IF NOT EXISTS (SELECT 1 FROM quality_mark_application a
                               JOIN quality_mark_formalcriterion c ON c.rulebook_id = a.rulebook_id
                               WHERE a.id = NEW.application_id AND c.id = NEW.criterion_id) THEN
                    RAISE EXCEPTION 'a criterion of other rules'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_verdict_rules';
                END IF;
                RETURN NEW;
""",
            )
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.is_met}"


class Pause(models.Model):
    """A time in which the clock of the procedure stands, because the applicant is waited for."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "wstrzymanie terminu"
        verbose_name_plural = "wstrzymania terminu"
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="quality_mark_pause_period"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(until=None), name="quality_mark_pause_one_open"
            ),
        ]

    def __str__(self):
        return f"od {self.since:%d.%m.%Y}"


class Message(models.Model):
    """A word between the applicant and the office, about one application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="messages")
    is_of_office = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "wiadomość"
        verbose_name_plural = "wiadomości"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="quality_mark_message_said")]

    def __str__(self):
        return self.text[:60]
