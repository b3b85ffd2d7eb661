"""Reads of the mark."""

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Replace

from quality_mark.choices import ApplicationState, MarkState, Standing


class RulebookQuerySet(QuerySet):
    def announced(self):
        return self.filter(published_at__isnull=False)

    def on(self, day):
        """Announced and in force on this day, the newest first."""
        return self.announced().filter(valid_from__lte=day).order_by("-valid_from", "-version")


class IntakeQuerySet(QuerySet):
    def open_on(self, day):
        return self.filter(Q(closes_on=None) | Q(closes_on__gte=day), announced_at__isnull=False, opens_on__lte=day)


class ApplicationQuerySet(QuerySet):
    def running(self):
        return self.filter(state__in=ApplicationState.running())

    def sent(self):
        return self.exclude(number="")

    def of_organisations(self, organisations):
        return self.filter(offer__organisation__in=organisations)


class RecommendationQuerySet(QuerySet):
    def waiting(self):
        return self.filter(given_at=None, declined_at=None).exclude(email="")

    def locked(self, pk):
        """One, locked after its application, as everybody locks them; None when it was taken off meanwhile."""
        applications = self.model._meta.get_field("application").related_model.objects
        parties = "offer__organisation__institution", "offer__organisation__unit"
        application = (
            applications.select_for_update(of=("self",)).select_related(*parties).filter(recommendations=pk).first()
        )
        row = self.select_for_update(of=("self",)).filter(pk=pk).first()
        if row:
            row.application = application
        return row


class MarkQuerySet(QuerySet):
    def living(self):
        return self.filter(state__in=MarkState.living())

    def told(self):
        """With everything that tells how each stood on any day, and of whom it is."""
        of = "offer__organisation"
        # Without answers and papers, which are long and nobody's business here.
        applications = self.model._meta.get_field("renewals").related_model.objects.only("applicant", "rulebook")
        rows = self.select_related(
            "offer__category", f"{of}__kind", f"{of}__institution__county", f"{of}__unit__county"
        ).prefetch_related(Prefetch("licences__application", applications), "steps", "renewals__rulebook")
        # Boundaries are a hundred times as long as all the rest.
        return rows.defer(f"{of}__institution__county__boundary", f"{of}__unit__county__boundary")

    def standing_on(self, today):
        """`standing` and `county` for filters and counts. `today` only: of other days the log tells."""
        renewals = self.model._meta.get_field("renewals").related_model.objects
        running = renewals.filter(
            mark=OuterRef("pk"),
            state__in=ApplicationState.running(),
            submitted_at__isnull=False,
            rulebook__valid_while_renewed=True,
        )
        in_time = Q(valid_until__gte=today)
        kept = Q(state__in=[MarkState.RENEWAL_SUBMITTED, MarkState.SUSPENDED]) & Exists(running)
        living = [MarkState.ACTIVE, MarkState.RENEWAL_OPEN, MarkState.RENEWAL_SUBMITTED]
        return self.annotate(
            standing=Case(
                When(state=MarkState.REVOKED, then=Value(Standing.REVOKED.value)),
                When(in_time | kept, state=MarkState.SUSPENDED, then=Value(Standing.SUSPENDED.value)),
                When(in_time | kept, state__in=living, then=Value(Standing.VALID.value)),
                default=Value(Standing.EXPIRED.value),
                output_field=CharField(),
            ),
            county=_seat("county_id"),
        )

    def dated(self):
        """`published_at` and `changed_at`: when the public first and last heard something of it."""
        meta = self.model._meta
        steps = meta.get_field("steps").related_model.objects.filter(mark=OuterRef("pk")).order_by("-at")
        licences = meta.get_field("licences").related_model.objects.filter(mark=OuterRef("pk"))
        signed = licences.order_by("office_signed_on").values("office_signed_on")
        first, last = (Cast(Subquery(one[:1]), DateTimeField()) for one in (signed, signed.reverse()))
        return self.annotate(published_at=first, changed_at=Greatest(Subquery(steps.values("at")[:1]), last))

    def placed(self):
        """Of whom and where, as registry.map_layers reads it; `slug` is the number as it stands in an address."""
        return self.annotate(
            county_id=_seat("county_id"),
            municipality_id=_seat("municipality_id"),
            latitude=F("offer__organisation__latitude"),
            longitude=F("offer__organisation__longitude"),
            name=F("offer__name"),
            slug=Replace(F("number"), Value("/"), Value("-")),
        )


def _seat(column):
    """Of the unit that holds the mark, or of the legal person itself."""
    return Coalesce(F(f"offer__organisation__unit__{column}"), F(f"offer__organisation__institution__{column}"))
