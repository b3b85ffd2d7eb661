"""What the regulations say, in dated versions. Each application keeps the version under which it was begun.

The sources of the mark say little: what they leave open ships as a default and is named in `assumed`, so that
coordinators see what nobody has confirmed.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from quality_mark.choices import Silence, Tie
from quality_mark.querysets import IntakeQuerySet, RulebookQuerySet
from registry.models.history import tracked

SHARE = [MinValueValidator(0), MaxValueValidator(100)]
REFUSE = """
    RAISE EXCEPTION 'announced rules are never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_rules_announced';
"""


@tracked
class Rulebook(models.Model):
    """One version of the rules. Days are calendar or working days as `working_days` says; shares are percent."""

    version = models.PositiveSmallIntegerField("wersja", unique=True, editable=False)
    title = models.CharField("nazwa", max_length=200)
    valid_from = models.DateField("obowiązuje od dnia")
    published_at = models.DateTimeField("ogłoszono", null=True, blank=True, editable=False)
    regulations = models.TextField("treść regulaminu", blank=True)
    assumed = ArrayField(
        models.CharField(max_length=40),
        verbose_name="przyjęte, bo źródła tego nie mówią",
        default=list,
        blank=True,
    )
    # Who may apply.
    kinds = ArrayField(
        models.CharField(max_length=40),
        verbose_name="rodzaje podmiotów",
        default=list,
        blank=True,
    )
    least_months = models.PositiveSmallIntegerField("najmniej miesięcy działalności", default=6)
    least_own_income = models.DecimalField(
        "najmniejszy udział przychodów własnych (%)", max_digits=5, decimal_places=2, default=30, validators=SHARE
    )
    least_recommendations = models.PositiveSmallIntegerField("najmniej rekomendacji", default=2)
    takes_typed_declaration = models.BooleanField("wystarczy oświadczenie złożone w portalu", default=True)
    # Time.
    working_days = models.BooleanField("terminy w dniach roboczych", default=False)
    formal_days = models.PositiveSmallIntegerField("ocena formalna (dni)", default=14)
    correction_days = models.PositiveSmallIntegerField("uzupełnienie (dni)", default=7)
    assessment_days = models.PositiveSmallIntegerField("ocena merytoryczna (dni)", default=14)
    warning_days = models.PositiveSmallIntegerField("przypomnienie przed terminem (dni)", default=2)
    procedure_months = models.PositiveSmallIntegerField("czas na rozpatrzenie od kompletności (miesiące)", default=3)
    signing_days = models.PositiveSmallIntegerField("podpisanie umowy (dni)", default=30)
    complaint_days = models.PositiveSmallIntegerField("skarga (dni)", default=14)
    complaint_body = models.CharField("kto rozpatruje skargę", max_length=200, blank=True)
    hearing_days = models.PositiveSmallIntegerField("wyjaśnienia przy zawieszeniu (dni)", default=14)
    suspension_days = models.PositiveSmallIntegerField("najdłuższe zawieszenie (dni)", default=60)
    silence = models.CharField("milczenie po terminie", max_length=20, choices=Silence, blank=True)
    # Assessment and commission.
    assessors = models.PositiveSmallIntegerField("liczba oceniających", default=2)
    divergence = models.DecimalField(
        "różnica ocen, przy której ocenia trzecia osoba (%)",
        max_digits=5,
        decimal_places=2,
        default=30,
        validators=SHARE,
    )
    pass_share = models.DecimalField(
        "próg oceny merytorycznej (%)", max_digits=5, decimal_places=2, default=60, validators=SHARE
    )
    quorum_share = models.DecimalField(
        "kworum (% składu)", max_digits=5, decimal_places=2, default=50, validators=SHARE
    )
    majority_share = models.DecimalField(
        "większość (% głosów za i przeciw; trzeba mieć więcej)",
        max_digits=5,
        decimal_places=2,
        default=50,
        validators=SHARE,
    )
    tie = models.CharField("równa liczba głosów", max_length=20, choices=Tie, default=Tie.CHAIR)
    votes_secretly = models.BooleanField("głosowanie tajne", default=False)
    assessors_vote = models.BooleanField("w Kapitule głosuje też ten, kto oceniał sprawę", default=False)
    asks_opinion = models.BooleanField("przed odebraniem znaku potrzebna jest opinia Kapituły", default=True)
    remote_hours = models.PositiveSmallIntegerField("głosowanie zdalne (godziny)", default=48)
    # Licence.
    licence_months = models.PositiveSmallIntegerField("licencja (miesiące)", default=12)
    valid_while_renewed = models.BooleanField(
        "znak jest ważny, póki trwa rozpatrywanie wniosku o przedłużenie złożonego w terminie", null=True, default=True
    )
    renewal_is_short = models.BooleanField("przedłużenie bez ponownej oceny merytorycznej", default=True)
    reminder_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="przypomnienia o przedłużeniu (dni przed końcem)",
        default=list,
    )

    objects = RulebookQuerySet.as_manager()

    class Meta:
        verbose_name = "zasady znaku"
        verbose_name_plural = "zasady znaku"
        ordering = ["-version"]
        triggers = [
            pgtrigger.Trigger(
                name="announced_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.published_at IS NOT NULL"),
                func=f"IF TG_OP = 'UPDATE' AND OLD.* IS NOT DISTINCT FROM NEW.* THEN RETURN NEW; END IF; {REFUSE}",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="quality_mark_rulebook_named"),
            models.CheckConstraint(
                condition=Q(silence="") | Q(silence__in=Silence.values), name="quality_mark_rulebook_silence"
            ),
            models.CheckConstraint(condition=Q(tie__in=Tie.values), name="quality_mark_rulebook_tie"),
            models.CheckConstraint(
                condition=Q(
                    least_own_income__range=(0, 100),
                    divergence__range=(0, 100),
                    pass_share__range=(0, 100),
                    quorum_share__range=(0, 100),
                    majority_share__range=(0, 99),
                ),
                name="quality_mark_rulebook_shares",
                violation_error_message="Udziały podaje się w procentach, od 0 do 100.",
            ),
            models.CheckConstraint(
                condition=Q(
                    assessors__gt=0,
                    licence_months__gt=0,
                    procedure_months__gt=0,
                    correction_days__gt=0,
                    assessment_days__gt=0,
                    suspension_days__gt=0,
                    remote_hours__gt=0,
                ),
                name="quality_mark_rulebook_positive",
                violation_error_message="Co najmniej 1 muszą wynosić: liczba oceniających, licencja i czas na "
                "rozpatrzenie (miesiące), uzupełnienie, ocena merytoryczna i zawieszenie (dni), głosowanie zdalne "
                "(godziny).",
            ),
        ]

    def __str__(self):
        return f"{self.title} (wersja {self.version})"


@tracked
class Intake(models.Model):
    """When applications are taken. Without a last day it is continuous."""

    name = models.CharField("nazwa naboru", max_length=200)
    opens_on = models.DateField("od dnia")
    closes_on = models.DateField("do dnia (włącznie)", null=True, blank=True)
    announced_at = models.DateTimeField("ogłoszono", null=True, blank=True, editable=False)
    note = models.TextField("informacja dla wnioskodawców", blank=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = "nabór wniosków"
        verbose_name_plural = "nabory wniosków"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="quality_mark_intake_named"),
            models.CheckConstraint(
                condition=Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
                name="quality_mark_intake_period",
                violation_error_message="Nabór nie może się skończyć przed swoim początkiem.",
            ),
        ]

    def __str__(self):
        return self.name
