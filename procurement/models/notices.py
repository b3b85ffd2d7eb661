"""Notices of orders, linked to a position of a plan or not: announced on a day, corrected, withdrawn, concluded."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from procurement.choices import Band, Nature, NoticeKind, NoticeState
from procurement.querysets import NoticeQuerySet
from registry.models.history import tracked

BZP_NUMBER = r"^\d{4}/BZP \d{8}(/\d{2})?$"
# Since 2023, and before: "123456-2026", "2022/S 012-034567".
TED_NUMBER = r"^(\d{1,8}-\d{4}|\d{4}/S \d{3}-\d{6})$"
# The number in the address of the page, or with the year and the number of the buyer: "2026-10234-198765".
BK_NUMBER = r"^(\d{4}-\d{1,8}-)?\d{1,10}$"
PROCEDURE_ID = r"^ocds-148610-[0-9a-f-]{36}$"


def document_path(document, name):
    return f"procurement/documents/{uuid.uuid4().hex}.{name.rpartition('.')[2].lower()[:8]}"


def _shape(field, pattern, name, words):
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": pattern}), name=name, violation_error_message=words
    )


@tracked
class Notice(models.Model):
    """Money is net PLN, moments are of Europe/Warsaw. `publish_at` is when a scheduled one is announced by itself."""

    posting = models.OneToOneField("procurement.Posting", models.PROTECT, primary_key=True, related_name="notice")
    authority = models.ForeignKey(
        "procurement.ContractingAuthority", models.PROTECT, related_name="notices", verbose_name="zamawiający"
    )
    unit = models.ForeignKey(
        "procurement.OrderingUnit", models.PROTECT, null=True, blank=True, related_name="notices",
        verbose_name="jednostka",
    )  # fmt: skip
    position = models.ForeignKey(
        "procurement.PlanPosition", models.PROTECT, null=True, blank=True, related_name="notices",
        verbose_name="pozycja planu",
    )  # fmt: skip
    kind = models.CharField("rodzaj ogłoszenia", max_length=40, choices=NoticeKind, default=NoticeKind.CONTRACT)
    state = models.CharField("stan", max_length=16, choices=NoticeState, default=NoticeState.DRAFT, editable=False)
    subject = models.CharField("przedmiot", max_length=1000)
    description = models.TextField("opis", max_length=10_000, blank=True)
    nature = models.CharField("rodzaj zamówienia", max_length=10, choices=Nature, blank=True)
    is_social = models.BooleanField("usługi społeczne i inne szczególne", default=False)
    mode = models.ForeignKey(
        "procurement.Mode", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tryb"
    )
    cpv = models.ManyToManyField("registry.CpvCode", through="procurement.NoticeCpv", related_name="+")
    value = models.DecimalField(
        "wartość szacunkowa netto (zł)", max_digits=16, decimal_places=2, null=True, blank=True
    )
    value_is_public = models.BooleanField("pokazuj wartość", default=True)
    price_weight = models.PositiveSmallIntegerField("waga ceny (%)", null=True, blank=True)
    band = models.CharField("próg", max_length=12, choices=Band, blank=True, editable=False)
    judged_by = models.ForeignKey(
        "procurement.Rule", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    bzp_number = models.CharField("numer w BZP", max_length=30, blank=True)
    ted_number = models.CharField("numer w TED", max_length=30, blank=True)
    procedure_id = models.CharField("identyfikator postępowania", max_length=60, blank=True)
    bk_number = models.CharField("numer w Bazie Konkurencyjności", max_length=40, blank=True)
    signature = models.CharField("znak sprawy", max_length=80, blank=True)
    url = models.URLField("strona postępowania", max_length=500, blank=True)
    deadline_at = models.DateTimeField("termin składania ofert", null=True, blank=True)
    performed_from = models.DateField("realizacja od", null=True, blank=True)
    performed_until = models.DateField("realizacja do", null=True, blank=True)
    # TERYT of a municipality or county; empty: the whole region or elsewhere.
    municipality = models.ForeignKey(
        "registry.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gmina"
    )
    county = models.ForeignKey(
        "registry.County", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="powiat"
    )
    place = models.CharField("miejsce realizacji", max_length=300, blank=True)
    contact_name = models.CharField("osoba do kontaktu", max_length=120, blank=True)
    contact_email = models.EmailField("e-mail do pytań", blank=True)
    contact_phone = models.CharField("telefon do pytań", max_length=20, blank=True)
    publish_at = models.DateTimeField("ogłoś dnia", null=True, blank=True)
    published_at = models.DateTimeField("ogłoszono", null=True, blank=True, editable=False)
    ended_at = models.DateTimeField("zakończono", null=True, blank=True, editable=False)
    end_reason = models.CharField("powód", max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField("dodano", editable=False)
    changed_at = models.DateTimeField("zmieniono", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "ogłoszenie"
        verbose_name_plural = "ogłoszenia"
        indexes = [
            models.Index(fields=["publish_at"], condition=Q(state="zaplanowane"), name="procurement_notice_due")
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="procurement_notice_subject"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="procurement_notice_value",
                violation_error_message="Wartość nie może być ujemna."),
            models.CheckConstraint(
                condition=Q(price_weight=None) | Q(price_weight__range=(0, 100)), name="procurement_notice_weight",
                violation_error_message="Waga to liczba od 0 do 100.",
            ),
            _shape("bzp_number", BZP_NUMBER, "procurement_notice_bzp", "Numer w BZP ma postać 2026/BZP 00012345/01."),
            _shape("ted_number", TED_NUMBER, "procurement_notice_ted", "Numer w TED ma postać 123456-2026."),
            _shape("procedure_id", PROCEDURE_ID, "procurement_notice_ocds",
                "Identyfikator postępowania ma postać ocds-148610- i 36 znaków."),
            models.CheckConstraint(
                condition=Q(performed_until=None)
                | Q(performed_from=None)
                | Q(performed_until__gte=F("performed_from")),
                name="procurement_notice_performed",
                violation_error_message="Realizacja nie może się skończyć przed początkiem.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*NoticeState.public(), NoticeState.WITHDRAWN], published_at__isnull=False)
                | Q(state__in=[NoticeState.DRAFT, NoticeState.SCHEDULED], published_at=None),
                name="procurement_notice_published",
            ),
            models.CheckConstraint(
                condition=~Q(state=NoticeState.SCHEDULED) | Q(publish_at__isnull=False),
                name="procurement_notice_scheduled",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.subject[:80]


class NoticeCpv(models.Model):
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="cpv_links", db_index=False)
    code = models.ForeignKey("registry.CpvCode", models.PROTECT, related_name="+", verbose_name="kod CPV")
    # The first one is the main one.
    order = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "CPV ogłoszenia"
        verbose_name_plural = "CPV ogłoszenia"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "code"], name="procurement_notice_cpv_once")]

    def __str__(self):
        return str(self.code)


@tracked
class NoticePart(models.Model):
    """A part of the order (art. 91 PZP)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField("część")
    subject = models.CharField("przedmiot części", max_length=500)
    value = models.DecimalField("wartość netto (zł)", max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "część"
        verbose_name_plural = "części"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="procurement_part_once"),
            models.CheckConstraint(condition=~Q(subject=""), name="procurement_part_subject"),
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="procurement_part_value"),
        ]

    def __str__(self):
        return f"{self.number}. {self.subject[:80]}"


class NoticeDocument(models.Model):
    """A file kept here, or a link to where it lies."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="documents")
    title = models.CharField("tytuł", max_length=200)
    file = models.FileField("plik", upload_to=document_path, blank=True)
    content_type = models.CharField(max_length=120, blank=True, editable=False)
    url = models.URLField("adres", max_length=500, blank=True)
    added_at = models.DateTimeField("dodano", editable=False)

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokumenty"
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") & ~Q(url="") | ~Q(file="") & Q(url=""), name="procurement_document_somewhere",
                violation_error_message="Dodaj plik albo adres.",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.title


class NoticeStep(models.Model):
    """Announced, corrected, withdrawn, concluded: what was done, why, and what a correction changed."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="steps")
    name = models.CharField("krok", max_length=30)
    source = models.CharField(max_length=16, choices=NoticeState)
    target = models.CharField(max_length=16, choices=NoticeState)
    note = models.CharField("dlaczego", max_length=500, blank=True)
    # Of a correction: {name of the field: [before, after]} in words.
    changes = models.JSONField("co zmieniono", default=dict, blank=True)
    made_at = models.DateTimeField("kiedy")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "krok ogłoszenia"
        verbose_name_plural = "kroki ogłoszenia"
        ordering = ["made_at", "pk"]

    def __str__(self):
        return self.name
