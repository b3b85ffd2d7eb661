"""The lines of a rulebook: criteria, papers, questions of the survey, words of documents."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.asking import Question
from quality_mark.choices import DocumentKind
from quality_mark.models.rules import REFUSE, Rulebook
from registry.models.history import tracked


def _part_stays():
    """Parts of announced rules stay as they are: cases were judged by them."""
    return pgtrigger.Trigger(
        name="part_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF EXISTS (SELECT 1 FROM quality_mark_rulebook
                   WHERE id IN (OLD.rulebook_id, NEW.rulebook_id) AND published_at IS NOT NULL) THEN
            {REFUSE}
        END IF;
        RETURN coalesce(NEW, OLD);
""",  # noqa: S608 - no input
    )


class Part(models.Model):
    """A line of a rulebook."""

    rulebook = models.ForeignKey(Rulebook, models.CASCADE, related_name="%(class)s_set", verbose_name="zasady")
    code = models.SlugField("kod", max_length=40)
    title = models.CharField("nazwa", max_length=300)
    help_text = models.TextField("wyjaśnienie", blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "code"], name="%(app_label)s_%(class)s_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(title=""), name="%(app_label)s_%(class)s_named"),
        ]

    def __str__(self):
        return self.title


@tracked
class FormalCriterion(Part):
    """Checked yes or no by the office. `computed` names what the portal can tell by itself."""

    computed = models.CharField("sprawdza portal", max_length=20, blank=True)

    class Meta(Part.Meta):
        verbose_name = "kryterium formalne"
        verbose_name_plural = "kryteria formalne"
        triggers = [_part_stays()]


@tracked
class SubstantiveCriterion(Part):
    """Scored by assessors from 0 to `scale`; counts `weight` times."""

    scale = models.PositiveSmallIntegerField("skala (najwyższa ocena)", default=5)
    weight = models.PositiveSmallIntegerField("waga", default=1)
    threshold = models.PositiveSmallIntegerField("najniższa ocena, która wystarcza", default=0)

    class Meta(Part.Meta):
        verbose_name = "kryterium merytoryczne"
        verbose_name_plural = "kryteria merytoryczne"
        triggers = [_part_stays()]
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(scale__gt=0, weight__gt=0, threshold__lte=F("scale")),
                name="quality_mark_criterion_scale",
                violation_error_message="Próg nie może być wyższy niż skala.",
            ),
        ]


@tracked
class RequiredPaper(Part):
    """A document that goes with an application; of a renewal too when `for_renewal`."""

    is_required = models.BooleanField("wymagany", default=True)
    for_renewal = models.BooleanField("także przy przedłużeniu", default=False)

    class Meta(Part.Meta):
        verbose_name = "dokument do wniosku"
        verbose_name_plural = "dokumenty do wniosku"
        triggers = [_part_stays()]


@tracked
class SurveyQuestion(Question):
    """A question of the survey (ankieta PES)."""

    rulebook = models.ForeignKey(Rulebook, models.CASCADE, related_name="questions", verbose_name="zasady")

    class Meta(Question.Meta):
        verbose_name = "pytanie ankiety"
        verbose_name_plural = "pytania ankiety"
        ordering = ["position", "pk"]
        triggers = [_part_stays()]
        constraints = [
            *Question.Meta.constraints,
            models.UniqueConstraint(fields=["rulebook", "code"], name="quality_mark_surveyquestion_once"),
        ]


@tracked
class DocumentTemplate(models.Model):
    """Words of a document: paragraphs parted by empty lines; {organisation}, {number} … are facts of the case."""

    rulebook = models.ForeignKey(Rulebook, models.CASCADE, related_name="templates", verbose_name="zasady")
    kind = models.CharField("rodzaj", max_length=20, choices=DocumentKind)
    title = models.CharField("tytuł", max_length=200)
    body = models.TextField("treść")

    class Meta:
        verbose_name = "wzór dokumentu"
        verbose_name_plural = "wzory dokumentów"
        ordering = ["kind"]
        triggers = [_part_stays()]
        constraints = [
            models.UniqueConstraint(fields=["rulebook", "kind"], name="quality_mark_template_once"),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="quality_mark_template_kind"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="quality_mark_template_said"),
        ]

    def __str__(self):
        return self.title
