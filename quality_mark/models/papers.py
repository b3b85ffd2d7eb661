"""What goes with an application: its files, and what others say of its offer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.links import LinkKeyField
from quality_mark.models.applications import Application, paper_path
from quality_mark.models.gone import FileMayGo, gone_and_told
from quality_mark.querysets import RecommendationQuerySet


class Paper(FileMayGo):
    """A file of an application: what was asked for (`code` of the rules), a signed copy, a recommendation, or what
    the office has made."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="papers")
    code = models.SlugField("czego dotyczy", max_length=40)
    file = models.FileField("plik", upload_to=paper_path)
    name = models.CharField("nazwa", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_of_office = models.BooleanField(default=False)
    # The applicant reads it; notes of assessors and papers of the commission are not theirs to read.
    is_shown = models.BooleanField(default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "dokument wniosku"
        verbose_name_plural = "dokumenty wniosków"
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="quality_mark_paper_hash"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(removed_at__gte=F("uploaded_at")), name="quality_mark_paper_removed"
            ),
            gone_and_told("file", "quality_mark_paper_gone"),
        ]

    def __str__(self):
        return self.name


class Recommendation(models.Model):
    """Words of a customer about the quality of the offer: asked for by e-mail and written by a link, or uploaded."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="recommendations")
    recommender = models.CharField("kto poleca", max_length=200)
    email = models.EmailField("e-mail", blank=True)
    link_key = LinkKeyField()
    text = models.TextField("treść", blank=True)
    signed_name = models.CharField("imię i nazwisko", max_length=120, blank=True)
    function = models.CharField("funkcja", max_length=120, blank=True)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "rekomendacja"
        verbose_name_plural = "rekomendacje"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(recommender=""), name="quality_mark_recommendation_of_somebody"),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | ~Q(text="") | Q(paper__isnull=False),
                name="quality_mark_recommendation_given",
            ),
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | Q(declined_at__isnull=True),
                name="quality_mark_recommendation_given_or_declined",
            ),
        ]

    def __str__(self):
        return self.recommender

    @property
    def is_waiting(self):
        """Asked for by letter, and neither written nor declined."""
        return bool(self.email) and self.given_at is None and self.declined_at is None
