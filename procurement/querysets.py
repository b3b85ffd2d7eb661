from django.db import models
from django.db.models import Q

from procurement.choices import NoticeState


class ContractingAuthorityQuerySet(models.QuerySet):
    def with_institution(self):
        """What `str()` needs."""
        return self.select_related("institution")


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        """What is in force on a day."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)

    def heirs(self, day):
        """{id of a row: id of the row with its code that is in force on a day}; itself when there is none."""
        current = dict(self.on(day).values_list("code", "pk"))
        return {pk: current.get(code, pk) for pk, code in self.values_list("pk", "code")}


class GuideQuerySet(models.QuerySet):
    def on(self, day):
        """Of each text the version of that day."""
        newest = self.filter(valid_from__lte=day).order_by("topic", "clause", "-valid_from")
        return newest.distinct("topic", "clause")


class PlanQuerySet(models.QuerySet):
    def public(self):
        return self.exclude(current=None)


class NoticeQuerySet(models.QuerySet):
    def public(self):
        return self.filter(state__in=NoticeState.public())

    def count_by_state(self):
        """{state: how many}."""
        return dict(self.order_by("state").values_list("state").annotate(models.Count("pk")))

    def due(self, now):
        """Those that wait for a day which has come."""
        return self.filter(state=NoticeState.SCHEDULED, publish_at__lte=now)


class ShortlistQuerySet(models.QuerySet):
    def with_owner(self):
        return self.select_related("authority__institution", "unit__authority")


class InquiryQuerySet(models.QuerySet):
    def with_owner(self):
        """What `asker` and permissions need."""
        return self.select_related("authority__institution", "unit__authority")
