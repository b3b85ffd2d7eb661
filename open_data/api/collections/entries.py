"""Lists made of the entries that the public pages read, with the filters of these pages."""

from django.http import QueryDict

from open_data.api import walking
from open_data.api.collections.base import Collection
from open_data.api.keyset import by
from registry.listing import RELEVANCE
from registry.versions import version


class EntryCollection(Collection):
    filter_class, model, usual_order = None, None, "nazwa"

    def filter_of(self, data, now):
        return self.filter_class(data, queryset=self.model.objects.all())

    def filter_names(self):
        return list(self.filter_class.base_filters)

    def sort_of(self, found):
        """Always one that an index knows, unless relevance is asked for: it sorts all that was found."""
        asked = found.form.cleaned_data.get("sort")
        return self.usual_order if asked == RELEVANCE and not self._tiers(found) else asked or self.usual_order

    def orders(self, found, at):
        orders = {
            "nazwa": [by("sort_key")],
            "nowe": [by("published_at", falls=True)],
            "zmiana": [by("changed_at", falls=True)],
        }
        return orders | {RELEVANCE: [by("sort_key", condition=tier) for tier in self._tiers(found)]}

    def conditions(self, found):
        return list(found.conditions.values())

    def fetch(self, found):
        return walking.of_entries(self.model, self.conditions(found), words="q" in found.conditions)

    def count(self, found):
        return walking.count_of_entries(self.model, self.conditions(found), words="q" in found.conditions)

    def version(self):
        return version()

    def find(self, key):
        return self.model.objects.filter(pk=key).values_list("pk", flat=True).first()

    def everything(self, now):
        """The filter that leaves out nothing."""
        return self.filter_of(QueryDict(), now)

    @staticmethod
    def _tiers(found):
        return found.search.tiers if found.search and not found.named else []
