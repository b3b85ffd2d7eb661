"""Where one is found and reached: shared by legal persons, units and places of work."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left


class Address(models.Model):
    """Areas have no index here: who lies where is asked of the catalogue's entries, and each index slows an import."""

    street = models.CharField("ulica", max_length=120, blank=True)
    house_number = models.CharField("nr domu", max_length=20, blank=True)
    flat_number = models.CharField("nr lokalu", max_length=20, blank=True)
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True)
    post_office = models.CharField("poczta", max_length=80, blank=True)
    town = models.CharField("miejscowość", max_length=80, blank=True)
    municipality = models.ForeignKey(
        "registry.Municipality",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="gmina",
    )
    county = models.ForeignKey(
        "registry.County",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name="powiat",
    )

    class Meta:
        abstract = True

    @property
    def street_line(self):
        """Street, house and flat as on an envelope: `ul. Drukarska 37/78`, `Księgnice 14`, or empty."""
        number = f"{self.house_number}/{self.flat_number}" if self.flat_number else self.house_number
        return f"{self.street} {number}".strip()


class Contact(models.Model):
    phone = models.CharField("telefon", max_length=16, blank=True, help_text="Z numerem kraju: +48710000000")
    phone_other = models.CharField("inne telefony", max_length=120, blank=True)
    email = models.EmailField("e-mail", blank=True)
    www = models.URLField("strona www", max_length=300, blank=True)

    class Meta:
        abstract = True


def address_constraints(prefix):
    """Database checks for a concrete table; a TERYT municipality begins with the code of its county."""
    return [
        models.CheckConstraint(
            condition=Q(postal_code="") | Q(postal_code__regex=r"^\d{2}-\d{3}$"),
            name=f"{prefix}_postal_code",
            violation_error_message="Kod pocztowy ma postać 00-000.",
        ),
        models.CheckConstraint(
            condition=Q(municipality__isnull=True) | Q(county__isnull=False, county_id=Left(F("municipality_id"), 4)),
            name=f"{prefix}_municipality_in_county",
            violation_error_message="Ta gmina leży w innym powiecie.",
        ),
    ]


def contact_constraints(prefix):
    return [
        models.CheckConstraint(
            condition=Q(phone="") | Q(phone__regex=r"^\+\d{6,15}$"),
            name=f"{prefix}_phone",
            violation_error_message="Telefon ma postać +48 i dziewięć cyfr.",
        )
    ]
