"""The agreement of a mark, its certificate, and the files of the sign itself."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from quality_mark.choices import SignedBy
from quality_mark.models.gone import FileMayGo, gone_and_told
from quality_mark.models.immutable import stays


def _person():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")


def certificate_path(certificate, name):
    return f"quality_mark/certificates/{uuid.uuid4().hex}.pdf"


def sign_path(row, name):
    return f"quality_mark/sign/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()[:8]}"


class Agreement(models.Model):
    """A licence agreement that waits for two signatures; `paper` is what is signed, `signed` what came back."""

    application = models.OneToOneField("quality_mark.Application", models.PROTECT, related_name="agreement")
    paper = models.ForeignKey("quality_mark.Paper", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    holder_signed_at = models.DateTimeField("podpis podmiotu", null=True, blank=True)
    holder_signed_by = models.CharField(max_length=20, choices=SignedBy, blank=True)
    holder = _person()
    # As typed under a declaration; a scan shows who has signed.
    signed_name = models.CharField("imię i nazwisko", max_length=120, blank=True)
    signed = models.ForeignKey("quality_mark.Paper", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "umowa licencyjna"
        verbose_name_plural = "umowy licencyjne"
        constraints = [
            models.CheckConstraint(
                condition=Q(holder_signed_at=None, holder_signed_by="")
                | (
                    Q(holder_signed_at__gte=F("made_at"), holder_signed_by__in=SignedBy.values)
                    & (Q(signed__isnull=False) | ~Q(signed_name=""))
                ),
                name="quality_mark_agreement_signed_somehow",
            )
        ]

    def __str__(self):
        return f"umowa {self.application_id}"


class Certificate(FileMayGo):
    """The certificate of one licence. Its row stands from the signature on; a worker makes the file after that."""

    licence = models.OneToOneField("quality_mark.Licence", models.PROTECT, related_name="certificate")
    file = models.FileField(upload_to=certificate_path, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "certyfikat"
        verbose_name_plural = "certyfikaty"
        indexes = [models.Index(fields=["id"], condition=Q(made_at=None), name="quality_mark_cert_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None)
                | ((~Q(file="") | Q(gone_at__isnull=False)) & Q(sha256__regex=r"^[0-9a-f]{64}$")),
                name="quality_mark_certificate_made",
            ),
            gone_and_told("file", "quality_mark_certificate_gone"),
            models.CheckConstraint(
                condition=Q(made_at=None) | Q(made_at__gte=F("asked_at")), name="quality_mark_certificate_after"
            ),
        ]

    def __str__(self):
        return f"certyfikat {self.licence_id}"


class SignFile(models.Model):
    """One file of the logo pack. Who holds no valid mark does not get it."""

    title = models.CharField("nazwa", max_length=120)
    file = models.FileField("plik", upload_to=sign_path)
    suffix = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    uploaded_by = _person()
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "plik znaku"
        verbose_name_plural = "pliki znaku"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="quality_mark_signfile_named")]

    def __str__(self):
        return self.title


class SignDownload(models.Model):
    """That somebody took the logo pack in the name of a holder. Rows are only added."""

    mark = models.ForeignKey("quality_mark.Mark", models.PROTECT, related_name="sign_downloads")
    person = _person()
    files = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "pobranie znaku"
        verbose_name_plural = "pobrania znaku"
        ordering = ["-at", "-pk"]
        triggers = [stays("download_stays", but=["person"])]

    def __str__(self):
        return f"{self.mark_id}: {self.at:%d.%m.%Y}"
