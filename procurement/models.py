"""Who buys: a legal person of the register in its role of contracting authority, and its units."""

from django.db import models

from procurement.querysets import ContractingAuthorityQuerySet


class ContractingAuthority(models.Model):
    """An institution that buys under the public procurement law (art. 4 PZP)."""

    institution = models.OneToOneField(
        "registry.Institution", models.PROTECT, related_name="contracting_authority", verbose_name="instytucja"
    )
    created_at = models.DateTimeField("dodano", editable=False)

    objects = ContractingAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "zamawiający"
        verbose_name_plural = "zamawiający"

    def __str__(self):
        return self.institution.name


class OrderingUnit(models.Model):
    """A unit of an authority that plans and buys by itself: an office's department, a school, a road authority."""

    authority = models.ForeignKey(
        ContractingAuthority, models.PROTECT, related_name="ordering_units", verbose_name="zamawiający"
    )
    name = models.CharField("nazwa", max_length=300)

    class Meta:
        verbose_name = "jednostka zamawiającego"
        verbose_name_plural = "jednostki zamawiającego"
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="procurement_unit_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="procurement_unit_named"),
        ]

    def __str__(self):
        return self.name
