"""The catalogue card of a social-economy organisation, the unit it may stand for, and what hangs on the card."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from registry.choices import Activity, EmployeesBand, TargetGroup, Verifier
from registry.models.address import Address, Contact, address_constraints, contact_constraints
from registry.models.folding import words_index
from registry.models.former_slugs import keeps_old_addresses
from registry.models.history import tracked
from registry.querysets import OrganisationQuerySet
from registry.validators import validate_regon


@tracked
class Unit(Address, Contact):
    """WTZ, ZAZ, CIS or KIS: no legal person of its own, run by an operator (jednostka tworząca, art. 2 pkt 3)."""

    operator = models.ForeignKey(
        "registry.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="units",
        verbose_name="organ prowadzący",
        help_text="Puste tylko wtedy, gdy źródło go nie podało.",
    )
    name = models.CharField("nazwa", max_length=400)
    short_name = models.CharField("nazwa skrócona", max_length=120, blank=True)
    sort_key = models.CharField(max_length=420, db_collation="C", editable=False)
    regon = models.CharField("REGON jednostki lokalnej", max_length=14, blank=True, validators=[validate_regon])
    register_number = models.CharField("numer w rejestrze wojewody", max_length=60, blank=True)
    started_on = models.DateField("działa od", null=True, blank=True)
    expires_on = models.DateField("status ważny do", null=True, blank=True)
    ended_on = models.DateField("zakończyła działalność", null=True, blank=True)
    removed_at = models.DateTimeField("usunięto z rejestru", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("dodano", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    class Meta:
        verbose_name = "jednostka"
        verbose_name_plural = "jednostki"
        indexes = [words_index("registry_unit_words")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="registry_unit_name"),
            models.CheckConstraint(
                condition=Q(regon="") | Q(regon__regex=r"^(\d{9}|\d{14})$"), name="registry_unit_regon_format"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="registry_unit_ended_after_started",
                violation_error_message="Koniec działalności nie może być przed jej początkiem.",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(started_on__isnull=True) | Q(expires_on__gt=F("started_on")),
                name="registry_unit_expires_after_started",
                violation_error_message="Status nie może wygasnąć przed początkiem działalności.",
            ),
            models.UniqueConstraint(
                fields=["regon"],
                condition=~Q(regon="") & Q(removed_at__isnull=True),
                name="registry_unit_regon_once",
                violation_error_message="Ten REGON ma już inna jednostka w rejestrze.",
            ),
            *address_constraints("registry_unit"),
            *contact_constraints("registry_unit"),
        ]

    def __str__(self):
        return self.name


@tracked
class Organisation(models.Model):
    """One card of the catalogue. It stands for a unit, or, without one, for the institution itself."""

    institution = models.ForeignKey(
        "registry.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name="instytucja",
    )
    unit = models.OneToOneField(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="organisation", verbose_name="jednostka"
    )
    kind = models.ForeignKey(
        "registry.OrganisationKind", on_delete=models.PROTECT, db_index=False, verbose_name="rodzaj"
    )
    slug = models.SlugField("adres", max_length=120, db_index=False)
    description = models.TextField("opis działalności", blank=True)
    mission = models.TextField("misja społeczna", blank=True)
    contact_person = models.CharField("osoba do kontaktu", max_length=120, blank=True)
    contact_consent_on = models.DateField("zgoda osoby na publikację z dnia", null=True, blank=True)
    opening_hours = models.CharField("godziny", max_length=200, blank=True)
    social_media = ArrayField(
        models.URLField(max_length=300), verbose_name="media społecznościowe", default=list, blank=True
    )
    serves = ArrayField(
        models.CharField(max_length=7),
        verbose_name="obszar działania",
        default=list,
        blank=True,
        help_text="Kody TERYT gmin, powiatów lub województwa; PL to cały kraj.",
    )
    target_groups = ArrayField(
        models.CharField(max_length=30, choices=TargetGroup),
        verbose_name="grupy reintegrowane",
        default=list,
        blank=True,
    )
    employees = models.CharField("zatrudnienie", max_length=10, choices=EmployeesBand, blank=True)
    art94_declared = models.BooleanField("deklaruje warunki z art. 94", default=False)
    accessibility = models.TextField("dostępność", blank=True)
    other_marks = models.CharField("inne znaki", max_length=300, blank=True)
    support_centre = models.CharField("OWES opiekun", max_length=160, blank=True)
    latitude = models.FloatField("szerokość geograficzna", null=True, blank=True)
    longitude = models.FloatField("długość geograficzna", null=True, blank=True)
    activity = models.CharField("aktywność", max_length=20, choices=Activity, default=Activity.ACTIVE)
    verified_on = models.DateField("dane potwierdzono", null=True, blank=True)
    verified_by = models.CharField("kto potwierdził", max_length=20, choices=Verifier, blank=True)
    # {"phone": "2026-10-03"}: fields a person has confirmed; a weaker source may not overwrite them.
    verified_fields = models.JSONField("potwierdzone pola", default=dict, blank=True)
    source = models.ForeignKey(
        "registry.DataSource", null=True, blank=True, on_delete=models.PROTECT, verbose_name="źródło danych"
    )
    source_as_of = models.DateField("stan źródła na", null=True, blank=True)
    published_at = models.DateTimeField("opublikowano", null=True, blank=True)
    removed_at = models.DateTimeField("usunięto", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, editable=False, related_name="merged_from"
    )
    created_at = models.DateTimeField("dodano", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)
    pkd = models.ManyToManyField(
        "registry.PkdCode", through="registry.OrganisationPkd", related_name="organisations", verbose_name="PKD"
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "podmiot"
        verbose_name_plural = "podmioty"
        # By address, and by how an address begins; the constraint sees to it that there is only one.
        indexes = [models.Index(fields=["slug"], opclasses=["varchar_pattern_ops"], name="registry_organisation_slug")]
        triggers = keeps_old_addresses()
        constraints = [
            models.UniqueConstraint(
                Lower("slug"),
                name="registry_organisation_slug_ci",
                violation_error_message="Ten adres ma albo miał inny podmiot. Wybierz inny.",
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(unit__isnull=True, removed_at__isnull=True),
                name="registry_organisation_own_card_once",
                violation_error_message="Ta instytucja ma już swoją kartę w katalogu.",
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | Q(unit__isnull=False),
                name="registry_organisation_of_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(removed_at__isnull=True),
                name="registry_organisation_removed_is_not_public",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(removed_at__isnull=False),
                name="registry_organisation_merged_is_removed",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="registry_organisation_not_itself",
            ),
            models.CheckConstraint(
                condition=Q(contact_person="") | Q(contact_consent_on__isnull=False),
                name="registry_organisation_contact_consent",
                violation_error_message="Imię i nazwisko można podać tylko z datą zgody tej osoby.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="registry_organisation_coordinates",
            ),
        ]

    def __str__(self):
        return self.party.name

    def get_absolute_url(self):
        return reverse("registry:organisation_detail", args=[self.slug])

    @property
    def party(self):
        """Whose name, address and contact the card shows."""
        return self.unit or self.institution


@tracked
class OrganisationPkd(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pkd_links")
    code = models.ForeignKey("registry.PkdCode", on_delete=models.PROTECT, verbose_name="kod")
    is_main = models.BooleanField("przeważająca", default=False)

    class Meta:
        verbose_name = "PKD podmiotu"
        verbose_name_plural = "PKD podmiotu"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="registry_organisation_pkd_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_main=True), name="registry_organisation_pkd_one_main"
            ),
        ]

    def __str__(self):
        return str(self.code)


@tracked
class Workplace(Address):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="workplaces", verbose_name="podmiot"
    )
    name = models.CharField("nazwa miejsca", max_length=200, blank=True)

    class Meta:
        verbose_name = "miejsce działalności"
        verbose_name_plural = "miejsca działalności"
        constraints = address_constraints("registry_workplace")

    def __str__(self):
        return self.name or self.town


@tracked
class Reference(models.Model):
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="references", verbose_name="podmiot"
    )
    offer = models.ForeignKey(
        "registry.Offer",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="references",
        verbose_name="oferta",
    )
    client = models.CharField("zamawiający", max_length=200)
    subject = models.CharField("przedmiot", max_length=300)
    year = models.PositiveSmallIntegerField("rok")
    value_amount = models.DecimalField("wartość (PLN)", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "referencja"
        verbose_name_plural = "referencje"
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(1990, 2100)), name="registry_reference_year"),
            models.CheckConstraint(
                condition=Q(value_amount__isnull=True) | Q(value_amount__gte=0), name="registry_reference_value"
            ),
        ]

    def __str__(self):
        return f"{self.client}, {self.subject}, {self.year}"
