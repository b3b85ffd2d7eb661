"""An application for the mark, of one offer of one organisation, first or to renew; and the log of its steps."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from quality_mark.choices import PUBLIC, ApplicationKind, ApplicationState, SignedBy
from quality_mark.models.immutable import stays
from quality_mark.models.rules import Intake, Rulebook
from quality_mark.querysets import ApplicationQuerySet
from registry.models.history import tracked

# Steps of the director that the applicant is told the reasons of.
REASONED = ("grant", "refuse", "fail", "unsigned")


def paper_path(paper, name):
    """A name that tells nothing: the one under which it was sent may hold a person's."""
    return f"quality_mark/papers/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()}"


def _person(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", **options
    )


class NumberCounter(models.Model):
    """The last number given in a year. Its row is the queue of those who submit at once."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.last}/{self.year}"


@tracked
class Application(models.Model):
    """`answers` are what was typed, {step: {field: value}}; `applicant` and `offer_facts` are what the register said
    when it was submitted. `due_at` is the moment until which whoever acts next has time.
    """

    kind = models.CharField("rodzaj wniosku", max_length=12, choices=ApplicationKind, default=ApplicationKind.FIRST)
    state = models.CharField("stan", max_length=24, choices=ApplicationState, default=ApplicationState.DRAFT)
    number = models.CharField("numer", max_length=20, blank=True)
    offer = models.ForeignKey("registry.Offer", models.PROTECT, related_name="applications", verbose_name="oferta")
    mark = models.ForeignKey(
        "quality_mark.Mark", models.PROTECT, null=True, blank=True, related_name="renewals", verbose_name="znak"
    )
    rulebook = models.ForeignKey(Rulebook, models.PROTECT, related_name="applications", verbose_name="zasady")
    intake = models.ForeignKey(
        Intake, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="nabór"
    )
    answers = models.JSONField("odpowiedzi", default=dict, blank=True)
    # {step: how many times it was saved}: one that nobody has seen yet does not say what is missing.
    revisions = models.JSONField(default=dict, blank=True)
    # {step: the page on which it was saved last}, drawn at random for each.
    last_pages = models.JSONField(default=dict, blank=True)
    applicant = models.JSONField("wnioskodawca przy złożeniu", default=dict, blank=True)
    offer_facts = models.JSONField("oferta przy złożeniu", default=dict, blank=True)
    signed_by = models.CharField("sposób podpisania", max_length=20, choices=SignedBy, blank=True)
    signed_name = models.CharField("kto złożył oświadczenie", max_length=120, blank=True)
    handled_by = _person(verbose_name="prowadzi")
    started_by = _person(verbose_name="kto zaczął")
    started_at = models.DateTimeField("zaczęto", editable=False)
    saved_at = models.DateTimeField("zapisano", editable=False)
    submitted_at = models.DateTimeField("złożono", null=True, blank=True, editable=False)
    complete_at = models.DateTimeField("kompletny od", null=True, blank=True, editable=False)
    decided_at = models.DateTimeField("rozstrzygnięto", null=True, blank=True, editable=False)
    due_at = models.DateTimeField("termin", null=True, blank=True, editable=False)
    # When what was only needed to decide was taken out, and when the record was (quality_mark.keeping).
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)
    records_forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "wniosek o znak"
        verbose_name_plural = "wnioski o znak"
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="quality_mark_app_board"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="quality_mark_app_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="quality_mark_app_state"),
            models.CheckConstraint(condition=Q(kind__in=ApplicationKind.values), name="quality_mark_app_kind"),
            models.CheckConstraint(
                condition=Q(kind=ApplicationKind.RENEWAL, mark__isnull=False)
                | Q(kind=ApplicationKind.FIRST, mark__isnull=True),
                name="quality_mark_app_renews_a_mark",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="quality_mark_app_number_once"),
            models.CheckConstraint(
                condition=Q(number="", submitted_at__isnull=True)
                | (Q(number__regex=r"^ZP/\d{4}/\d{3,}$") & Q(submitted_at__isnull=False)),
                name="quality_mark_app_number_of_submitted",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(submitted_at__gte=F("started_at")),
                name="quality_mark_app_submitted",
            ),
            models.CheckConstraint(
                condition=Q(complete_at=None) | Q(complete_at__gte=F("submitted_at")),
                name="quality_mark_app_completed",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=Coalesce("submitted_at", "started_at")),
                name="quality_mark_app_decided_after",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ApplicationState.DRAFT, ApplicationState.WITHDRAWN]) | ~Q(number=""),
                name="quality_mark_app_sent_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[
                        ApplicationState.FORMAL_OK,
                        ApplicationState.ASSESSMENT,
                        ApplicationState.COMMISSION,
                        ApplicationState.GRANTED,
                        ApplicationState.ACTIVE,
                    ]
                )
                | Q(complete_at__isnull=False),
                name="quality_mark_app_complete_before_assessed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.over(), decided_at__isnull=False)
                | Q(state=ApplicationState.GRANTED, decided_at__isnull=False)
                | (~Q(state__in=[*ApplicationState.over(), ApplicationState.GRANTED]) & Q(decided_at__isnull=True)),
                name="quality_mark_app_decided",
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(state__in=ApplicationState.running()),
                name="quality_mark_app_one_running",
                violation_error_message="Dla tej oferty jest już otwarty wniosek.",
            ),
        ]

    def __str__(self):
        return self.number or f"wersja robocza {self.pk}"

    @property
    def public_state(self):
        """The state in words for the applicant."""
        return PUBLIC[self.state]

    @property
    def goes_short(self):
        """Whether the rules of the case take it to the commission without a new assessment."""
        return self.kind == ApplicationKind.RENEWAL and self.rulebook.renewal_is_short

    @property
    def papers_asked(self):
        """The papers of the rules that go with an application of this kind."""
        papers = self.rulebook.requiredpaper_set.all()
        return papers.filter(for_renewal=True) if self.kind == ApplicationKind.RENEWAL else papers


class Step(models.Model):
    """That an application was moved: who, when, why, by what paper. Rows are only added."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    name = models.SlugField(max_length=30)
    source = models.CharField(max_length=24, choices=ApplicationState)
    target = models.CharField(max_length=24, choices=ApplicationState)
    actor = _person()
    role = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    paper = models.ForeignKey("quality_mark.Paper", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "krok"
        verbose_name_plural = "kroki"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name__in=REASONED) | ~Q(note=""), name="quality_mark_step_reasoned"),
        ]
        triggers = [
            stays("log_stays", but=["actor"]),
            pgtrigger.Trigger(
                name="log_of_sent_is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func="""
                IF EXISTS (SELECT 1 FROM quality_mark_application WHERE id = OLD.application_id AND number <> '') THEN
                    RAISE EXCEPTION 'the log of what was sent is kept'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_step_kept';
                END IF;
                RETURN OLD;
""",
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.source} → {self.target}"
