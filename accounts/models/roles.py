"""Who holds which role, for whom and when."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from accounts.choices import Role
from accounts.querysets import RoleGrantQuerySet

_NOBODY = Value(0)


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class RoleGrant(models.Model):
    """A role from a day until the day it ends, which is the first without it; without `ends_on` until further notice.

    A representative stands for one organisation, an officer for one authority or for one of its units only, everybody
    else for the whole region. Grants are ended, not deleted.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="grants", verbose_name="osoba")
    role = models.CharField("rola", max_length=20, choices=Role)
    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="podmiot"
    )
    authority = models.ForeignKey(
        "procurement.ContractingAuthority",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zamawiający",
    )
    ordering_unit = models.ForeignKey(
        "procurement.OrderingUnit", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="jednostka"
    )
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("kończy się dnia", null=True, blank=True)
    granted_at = models.DateTimeField("nadano", editable=False)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kto nadał"
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "rola osoby"
        verbose_name_plural = "role osób"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_grant_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="accounts_grant_period",
                violation_error_message="Rola nie może skończyć się przed swoim początkiem.",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.REPRESENTATIVE, organisation__isnull=False)
                | ~Q(role=Role.REPRESENTATIVE) & Q(organisation=None),
                name="accounts_grant_organisation",
                violation_error_message="Podmiot podaje się dla przedstawiciela i tylko dla niego.",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.OFFICER, authority__isnull=False) | ~Q(role=Role.OFFICER) & Q(authority=None),
                name="accounts_grant_authority",
                violation_error_message="Zamawiającego podaje się dla urzędnika i tylko dla niego.",
            ),
            models.CheckConstraint(
                condition=Q(ordering_unit=None) | Q(role=Role.OFFICER),
                name="accounts_grant_ordering_unit",
                violation_error_message="Jednostkę podaje się tylko dla urzędnika.",
            ),
            ExclusionConstraint(
                name="accounts_grant_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("organisation_id", _NOBODY), RangeOperators.EQUAL),
                    (Coalesce("authority_id", _NOBODY), RangeOperators.EQUAL),
                    (Coalesce("ordering_unit_id", _NOBODY), RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", Value("[)")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="Ta osoba ma już tę rolę w tym czasie.",
            ),
        ]

    def __str__(self):
        return self.get_role_display()

    @property
    def object(self):
        """Whom the role is for: a unit, an authority or an organisation; None for the whole region."""
        return self.ordering_unit or self.authority or self.organisation

    def is_valid_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
