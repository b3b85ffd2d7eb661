"""Who takes the demo's cases along: the printed accounts, and more assessors, members and an applicant beside them."""

from datetime import timedelta

from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant, User

# So long ago that the oldest case of the demo falls under their roles.
DAYS = 500
# Nobody signs in as these: they have no password.
MORE = {
    "asesor2": ("Druga Asesorka Demo", Role.ASSESSOR),
    "asesor3": ("Trzeci Asesor Demo", Role.ASSESSOR),
    "kapitula2": ("Członkini Kapituły Demo", Role.COMMISSION),
    "kapitula3": ("Trzeci Członek Kapituły Demo", Role.COMMISSION),
}
PRINTED = ("asesor", "kapitula", "koordynator", "dyrektor", "przedstawiciel")


class People:
    """The accounts by the first part of their address; `applicant` of any organisation."""

    def __init__(self, now):
        self.now, self.since = now, timezone.localdate(now) - timedelta(days=DAYS)
        for name, (full_name, role) in MORE.items():
            self._hold(self._account(name, full_name), role)
        names = [*PRINTED, *MORE]
        found = User.objects.filter(email__in=[f"{name}@demo.example" for name in names])
        self.by_name = {one.email.partition("@")[0]: one for one in found}
        RoleGrant.objects.filter(user__in=self.by_name.values(), starts_on__gt=self.since).update(starts_on=self.since)
        self.others = self._account("podmioty", "Przedstawiciel Przykładowych Podmiotów")

    def __getitem__(self, name):
        return self.by_name[name]

    @property
    def are_all_here(self):
        return len(self.by_name) == len(PRINTED) + len(MORE)

    @property
    def own_organisation(self):
        """Of the printed representative."""
        grants = RoleGrant.objects.filter(user=self["przedstawiciel"], role=Role.REPRESENTATIVE)
        return grants.values_list("organisation", flat=True).first()

    def applicant(self, offer):
        if offer.organisation_id == self.own_organisation:
            return self["przedstawiciel"]
        self._hold(self.others, Role.REPRESENTATIVE, organisation_id=offer.organisation_id)
        # Read anew: an account remembers the roles that it had when it was first asked.
        return User.objects.get(pk=self.others.pk)

    def _account(self, name, full_name):
        email = f"{name}@demo.example"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User(email=email, full_name=full_name, created_at=self.now)
            user.set_unusable_password()
            user.save()
        return user

    def _hold(self, user, role, **of):
        RoleGrant.objects.get_or_create(
            user=user, role=role, **of, defaults={"starts_on": self.since, "granted_at": self.now}
        )
