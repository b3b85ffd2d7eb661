from datetime import date

from django.urls import path, register_converter

from open_data.api import urls as api
from open_data.views import datasets, files

app_name = "open_data"


class Day:
    """2026-11-23."""

    regex = r"\d{4}-\d{2}-\d{2}"
    to_python = staticmethod(date.fromisoformat)
    to_url = staticmethod(str)


class Extension:
    regex = "csv|jsonl|geojson|xlsx"
    to_python = to_url = staticmethod(str)


class SchemaKind:
    regex = r"schema|geojson\.schema|tableschema"
    to_python = to_url = staticmethod(str)


class Month:
    """2026-11, given to the view as its first day."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value):
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value):
        return f"{value!s:.7}"


_CONVERTERS = {"day": Day, "dump_month": Month, "dump": Extension, "schema_kind": SchemaKind}
for name, converter in _CONVERTERS.items():
    register_converter(converter, name)

urlpatterns = [
    *api.urlpatterns,
    path("otwarte-dane/", datasets.index, name="index"),
    path("otwarte-dane/katalog.jsonld", files.dcat_catalogue, name="dcat_catalogue"),
    path("otwarte-dane/pliki/<day:day>/datapackage.json", files.data_package, name="data_package"),
    path("otwarte-dane/pliki/<day:day>/<slug:dataset>.<dump:extension>", files.dump_file, name="dump_file"),
    path("otwarte-dane/<slug:dataset>.<dump:extension>", files.newest_file, name="newest_file"),
    path("otwarte-dane/<slug:dataset>.<schema_kind:schema>.json", files.schema, name="schema"),
    path("otwarte-dane/<slug:dataset>/", datasets.dataset, name="dataset"),
    path("otwarte-dane/<slug:dataset>/<day:day>/", datasets.of_day, name="of_day"),
    path("otwarte-dane/<slug:dataset>/<dump_month:year_month>/", datasets.of_month, name="of_month"),
]
