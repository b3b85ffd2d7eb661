from django.db import models
from django.db.models import Exists, OuterRef, Q


class RoleGrantQuerySet(models.QuerySet):
    def valid_on(self, day):
        """Those that give something on this day; the day a role ends is the first without it."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def of_active_people(self):
        return self.filter(user__is_active=True)

    def held_by_active(self, role, day):
        """Of active people who hold this role on a day, with their accounts."""
        return self.valid_on(day).of_active_people().filter(role=role).select_related("user").order_by("pk")

    def for_same_object(self, grant):
        """Every grant of the same role for the same organisation or authority, whichever of its units."""
        return self.filter(role=grant.role, organisation=grant.organisation_id, authority=grant.authority_id)

    def last_of_nobody(self, day):
        """Of each organisation or authority for which nobody acts any more, the grant that somebody had last."""
        still = (
            self.model.objects.valid_on(day)
            .of_active_people()
            .filter(
                Q(organisation=OuterRef("organisation")) | Q(authority=OuterRef("authority")), role=OuterRef("role")
            )
        )
        once = self.filter(Q(organisation__isnull=False) | Q(authority__isnull=False), starts_on__lte=day)
        gone = once.exclude(organisation__removed_at__isnull=False).filter(~Exists(still))
        each = ("role", "organisation", "authority")
        return gone.order_by(*each, "-starts_on", "-pk").distinct(*each)

    def with_objects(self):
        """What `RoleGrant.object` and its name need, in one query."""
        return self.select_related(
            "user", "organisation__institution", "organisation__unit", "authority__institution", "ordering_unit"
        )


class InvitationQuerySet(models.QuerySet):
    def unanswered(self):
        """Neither accepted nor withdrawn, though they may have grown old."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open(self, now):
        return self.unanswered().filter(expires_at__gt=now)

    def for_the_same(self, invitation):
        return self.filter(
            email__iexact=invitation.email,
            role=invitation.role,
            organisation=invitation.organisation_id,
            authority=invitation.authority_id,
            ordering_unit=invitation.ordering_unit_id,
        )

    def with_objects(self):
        return self.select_related(
            "invited_by", "organisation__institution", "organisation__unit", "authority__institution", "ordering_unit"
        )
