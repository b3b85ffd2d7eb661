"""One legal person is one row, whatever hats it wears."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from registry.choices import SocialGoal
from registry.models.address import Address, Contact, address_constraints, contact_constraints
from registry.models.folding import words_index
from registry.models.history import tracked
from registry.querysets import InstitutionQuerySet
from registry.validators import validate_ade, validate_krs, validate_nip, validate_regon


class DateRange(Func):
    """daterange(from, until): the last day is not included, an open end is NULL."""

    function = "daterange"
    output_field = DateRangeField()


def unique_identifier(field):
    return models.UniqueConstraint(
        fields=[field],
        condition=~Q(**{field: ""}) & Q(removed_at__isnull=True),
        name=f"registry_institution_{field}_once",
        violation_error_message=f"Ten {field.upper()} ma już inny podmiot w rejestrze.",
    )


def identifier_format(field, pattern):
    return models.CheckConstraint(
        condition=Q(**{field: ""}) | Q(**{f"{field}__regex": pattern}), name=f"registry_institution_{field}_format"
    )


@tracked
class Institution(Address, Contact):
    name = models.CharField("nazwa", max_length=400)
    short_name = models.CharField("nazwa skrócona", max_length=120, blank=True)
    sort_key = models.CharField(max_length=420, db_collation="C", editable=False)
    legal_form = models.ForeignKey(
        "registry.LegalForm",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
        verbose_name="forma prawna",
    )
    nip = models.CharField("NIP", max_length=10, blank=True, validators=[validate_nip])
    regon = models.CharField("REGON", max_length=14, blank=True, validators=[validate_regon])
    krs = models.CharField("KRS", max_length=10, blank=True, validators=[validate_krs])
    other_register = models.CharField("inny rejestr", max_length=160, blank=True)
    other_register_number = models.CharField("numer w innym rejestrze", max_length=60, blank=True)
    ade = models.CharField("adres do e-Doręczeń", max_length=32, blank=True, validators=[validate_ade])
    founded_year = models.PositiveSmallIntegerField("rok założenia", null=True, blank=True)
    is_opp = models.BooleanField("organizacja pożytku publicznego", default=False)
    is_zpch = models.BooleanField("zakład pracy chronionej", default=False)
    # Status given by support centres before the act of 2022; never shown as the statutory one.
    has_ct9_status = models.BooleanField("dawny status PS (wytyczne CT9)", default=False)
    ct9_granted_on = models.DateField("dawny status PS od", null=True, blank=True)
    removed_at = models.DateTimeField("usunięto z rejestru", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, editable=False, related_name="merged_from"
    )
    created_at = models.DateTimeField("dodano", auto_now_add=True)
    updated_at = models.DateTimeField("zmieniono", auto_now=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "instytucja"
        verbose_name_plural = "instytucje"
        indexes = [
            models.Index(fields=["sort_key", "id"], name="registry_institution_sort"),
            words_index("registry_institution_words"),
        ]
        constraints = [
            unique_identifier("nip"),
            unique_identifier("regon"),
            unique_identifier("krs"),
            identifier_format("nip", r"^\d{10}$"),
            identifier_format("regon", r"^(\d{9}|\d{14})$"),
            identifier_format("krs", r"^\d{10}$"),
            models.CheckConstraint(condition=~Q(name=""), name="registry_institution_name"),
            models.CheckConstraint(
                condition=Q(founded_year__isnull=True) | Q(founded_year__range=(1800, 2100)),
                name="registry_institution_founded",
            ),
            models.CheckConstraint(
                condition=Q(ct9_granted_on__isnull=True) | Q(has_ct9_status=True), name="registry_institution_ct9"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(removed_at__isnull=False),
                name="registry_institution_merged_is_removed",
            ),
            *address_constraints("registry_institution"),
            *contact_constraints("registry_institution"),
        ]

    def __str__(self):
        return self.name


@tracked
class SocialEnterpriseStatus(models.Model):
    """Statutory status of a social enterprise (PS): a decision of the wojewoda, art. 12-18 of the act of 2022."""

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="ps_statuses", verbose_name="instytucja"
    )
    decision_number = models.CharField("numer decyzji", max_length=80, blank=True)
    authority = models.CharField("organ", max_length=120, blank=True)
    goal = models.CharField("cel", max_length=20, choices=SocialGoal, blank=True)
    granted_on = models.DateField("od dnia")
    lost_on = models.DateField("utracono dnia", null=True, blank=True)
    loss_reason = models.CharField("przyczyna utraty", max_length=300, blank=True)
    # From this day the law counts when they may apply again; without it, from the day of the loss.
    loss_final_on = models.DateField("decyzja o utracie ostateczna od", null=True, blank=True)

    class Meta:
        verbose_name = "status przedsiębiorstwa społecznego"
        verbose_name_plural = "statusy przedsiębiorstwa społecznego"
        constraints = [
            models.CheckConstraint(
                condition=Q(lost_on__isnull=True) | Q(lost_on__gt=F("granted_on")),
                name="registry_ps_lost_after_granted",
                violation_error_message="Utrata statusu nie może być wcześniejsza niż jego nadanie.",
            ),
            models.CheckConstraint(
                condition=Q(lost_on__isnull=True) | ~Q(loss_reason=""),
                name="registry_ps_lost_for_a_reason",
                violation_error_message="Napisz, dlaczego status utracono.",
            ),
            models.CheckConstraint(
                condition=Q(loss_final_on__isnull=True) | Q(lost_on__isnull=False),
                name="registry_ps_final_loss_of_lost",
                violation_error_message="Ostateczna może być tylko decyzja o utracie; podaj, kiedy status utracono.",
            ),
            ExclusionConstraint(
                name="registry_ps_no_overlap",
                expressions=[
                    ("institution", RangeOperators.EQUAL),
                    (DateRange("granted_on", "lost_on", models.Value("[)")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="W tym czasie podmiot ma już status PS.",
            ),
        ]

    def __str__(self):
        return f"PS od {self.granted_on:%d.%m.%Y}"

    def is_active_on(self, day):
        return self.granted_on <= day and (self.lost_on is None or day < self.lost_on)
