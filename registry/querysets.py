"""Every read of the register. Each method returns a queryset."""

from django.db import models
from django.db.models import Q


class InstitutionQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)


class OrganisationQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)

    def published(self):
        return self.filter(published_at__isnull=False, removed_at__isnull=True)

    def with_party(self):
        """Whose card it is: everything `str()` and the address need, in one query."""
        return self.select_related("kind", "institution", "unit__operator")

    def unconfirmed_since(self, day):
        """Confirmed before this day, or never and published before it."""
        never = Q(verified_on__isnull=True, published_at__date__lte=day)
        return self.filter(Q(verified_on__lte=day) | never)

    def identified(self, numbers):
        """Cards that one of these NIP, REGON or KRS belongs to."""
        institutions, units = (self.model._meta.get_field(name).related_model for name in ("institution", "unit"))
        numbered = Q(nip__in=numbers) | Q(regon__in=numbers) | Q(krs__in=numbers)
        holders = institutions.objects.living().filter(numbered).values("pk")
        # One after another, so that each is answered by an index.
        ways = (
            Q(institution__in=holders, unit__isnull=True),
            Q(unit__in=units.objects.filter(regon__in=numbers).values("pk")),
            Q(unit__in=units.objects.filter(operator__in=holders).values("pk")),
        )
        first, *others = (self.model.objects.filter(way).values("pk") for way in ways)
        return self.filter(pk__in=first.union(*others))


class OfferQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)


class CatalogueQuerySet(models.QuerySet):
    pass


class OfferEntryQuerySet(models.QuerySet):
    pass


def marked_on(day):
    """Q of entries whose mark is valid on `day`: between midnight and the night job they still hold ended ones."""
    return Q(mark=True, mark_until__gte=day)


def lapsed_by(day):
    """Q of those that still hold one that is over."""
    return Q(mark=True, mark_until__lt=day)
