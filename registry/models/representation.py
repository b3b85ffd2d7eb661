from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models.requests import RoleRequest


class RepresentationRequest(RoleRequest):
    """ "Reprezentuję ten podmiot": somebody wants to act for an organisation."""

    role = Role.REPRESENTATIVE

    organisation = models.ForeignKey(
        "registry.Organisation", models.CASCADE, related_name="representation_requests", verbose_name="podmiot"
    )

    class Meta(RoleRequest.Meta):
        verbose_name = "prośba o reprezentację"
        verbose_name_plural = "prośby o reprezentację"
        constraints = [
            *RoleRequest.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(decided_at=None),
                name="registry_representation_one_open",
                violation_error_message="Ta prośba już czeka.",
            ),
        ]

    @property
    def object_name(self):
        return str(self.organisation)

    def same_object(self):
        return {"organisation": self.organisation_id}
