"""The assessment of an application: who was asked, what each of them found, visits and comments."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from quality_mark.models.applications import Application
from quality_mark.models.papers import Paper
from registry.models.history import tracked


def _person(**options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", **options
    )


class AssessmentQuerySet(models.QuerySet):
    def active(self):
        """Of those who were not taken off the case."""
        return self.filter(left_at=None)

    def waiting(self):
        return self.active().filter(sent_at=None)


@tracked
class Assessment(models.Model):
    """What one assessor is asked for. They first declare that they have no conflict, or leave with a reason."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assessments", verbose_name="wniosek")
    assessor = _person(verbose_name="oceniający")
    is_third = models.BooleanField("ocena dodatkowa, bo dwie się różnią", default=False)
    asked_at = models.DateTimeField("przydzielono")
    due_on = models.DateField("ocena do dnia")
    declared_at = models.DateTimeField("oświadczenie o braku konfliktu", null=True, blank=True)
    sent_at = models.DateTimeField("wysłano", null=True, blank=True)
    comment = models.TextField("podsumowanie", blank=True)
    left_at = models.DateTimeField("odsunięto", null=True, blank=True)
    left_why = models.CharField("powód odsunięcia", max_length=500, blank=True)
    has_conflict = models.BooleanField("konflikt interesów", default=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = "ocena merytoryczna"
        verbose_name_plural = "oceny merytoryczne"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], condition=Q(left_at=None), name="quality_mark_assessment_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(declared_at__isnull=False), name="quality_mark_assessment_declared"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None, left_why="", has_conflict=False)
                | (Q(left_at__isnull=False) & ~Q(left_why="")),
                name="quality_mark_assessment_left",
            ),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.assessor_id}"


class Score(models.Model):
    """From 0 to the scale of the criterion, with a reason. A draft may be empty; what was sent stays."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("quality_mark.SubstantiveCriterion", models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "ocena kryterium"
        verbose_name_plural = "oceny kryteriów"
        ordering = ["criterion__position", "criterion_id"]
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="quality_mark_score_once")]
        triggers = [
            pgtrigger.Trigger(
                name="sent_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF EXISTS (SELECT 1 FROM quality_mark_assessment
                           WHERE id IN (OLD.assessment_id, NEW.assessment_id) AND sent_at IS NOT NULL) THEN
                    RAISE EXCEPTION 'what was sent is never changed'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_score_sent';
                END IF;
                IF TG_OP <> 'DELETE' AND NEW.value > (
                        SELECT scale FROM quality_mark_substantivecriterion WHERE id = NEW.criterion_id) THEN
                    RAISE EXCEPTION 'more than the scale'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_score_scale';
                END IF;
                IF TG_OP <> 'DELETE' AND NOT EXISTS (
                        SELECT 1 FROM quality_mark_assessment s
                        JOIN quality_mark_application a ON a.id = s.application_id
                        JOIN quality_mark_substantivecriterion c ON c.rulebook_id = a.rulebook_id
                        WHERE s.id = NEW.assessment_id AND c.id = NEW.criterion_id) THEN
                    RAISE EXCEPTION 'a criterion of other rules'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'quality_mark_score_rules';
                END IF;
                RETURN coalesce(NEW, OLD);
""",
            )
        ]

    def __str__(self):
        return f"{self.criterion_id}: {self.value}"


class Visit(models.Model):
    """A visit at the place of work (wizja lokalna). The applicant is not shown its photos, papers of the case."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="visits")
    visited_on = models.DateField("dzień wizyty")
    note = models.TextField("notatka")
    photos = models.ManyToManyField(Paper, related_name="+", verbose_name="zdjęcia")
    made_by = _person()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "wizyta"
        verbose_name_plural = "wizyty"
        ordering = ["visited_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="quality_mark_visit_said")]

    def __str__(self):
        return f"{self.visited_on:%d.%m.%Y}"


class Comment(models.Model):
    """A word about a case between assessors and the office; the applicant does not see it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="comments")
    author = _person()
    is_of_office = models.BooleanField(default=False)
    text = models.TextField("uwaga")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "uwaga do oceny"
        verbose_name_plural = "uwagi do oceny"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="quality_mark_comment_said")]

    def __str__(self):
        return self.text[:60]
