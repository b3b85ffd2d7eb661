from django.db import models


class DumpQuerySet(models.QuerySet):
    def newest_day(self):
        """The last day that has files, or None."""
        return self.aggregate(day=models.Max("day"))["day"]

    def of_newest_day(self):
        """Files of the last day that has any."""
        newest = self.model.objects.order_by("-day").values("day")[:1]
        return self.filter(day=newest).select_related("content")

    def of(self, dataset, day):
        return self.filter(dataset=dataset, day=day).select_related("content")

    def days(self, dataset):
        """The days of a data set, the newest first."""
        return self.filter(dataset=dataset).order_by("-day").values_list("day", flat=True).distinct()
