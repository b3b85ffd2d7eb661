"""Reads of the mark."""

from django.db.models import Q, QuerySet

from quality_mark.choices import ApplicationState, MarkState


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


class MarkQuerySet(QuerySet):
    def living(self):
        return self.filter(state__in=MarkState.living())
