"""What an organisation sells, and the mark that belongs to the offer, not to the organisation."""

from urllib.parse import quote

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.text import slugify

from core.polish import fold
from registry.choices import MarkState
from registry.models.history import tracked
from registry.models.institutions import DateRange
from registry.querysets import OfferQuerySet


def offer_address(pk, name):
    """Only the number counts; the name is there for people."""
    return reverse("registry:offer_detail", args=[pk, offer_words(name)])


def offer_words(name):
    """The name as it stands in the address."""
    return slugify(fold(name)) or "oferta"


@tracked
class Offer(models.Model):
    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.CASCADE, related_name="offers", verbose_name="podmiot"
    )
    category = models.ForeignKey(
        "registry.OfferCategory",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        verbose_name="kategoria",
    )
    name = models.CharField("nazwa", max_length=300)
    description = models.TextField("opis", blank=True)
    capacity = models.CharField("ile i jak szybko", max_length=300, blank=True)
    serves = ArrayField(
        models.CharField(max_length=7),
        verbose_name="obszar, gdy inny niż podmiotu",
        default=list,
        blank=True,
        help_text="Kody TERYT; puste znaczy: jak podmiot.",
    )
    cpv = models.ManyToManyField("registry.CpvCode", through="registry.OfferCpv", related_name="offers")
    # Category and CPV proposed by the import wait for a person.
    confirmed_at = models.DateTimeField("klasyfikację potwierdzono", null=True, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    removed_at = models.DateTimeField("usunięto", null=True, blank=True, editable=False)
    created_at = models.DateTimeField("dodano", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = "oferta"
        verbose_name_plural = "oferty"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="registry_offer_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return offer_address(self.pk, self.name)


@tracked
class OfferCpv(models.Model):
    # The constraint below is an index that begins with the offer.
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, db_index=False, related_name="cpv_links")
    code = models.ForeignKey("registry.CpvCode", on_delete=models.PROTECT, db_index=False, verbose_name="kod CPV")

    class Meta:
        verbose_name = "CPV oferty"
        verbose_name_plural = "CPV ofert"
        constraints = [models.UniqueConstraint(fields=["offer", "code"], name="registry_offer_cpv_once")]

    def __str__(self):
        return str(self.code)


def picture_path(picture, filename):
    return f"registry/offers/{picture.offer_id}/{filename}"


@tracked
class OfferPicture(models.Model):
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="pictures", verbose_name="oferta")
    image = models.ImageField("zdjęcie", upload_to=picture_path, width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField("opis zdjęcia dla osób, które go nie widzą", max_length=300)
    position = models.PositiveSmallIntegerField("kolejność", default=0)

    class Meta:
        verbose_name = "zdjęcie oferty"
        verbose_name_plural = "zdjęcia ofert"
        constraints = [
            models.CheckConstraint(
                condition=Q(alt__regex=r"\S.{2,}"),
                name="registry_picture_alt",
                violation_error_message="Opisz słowami, co widać na zdjęciu.",
            )
        ]

    def __str__(self):
        return self.alt


@tracked
class OfferMark(models.Model):
    """A licence period of the mark Zakup Prospołeczny for one offer; written by the mark's own use cases."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="marks", verbose_name="oferta")
    number = models.CharField("numer certyfikatu", max_length=40)
    granted_on = models.DateField("od dnia")
    valid_until = models.DateField("ważny do", help_text="Ostatni dzień ważności.")
    state = models.CharField("stan", max_length=12, choices=MarkState, default=MarkState.VALID)

    class Meta:
        verbose_name = "znak Zakup Prospołeczny"
        verbose_name_plural = "znaki Zakup Prospołeczny"
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("granted_on")), name="registry_mark_period"),
            ExclusionConstraint(
                name="registry_mark_no_overlap",
                expressions=[
                    # First what tells rows apart: its index also answers who has a mark today.
                    ("offer", RangeOperators.EQUAL),
                    (DateRange("granted_on", "valid_until", Value("[]")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="W tym czasie oferta ma już znak.",
            ),
        ]

    def __str__(self):
        return f"{self.number}, ważny do {self.valid_until:%d.%m.%Y}"

    @property
    def page(self):
        """Where anybody checks it: /znak/weryfikacja/, an address that is promised."""
        return f"/znak/weryfikacja/{quote(self.number.replace('/', '-'), safe='')}/"

    def is_valid_on(self, day):
        return self.state == MarkState.VALID and self.granted_on <= day <= self.valid_until
