"""Every read of the register. Each method returns a queryset."""

from django.db import models


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


class OfferQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)


class CatalogueQuerySet(models.QuerySet):
    pass


class OfferEntryQuerySet(models.QuerySet):
    pass
