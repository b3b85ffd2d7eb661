"""Who buys: a legal person of the register in its role of contracting authority, and its units."""

from django.db import models

from accounts.choices import Role
from accounts.models.requests import RoleRequest
from procurement.choices import BuyerGroup
from procurement.models.outdated import of_authorities, of_units
from procurement.querysets import ContractingAuthorityQuerySet
from registry.validators import validate_nip


class ContractingAuthority(models.Model):
    """An institution that buys under the public procurement law (art. 4 PZP)."""

    institution = models.OneToOneField(
        "registry.Institution", models.PROTECT, related_name="contracting_authority", verbose_name="instytucja"
    )
    # In the address of its plans.
    slug = models.SlugField("adres", max_length=120, unique=True)
    group = models.CharField(
        "rodzaj zamawiającego",
        max_length=12,
        choices=BuyerGroup,
        default=BuyerGroup.LOCAL,
        help_text="Decyduje o progu unijnym dla dostaw i usług.",
    )
    created_at = models.DateTimeField("dodano", editable=False)

    objects = ContractingAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "zamawiający"
        verbose_name_plural = "zamawiający"
        triggers = [of_authorities()]

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
        triggers = [of_units()]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="procurement_unit_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="procurement_unit_named"),
        ]

    def __str__(self):
        return self.name


class OfficerRequest(RoleRequest):
    """Somebody wants to act for an authority, named by its NIP: it may not be in the register yet."""

    role = Role.OFFICER

    nip = models.CharField("NIP zamawiającego", max_length=10, validators=[validate_nip])
    name = models.CharField("nazwa zamawiającego", max_length=400)
    # Empty for the whole authority.
    unit_name = models.CharField("jednostka", max_length=300, blank=True)

    class Meta(RoleRequest.Meta):
        verbose_name = "prośba urzędnika"
        verbose_name_plural = "prośby urzędników"
        constraints = [
            *RoleRequest.Meta.constraints,
            models.CheckConstraint(condition=models.Q(nip__regex=r"^\d{10}$"), name="procurement_officer_request_nip"),
            models.CheckConstraint(condition=~models.Q(name=""), name="procurement_officer_request_named"),
            models.UniqueConstraint(
                fields=["user", "nip"],
                condition=models.Q(decided_at=None),
                name="procurement_officer_request_one_open",
                violation_error_message="Ta prośba już czeka.",
            ),
        ]

    @property
    def object_name(self):
        return f"{self.name}, {self.unit_name}" if self.unit_name else self.name

    def same_object(self):
        return {"nip": self.nip}
