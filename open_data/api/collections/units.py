"""WTZ, ZAZ, CIS and KIS: units without legal personality, by the same numbers as their cards."""

from django.db.models import Q

from open_data import reading
from open_data.api.collections.organisations import Cards, gone
from open_data.api.columns import WHOLE, WHOLE_OR_NULL, columns_of
from open_data.datasets.units import UNITS
from registry.choices import Activity
from registry.models import Organisation


class Units(Cards):
    name, row_name, title = "units", "Unit", "Jednostki"
    about = "Warsztaty terapii zajęciowej, zakłady aktywności zawodowej, centra i kluby integracji społecznej."
    columns = columns_of(UNITS, id=WHOLE, operator_id=WHOLE_OR_NULL, status={"enum": list(Activity.values)})
    key_words, path_of_list, example = "Numer karty (`id`)", "/katalog/", "?kind=wtz&sort=nowe"

    def conditions(self, found):
        units = Organisation.objects.filter(unit__isnull=False).values("pk")
        return [*super().conditions(found), Q(pk__in=units)]

    def rows(self, keys, site):
        condition = "WHERE e.organisation_id = ANY(%(keys)s) AND u.id IS NOT NULL"
        return {row.id: row for row in reading.read(reading.UNITS, condition, keys=list(keys), site=site)}

    def find(self, key):
        return super().find(key) or gone(key)
