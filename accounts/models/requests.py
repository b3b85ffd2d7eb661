"""Somebody asks for a role. What it would be for is added by the app that knows it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def folder_of(model):
    return f"requests/{model._meta.label_lower}"


def document_path(request, name):
    """A name that tells nothing: the one under which it was sent may hold a person's."""
    return f"{folder_of(request)}/{uuid.uuid4().hex}.{name.rpartition('.')[2]}"


class RoleRequest(models.Model):
    """Open until somebody decides. The document is erased some days after that, the rest stays to say who decided."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="kto prosi")
    reason = models.TextField("uzasadnienie", max_length=1000)
    document = models.FileField("dokument", upload_to=document_path, blank=True)
    asked_at = models.DateTimeField("poproszono", editable=False)
    decided_at = models.DateTimeField("rozpatrzono", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="kto rozpatrzył",
    )
    is_accepted = models.BooleanField("przyjęto", null=True, blank=True, editable=False)
    answer = models.CharField("odpowiedź", max_length=500, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="%(app_label)s_%(class)s_reason"),
            # Who decided may be forgotten with their account; without a decision there is nobody.
            models.CheckConstraint(
                condition=Q(decided_at=None, is_accepted=None, decided_by=None, answer="")
                | Q(decided_at__isnull=False, is_accepted__isnull=False),
                name="%(app_label)s_%(class)s_decided",
            ),
            models.CheckConstraint(
                condition=~Q(is_accepted=False) | ~Q(answer=""), name="%(app_label)s_%(class)s_refused_in_words"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.object_name}"

    @property
    def answer_by(self):
        """The day by which it should be answered."""
        return timezone.localdate(self.asked_at) + timedelta(days=settings.REQUEST_ANSWER_DAYS)
