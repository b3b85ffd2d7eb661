"""Texts that people agree to, version by version, and who agreed to which."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class ConsentDocumentQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(valid_from__lte=day)

    def newest_first(self):
        return self.order_by("-valid_from", "-version")

    def current(self, slug, *, day):
        """The version of a text that holds on a day, or None."""
        return self.valid_on(day).filter(slug=slug).newest_first().first()


class ConsentDocument(models.Model):
    """One version of a text. Once somebody has agreed to it the database lets nobody change it."""

    slug = models.SlugField("adres", max_length=60, db_index=False)
    version = models.PositiveSmallIntegerField("wersja")
    title = models.CharField("tytuł", max_length=200)
    text = models.TextField("treść", help_text="Pusty wiersz zaczyna nowy akapit.")
    on_withdrawal = models.CharField("co znaczy wycofanie", max_length=300)
    valid_from = models.DateField("obowiązuje od")

    objects = ConsentDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "treść zgody"
        verbose_name_plural = "treści zgód"
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "version"],
                name="accounts_consent_document_once",
                violation_error_message="Ta wersja już jest. Nadaj następny numer.",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="accounts_consent_document_version"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="accounts_consent_document_says"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agreed_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(),
                func="""
                    IF EXISTS (SELECT FROM accounts_consent WHERE document_id = OLD.id) THEN
                        RAISE EXCEPTION 'somebody has agreed to this version';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.title}, wersja {self.version}"

    def get_absolute_url(self):
        return reverse("privacy:consent_version", args=[self.slug, self.version])


class Consent(models.Model):
    """A person agreed to a version, and perhaps took it back. One that holds for each person and version."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents", verbose_name="osoba")
    document = models.ForeignKey(ConsentDocument, models.PROTECT, related_name="consents", verbose_name="na co")
    given_at = models.DateTimeField("wyrażono")
    withdrawn_at = models.DateTimeField("wycofano", null=True, blank=True)

    class Meta:
        verbose_name = "zgoda"
        verbose_name_plural = "zgody"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "document"], condition=Q(withdrawn_at=None), name="accounts_consent_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")), name="accounts_consent_order"
            ),
        ]

    def __str__(self):
        return str(self.document)
