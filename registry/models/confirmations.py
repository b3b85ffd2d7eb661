"""How the register keeps itself true: rules from a day to a day, letters that ask, confirmations, telephone calls."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.links import LinkKeyField, token
from registry.choices import Answer, CallOutcome, Channel, Verifier
from registry.models.institutions import DateRange
from registry.querysets import ConfirmationRequestQuerySet, FreshnessRuleQuerySet

# The purpose of links in letters that ask for a confirmation (core.links).
LINK = "confirmation"


class FreshnessRule(models.Model):
    """When a card is asked after, reminded and called unconfirmed or inactive. The rule of the day decides.

    Months are counted from the last confirmation, of cards never confirmed from their publication; days from the
    letter that asked.
    """

    valid_from = models.DateField("obowiązuje od")
    valid_until = models.DateField("obowiązuje do (bez tego dnia)", null=True, blank=True)
    ask_after_months = models.PositiveSmallIntegerField("prośba po miesiącach", default=12)
    first_reminder_days = models.PositiveSmallIntegerField("pierwsze przypomnienie po dniach", default=14)
    second_reminder_days = models.PositiveSmallIntegerField("drugie przypomnienie po dniach", default=28)
    silence_days = models.PositiveSmallIntegerField("„niepotwierdzony” po dniach milczenia", default=42)
    inactive_after_months = models.PositiveSmallIntegerField("„nieaktywny” po miesiącach", default=24)
    note = models.CharField("dlaczego", max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="kto"
    )
    changed_at = models.DateTimeField("zapisano", auto_now_add=True)

    objects = FreshnessRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "zasady potwierdzania danych"
        verbose_name_plural = "zasady potwierdzania danych"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="registry_freshness_dates",
                violation_error_message="Koniec obowiązywania musi być po początku.",
            ),
            ExclusionConstraint(
                name="registry_freshness_once",
                expressions=[(DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS)],
                violation_error_message="W tym czasie obowiązują już inne zasady.",
            ),
            models.CheckConstraint(
                condition=Q(first_reminder_days__gt=0)
                & Q(second_reminder_days__gt=F("first_reminder_days"))
                & Q(silence_days__gt=F("second_reminder_days"))
                & Q(silence_days__lte=366),
                name="registry_freshness_days",
                violation_error_message="Przypomnienia idą po kolei, a milczenie liczy się po obu (najwyżej 366 dni).",
            ),
            models.CheckConstraint(
                condition=Q(ask_after_months__gt=0)
                & Q(inactive_after_months__gt=F("ask_after_months"))
                & Q(inactive_after_months__lte=120),
                name="registry_freshness_months",
                violation_error_message="„Nieaktywny” przychodzi później niż prośba, najwyżej po 120 miesiącach.",
            ),
        ]

    def __str__(self):
        return f"zasady od {self.valid_from:%d.%m.%Y}"


class ConfirmationRequest(models.Model):
    """One letter with its reminders that asks whether a card is still true. Open until answered or over."""

    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="confirmation_requests", verbose_name="podmiot"
    )
    link_key = LinkKeyField()
    # Where the last letter of it went; emptied when its keeping time is over.
    address = models.EmailField("adres", blank=True)
    letter = models.ForeignKey(
        "notifications.OutgoingEmail",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="ostatni list",
    )
    asked_on = models.DateField("zapytano")
    first_reminded_on = models.DateField("pierwsze przypomnienie", null=True, blank=True)
    second_reminded_on = models.DateField("drugie przypomnienie", null=True, blank=True)
    expires_on = models.DateField("odsyłacz ważny do (bez tego dnia)")
    answer = models.CharField("odpowiedź", max_length=20, choices=Answer, blank=True)
    answered_at = models.DateTimeField("odpowiedziano", null=True, blank=True)
    ended_on = models.DateField("zakończono", null=True, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "prośba o potwierdzenie danych"
        verbose_name_plural = "prośby o potwierdzenie danych"
        indexes = [models.Index(fields=["organisation", "-asked_on"], name="registry_request_last")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(ended_on=None), name="registry_request_one_open"
            ),
            models.CheckConstraint(
                condition=(Q(first_reminded_on=None) | Q(first_reminded_on__gt=F("asked_on")))
                & (Q(second_reminded_on=None) | Q(second_reminded_on__gt=F("first_reminded_on")))
                & (Q(second_reminded_on=None) | Q(first_reminded_on__isnull=False)),
                name="registry_request_reminders_in_order",
            ),
            models.CheckConstraint(condition=Q(expires_on__gt=F("asked_on")), name="registry_request_expires_later"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=Answer.values, answered_at__isnull=False, ended_on__isnull=False),
                name="registry_request_answered_is_ended",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("asked_on")), name="registry_request_ends_later"
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.asked_on:%d.%m.%Y}"

    @property
    def link(self):
        """The address in the letter, without the site."""
        return reverse("registry:confirmation", args=[token(LINK, self)])


class Confirmation(models.Model):
    """Somebody said on a day that a card is true. Rows are added and never changed; the card holds the last one."""

    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="confirmations", verbose_name="podmiot"
    )
    day = models.DateField("dzień")
    by = models.CharField("kto", max_length=20, choices=Verifier)
    channel = models.CharField("w jaki sposób", max_length=12, choices=Channel)
    source = models.ForeignKey(
        "registry.DataSource", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="źródło"
    )
    run = models.ForeignKey("registry.ImportRun", models.SET_NULL, null=True, related_name="+", verbose_name="import")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="konto"
    )
    written_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "potwierdzenie danych"
        verbose_name_plural = "potwierdzenia danych"
        indexes = [models.Index(fields=["organisation", "-day", "-id"], name="registry_confirmation_last")]
        constraints = [
            models.CheckConstraint(condition=Q(by__in=Verifier.values), name="registry_confirmation_by"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="registry_confirmation_channel"),
            # A register confirms by a list that was loaded, and a list confirms for a register only.
            models.CheckConstraint(
                condition=Q(by=Verifier.REGISTER, channel__in=[Channel.IMPORT, Channel.UNKNOWN])
                | ~Q(by=Verifier.REGISTER) & ~Q(channel=Channel.IMPORT),
                name="registry_confirmation_of_register",
            ),
            models.UniqueConstraint(
                fields=["organisation", "day", "by", "channel"], name="registry_confirmation_once_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.day:%d.%m.%Y}, {self.get_by_display()}"


class CallAttempt(models.Model):
    """A coordinator rang: what came of it. Tries are kept, so that nobody rings the same wrong number twice."""

    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="call_attempts", verbose_name="podmiot"
    )
    made_at = models.DateTimeField("kiedy")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="kto dzwonił"
    )
    outcome = models.CharField("wynik", max_length=20, choices=CallOutcome)
    words = models.CharField("notatka", max_length=500, blank=True)

    class Meta:
        verbose_name = "rozmowa z podmiotem"
        verbose_name_plural = "rozmowy z podmiotami"
        indexes = [models.Index(fields=["organisation", "-made_at"], name="registry_call_last")]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=CallOutcome.values), name="registry_call_outcome")
        ]

    def __str__(self):
        return f"{self.organisation}, {self.get_outcome_display()}"
