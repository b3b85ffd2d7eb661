"""Every read of the register. Each method returns a queryset."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce


class InstitutionQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)


class OrganisationQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)

    def published(self):
        return self.filter(published_at__isnull=False, removed_at__isnull=True)

    def working(self):
        """Published cards of those that have not ended their work: what stands in lists."""
        return self.published().filter(closing__isnull=True)

    def with_party(self):
        """Whose card it is: everything `str()` and the address need, in one query."""
        return self.select_related("kind", "institution", "unit__operator")

    def confirmed_after(self, day):
        """Confirmed later than this day: what the freshness board counts as confirmed."""
        return self.filter(verified_on__gt=day)

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


class FreshnessRuleQuerySet(models.QuerySet):
    def on(self, day):
        """The one rule of this day; DoesNotExist when there is none."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day).get()


class ConfirmationRequestQuerySet(models.QuerySet):
    def open(self):
        """Those that still wait for an answer."""
        return self.filter(ended_on=None)

    def with_card(self):
        return self.select_related("organisation__kind", "organisation__institution", "organisation__unit__operator")


class OfferQuerySet(models.QuerySet):
    def living(self):
        return self.filter(removed_at__isnull=True)


class ErrorReportQuerySet(models.QuerySet):
    def waiting(self):
        """What coordinators have to settle; what looks like no report of an error is not among it."""
        return self.filter(settled_at__isnull=True, suspicion="")

    def suspected(self):
        return self.filter(settled_at__isnull=True).exclude(suspicion="")

    def with_party(self):
        return self.select_related("organisation__institution", "organisation__unit")

    def counted_by_card(self):
        """With `of_card`: how many wait for the same card, itself among them; and `is_first`, the oldest of them."""
        same = self.model.objects.waiting().filter(organisation=models.OuterRef("organisation"))
        count = same.order_by().values("organisation").annotate(n=models.Count("pk")).values("n")
        first = same.order_by("created_at", "pk").values("pk")[:1]
        return self.annotate(
            of_card=Coalesce(models.Subquery(count), 0),
            is_first=models.Case(models.When(pk=models.Subquery(first), then=True), default=False),
        )


class TermRuleQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gt=day))


class StatusReportQuerySet(models.QuerySet):
    def owed(self):
        """Not sent, of statuses not lost before the report was due, by those who have not ended their work."""
        lost_later = Q(status__lost_on=None) | Q(status__lost_on__gt=models.F("due_on"))
        own = "status__institution__organisations"
        ended = self.model.objects.filter(**{f"{own}__unit": None, f"{own}__closing__isnull": False})
        return self.filter(lost_later, ~Q(pk__in=ended.values("pk")), sent_on=None)

    def of_institution(self, institution_id):
        return self.filter(status__institution=institution_id).order_by("year", "pk")


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
