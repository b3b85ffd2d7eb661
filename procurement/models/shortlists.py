"""Shortlists: suppliers found for an order, kept for the file of the case."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.links import LinkKeyField
from procurement.querysets import ShortlistQuerySet


class Shortlist(models.Model):
    """It belongs to an authority, or to one of its units. Whoever has its link may read it."""

    authority = models.ForeignKey(
        "procurement.ContractingAuthority", models.PROTECT, related_name="shortlists", verbose_name="zamawiający"
    )
    unit = models.ForeignKey(
        "procurement.OrderingUnit", models.PROTECT, null=True, blank=True, related_name="shortlists",
        verbose_name="jednostka",
    )  # fmt: skip
    posting = models.ForeignKey(
        "procurement.Posting", models.SET_NULL, null=True, blank=True, related_name="shortlists", verbose_name="wpis"
    )
    name = models.CharField("nazwa", max_length=200)
    link_key = LinkKeyField()
    created_at = models.DateTimeField("założono", editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField("zmieniono", editable=False)

    objects = ShortlistQuerySet.as_manager()

    class Meta:
        verbose_name = "lista wykonawców"
        verbose_name_plural = "listy wykonawców"
        ordering = ["-changed_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="procurement_shortlist_named")]

    def __str__(self):
        return self.name

    @property
    def owner(self):
        """What permissions are asked of."""
        return self.unit or self.authority


class ShortlistEntry(models.Model):
    """`why` is what spoke for it on the day it was put on the list."""

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="entries")
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, related_name="+", verbose_name="podmiot")
    offer = models.ForeignKey(
        "registry.Offer", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="oferta"
    )
    why = models.CharField("dlaczego", max_length=2000, blank=True)
    score = models.PositiveSmallIntegerField("dopasowanie", null=True, blank=True)
    added_at = models.DateTimeField("dodano")

    class Meta:
        verbose_name = "pozycja listy"
        verbose_name_plural = "pozycje listy"
        ordering = [models.F("score").desc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["shortlist", "organisation"], name="procurement_shortlisted_once")
        ]

    def __str__(self):
        return str(self.organisation_id)


class ShortlistSearch(models.Model):
    """When what was searched for and who was found, all of them: the record that nobody was left out by hand."""

    shortlist = models.ForeignKey(Shortlist, models.CASCADE, related_name="searches")
    searched_at = models.DateTimeField("kiedy")
    words = models.CharField("czego szukano", max_length=1000)
    # [[name, score, why]] in the order of the result.
    found = models.JSONField("kogo znaleziono", default=list)
    total = models.PositiveIntegerField("ilu znaleziono")

    class Meta:
        verbose_name = "wyszukiwanie"
        verbose_name_plural = "wyszukiwania"
        ordering = ["searched_at", "pk"]

    def __str__(self):
        return self.words
