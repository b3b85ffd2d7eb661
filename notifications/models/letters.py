"""Mail that leaves the building is first a row of the transaction that causes it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from notifications.choices import DIGESTS, Frequency, LetterState
from notifications.querysets import OutgoingEmailQuerySet

WAITING = Q(sent_at=None, failed_at=None, frequency=Frequency.NOW)
WAITING_FOR_DIGEST = Q(frequency__in=DIGESTS, digest=None)


class OutgoingEmail(models.Model):
    """Texts are kept as they were rendered: what the person was told does not change with the template."""

    to = models.EmailField("adres")
    # Whose choice of letters holds; empty for an address without an account.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="konto"
    )
    # The template, which also says what kind of message it is: "accounts/email/invitation".
    template = models.CharField("wzór", max_length=100)
    subject = models.CharField("temat", max_length=200)
    body = models.TextField("treść")
    # One-time links and codes in the body: whoever reads them could act for the person. Emptied when sent.
    secrets = ArrayField(models.TextField(), default=list, blank=True)
    # One text file that goes with the letter, as an invitation for calendars; forgotten when the letter is.
    attachment_name = models.CharField(max_length=100, blank=True, default="")
    attachment_type = models.CharField(max_length=100, blank=True, default="")
    attachment = models.TextField(blank=True, default="")
    dedupe_key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField("powstał")
    due_at = models.DateTimeField("nie wcześniej niż")
    frequency = models.CharField("kiedy", max_length=10, choices=Frequency, default=Frequency.NOW)
    # The letter that told of this one together with others; this one is then never sent by itself.
    digest = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="items", verbose_name="list zbiorczy"
    )
    attempts = models.PositiveSmallIntegerField("prób", default=0)
    last_error = models.CharField("ostatni błąd", max_length=300, blank=True)
    sent_at = models.DateTimeField("wysłano", null=True, blank=True)
    failed_at = models.DateTimeField("zaniechano", null=True, blank=True)
    # The server said that there is no such mailbox, or that it never takes our mail.
    is_bounce = models.BooleanField("adres odrzucony", default=False)

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        verbose_name = "list"
        verbose_name_plural = "listy"
        indexes = [
            models.Index(Lower("to"), "id", condition=WAITING, name="notifications_waiting"),
            models.Index(fields=["due_at"], condition=WAITING, name="notifications_due"),
            models.Index(fields=["created_at"], condition=WAITING_FOR_DIGEST, name="notifications_for_digest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None), name="notifications_sent_or_given_up"
            ),
            # A line break would begin another header of the letter.
            models.CheckConstraint(condition=Q(subject__regex=r"^[^\r\n]+$"), name="notifications_subject_one_line"),
            models.CheckConstraint(
                condition=Q(is_bounce=False) | Q(failed_at__isnull=False), name="notifications_bounce_is_final"
            ),
            models.CheckConstraint(
                condition=Q(attachment="", attachment_name="", attachment_type="")
                | ~Q(attachment="") & ~Q(attachment_name="") & ~Q(attachment_type=""),
                name="notifications_attachment_named",
            ),
            models.CheckConstraint(
                condition=Q(frequency=Frequency.NOW, digest=None)
                | Q(frequency__in=DIGESTS, sent_at=None, failed_at=None),
                name="notifications_alone_or_in_digest",
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def state(self):
        if self.frequency in DIGESTS:
            return LetterState.IN_DIGEST if self.digest_id else LetterState.FOR_DIGEST
        if self.sent_at:
            return LetterState.SENT
        if self.failed_at:
            return LetterState.BOUNCED if self.is_bounce else LetterState.GIVEN_UP
        return LetterState.WAITING
