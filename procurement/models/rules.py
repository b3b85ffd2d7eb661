"""What the law says in numbers and lists, each from a day to a day. Nothing of it is a constant of the program."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast

from core.changes import noted
from procurement.choices import Band, BuyerGroup, Nature, RuleKind
from procurement.querysets import DatedQuerySet
from registry.models.history import tracked
from registry.models.institutions import DateRange


class Dated(models.Model):
    """A row of the rules. `is_checked` is False for what no lawyer has confirmed: administrators see it marked."""

    valid_from = models.DateField("obowiązuje od")
    valid_until = models.DateField("obowiązuje do (bez tego dnia)", null=True, blank=True)
    legal_basis = models.CharField("podstawa prawna", max_length=300)
    source = models.CharField("źródło", max_length=300, blank=True)
    is_checked = models.BooleanField("sprawdzone", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        # Pages of orders name them.
        triggers = [noted("procurement_entrychange")]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_dates",
                violation_error_message="Koniec obowiązywania musi być po początku.",
            ),
        ]


def once_at_a_time(name, *fields):
    """No two rows with the same `fields` on one day."""
    same = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS)],
        violation_error_message="W tym czasie obowiązuje już inny wiersz.",
    )


@tracked
class Rule(Dated):
    """A number: a threshold, a rate, a share, a weight. `nature` and `buyer_group` empty mean all of them; `is_social`
    that it is the one for social and other special services (art. 359 PZP)."""

    kind = models.CharField("co", max_length=20, choices=RuleKind)
    nature = models.CharField("rodzaj zamówienia", max_length=10, choices=Nature, blank=True)
    buyer_group = models.CharField("zamawiający", max_length=12, choices=BuyerGroup, blank=True)
    is_social = models.BooleanField("usługi społeczne i inne szczególne", default=False)
    number = models.DecimalField("wartość", max_digits=16, decimal_places=4)

    class Meta(Dated.Meta):
        verbose_name = "próg lub stawka"
        verbose_name_plural = "progi i stawki"
        ordering = ["kind", "nature", "buyer_group", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(number__gt=0), name="procurement_rule_number"),
            ExclusionConstraint(
                name="procurement_rule_once",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("nature", RangeOperators.EQUAL),
                    ("buyer_group", RangeOperators.EQUAL),
                    (Cast("is_social", models.IntegerField()), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="W tym czasie obowiązuje już inna wartość.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.number.normalize():f} od {self.valid_from:%d.%m.%Y}"


@tracked
class Mode(Dated):
    """How an order is given (tryb): open to authorities in these bands from a day on."""

    code = models.SlugField("kod", max_length=40)
    label = models.CharField("nazwa", max_length=160)
    bands = ArrayField(models.CharField(max_length=12, choices=Band), verbose_name="kiedy")
    # eForms procurement-procedure-type and OCDS method (open, selective, limited, direct).
    eforms = models.CharField("eForms", max_length=20, blank=True)
    ocds_method = models.CharField("OCDS method", max_length=12, blank=True)
    # Words that plans and notices call it by.
    synonyms = models.JSONField("inne nazwy", default=list, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta(Dated.Meta):
        verbose_name = "tryb"
        verbose_name_plural = "tryby"
        ordering = ["position", "code", "-valid_from"]
        constraints = [*Dated.Meta.constraints, once_at_a_time("procurement_mode_once", "code")]

    def __str__(self):
        return self.label


@tracked
class ClauseKind(Dated):
    """A social clause by its article, and what has to be said when it is used."""

    code = models.SlugField("kod", max_length=40)
    article = models.CharField("artykuł", max_length=20)
    label = models.CharField("nazwa", max_length=160)
    summary = models.TextField("na czym polega", max_length=1000, blank=True)
    groups = ArrayField(models.CharField(max_length=40), verbose_name="grupy osób", default=list, blank=True)
    # Which fields of a clause it asks for: groups, people, months, percent, weight, activities, label, control.
    needs = ArrayField(models.CharField(max_length=12), verbose_name="wymagane dane", default=list, blank=True)
    # OCDS sustainability extension: strategy and goal; eForms code.
    ocds_strategy = models.CharField("OCDS strategies", max_length=40, blank=True)
    ocds_goal = models.CharField("OCDS goal", max_length=60, blank=True)
    eforms = models.CharField("eForms", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta(Dated.Meta):
        verbose_name = "rodzaj klauzuli"
        verbose_name_plural = "rodzaje klauzul"
        ordering = ["position", "code", "-valid_from"]
        constraints = [*Dated.Meta.constraints, once_at_a_time("procurement_clause_kind_once", "code")]

    def __str__(self):
        # Not every clause has an article: below the act it is a matter of the buyer's own rules.
        return f"art. {self.article} – {self.label}" if self.article.isdigit() else self.label


@tracked
class ClauseGroup(Dated):
    """A group of people that a clause may name (art. 94 ust. 1, art. 96 ust. 2 pkt 2 PZP)."""

    code = models.SlugField("kod", max_length=40)
    label = models.CharField("nazwa", max_length=200)
    articles = ArrayField(models.CharField(max_length=20), verbose_name="artykuły", default=list, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta(Dated.Meta):
        verbose_name = "grupa osób"
        verbose_name_plural = "grupy osób"
        ordering = ["position", "code", "-valid_from"]
        constraints = [*Dated.Meta.constraints, once_at_a_time("procurement_clause_group_once", "code")]

    def __str__(self):
        return self.label


class CodeListEntry(models.Model):
    """A code of a published list (eForms), as it was published."""

    codelist = models.CharField("lista", max_length=40)
    code = models.CharField("kod", max_length=40)
    label_pl = models.CharField("nazwa", max_length=400)
    label_en = models.CharField("nazwa angielska", max_length=400, blank=True)

    class Meta:
        verbose_name = "kod listy"
        verbose_name_plural = "kody list"
        ordering = ["codelist", "code"]
        constraints = [models.UniqueConstraint(fields=["codelist", "code"], name="procurement_code_once")]

    def __str__(self):
        return f"{self.codelist}: {self.code} {self.label_pl}"
