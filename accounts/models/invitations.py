"""Somebody was asked by letter to take a role."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Lower

from accounts.choices import Role
from accounts.querysets import InvitationQuerySet

_NOBODY = Value(0)


class Invitation(models.Model):
    """Whoever has the letter may take the role until the invitation is old, withdrawn or used."""

    email = models.EmailField("adres e-mail")
    # Of the link only this is kept: who reads the table cannot take a role.
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
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
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="kto zaprosił"
    )
    invited_at = models.DateTimeField("wysłano", editable=False)
    expires_at = models.DateTimeField("ważne do", editable=False)
    accepted_at = models.DateTimeField("przyjęto", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("wycofano", null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "zaproszenie"
        verbose_name_plural = "zaproszenia"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_invitation_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="accounts_invitation_period"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.REPRESENTATIVE, organisation__isnull=False)
                | ~Q(role=Role.REPRESENTATIVE) & Q(organisation=None),
                name="accounts_invitation_organisation",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.OFFICER, authority__isnull=False) | ~Q(role=Role.OFFICER) & Q(authority=None),
                name="accounts_invitation_authority",
            ),
            models.CheckConstraint(
                condition=Q(ordering_unit=None) | Q(role=Role.OFFICER), name="accounts_invitation_ordering_unit"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="accounts_invitation_one_end"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="accounts_invitation_lives_a_while"
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                Coalesce("organisation_id", _NOBODY),
                Coalesce("authority_id", _NOBODY),
                Coalesce("ordering_unit_id", _NOBODY),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.email}"

    @property
    def object(self):
        return self.ordering_unit or self.authority or self.organisation

    def is_open(self, now):
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
