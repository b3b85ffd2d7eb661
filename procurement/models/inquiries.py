"""Asking suppliers for offers or in a market consultation: one message, one deadline, the same for everybody."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.links import LinkKeyField
from procurement.choices import InquiryKind, InquiryStepName, Opening
from procurement.querysets import InquiryQuerySet


def reply_path(reply, name):
    return f"procurement/replies/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()[:8]}"


class Inquiry(models.Model):
    """Sent once and never changed; its deadline can be moved and the whole withdrawn, of which all asked are told."""

    authority = models.ForeignKey(
        "procurement.ContractingAuthority", models.PROTECT, related_name="inquiries", verbose_name="zamawiający"
    )
    unit = models.ForeignKey(
        "procurement.OrderingUnit", models.PROTECT, null=True, blank=True, related_name="inquiries",
        verbose_name="jednostka",
    )  # fmt: skip
    shortlist = models.ForeignKey(
        "procurement.Shortlist", models.SET_NULL, null=True, blank=True, related_name="inquiries"
    )
    posting = models.ForeignKey(
        "procurement.Posting", models.SET_NULL, null=True, blank=True, related_name="inquiries"
    )
    kind = models.CharField("czego dotyczy", max_length=24, choices=InquiryKind, default=InquiryKind.OFFERS)
    subject = models.CharField("przedmiot", max_length=200)
    message = models.TextField("treść", max_length=8000)
    links = ArrayField(models.URLField(max_length=500), verbose_name="dokumenty", default=list, blank=True)
    opening = models.CharField("odpowiedzi zobaczymy", max_length=12, choices=Opening, default=Opening.AFTER)
    deadline_at = models.DateTimeField("termin odpowiedzi")
    sent_at = models.DateTimeField("wysłano", editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField("wycofano", null=True, blank=True, editable=False)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = "zapytanie"
        verbose_name_plural = "zapytania"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(message=""), name="procurement_inquiry_said"),
            models.CheckConstraint(
                condition=Q(deadline_at__gt=F("sent_at")), name="procurement_inquiry_deadline",
                violation_error_message="Termin musi być po wysłaniu.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.subject

    @property
    def owner(self):
        return self.unit or self.authority

    @property
    def asker(self):
        """Who asks, in words."""
        return f"{self.authority}, {self.unit}" if self.unit else str(self.authority)

    def is_open(self, now):
        return self.withdrawn_at is None and now < self.deadline_at

    def shows_replies(self, now):
        """Whether the officer may read what has come. Of a withdrawn one nothing that was sealed is opened."""
        return self.opening == Opening.COMING or (self.withdrawn_at is None and now >= self.deadline_at)


class Addressee(models.Model):
    """One organisation that was asked, whose link lets it answer without an account."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="addressees")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+", verbose_name="podmiot")
    link_key = LinkKeyField()
    # How many addresses the letter went to: with none nobody was told.
    letters = models.PositiveSmallIntegerField("listów", default=0)
    declined_at = models.DateTimeField("odmówiono", null=True, blank=True)

    class Meta:
        verbose_name = "zapytany podmiot"
        verbose_name_plural = "zapytane podmioty"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "organisation"], name="procurement_asked_once")]

    def __str__(self):
        return str(self.organisation_id)


class Reply(models.Model):
    """What an organisation answered. Until the deadline it may answer again: the last one counts, all are kept."""

    addressee = models.ForeignKey(Addressee, models.CASCADE, related_name="replies")
    text = models.TextField("odpowiedź", max_length=8000)
    price = models.DecimalField("cena netto (zł)", max_digits=14, decimal_places=2, null=True, blank=True)
    file = models.FileField("plik", upload_to=reply_path, blank=True)
    content_type = models.CharField(max_length=120, blank=True, editable=False)
    sender_name = models.CharField("imię i nazwisko", max_length=120)
    sender_email = models.EmailField("e-mail do kontaktu")
    sent_at = models.DateTimeField("nadesłano")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "odpowiedź"
        verbose_name_plural = "odpowiedzi"
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="procurement_reply_price",
                violation_error_message="Cena nie może być ujemna."),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.addressee_id}, {self.sent_at:%d.%m.%Y}"


class InquiryQuestion(models.Model):
    """Question and answer go to everybody, without a word on who asked."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="questions")
    addressee = models.ForeignKey(Addressee, models.SET_NULL, null=True, blank=True, related_name="+")
    question = models.TextField("pytanie", max_length=2000)
    asked_at = models.DateTimeField("zapytano")
    answer = models.TextField("odpowiedź", max_length=4000, blank=True)
    answered_at = models.DateTimeField("odpowiedziano", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "pytanie do zapytania"
        verbose_name_plural = "pytania do zapytania"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="procurement_question_answered",
            ),
        ]

    def __str__(self):
        return self.question[:80]


class InquiryStep(models.Model):
    """What happened and when, for the record of the case."""

    inquiry = models.ForeignKey(Inquiry, models.CASCADE, related_name="steps")
    name = models.CharField("krok", max_length=12, choices=InquiryStepName)
    note = models.CharField("uwagi", max_length=1000, blank=True)
    made_at = models.DateTimeField("kiedy")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "krok zapytania"
        verbose_name_plural = "kroki zapytania"
        ordering = ["made_at", "pk"]

    def __str__(self):
        return self.get_name_display()
