"""Voivodeships, counties and municipalities by TERYT code."""

from types import SimpleNamespace

from django import forms
from django.db import connection

from core.polish import fold
from open_data.api import parameters as p
from open_data.api import sql
from open_data.api.collections.base import Collection
from open_data.api.columns import column
from registry import labels
from registry.exports.cells import Number
from registry.fields import CodesField

LEVELS = {"wojewodztwo": "województwo", "powiat": "powiat", "gmina": "gmina"}
LONGEST = 100
COLUMNS = (
    column("id", "Kod TERYT: 2 cyfry województwa, 4 powiatu, 7 gminy."),
    column("name", "Nazwa."),
    column("label", "Nazwa do wyświetlania."),
    column("level", "Stopień.", schema={"enum": list(LEVELS)}),
    column("kind", "Rodzaj."),
    column("parent", "TERYT jednostki, w której leży."),
    column("nuts3", "NUTS 3 powiatu."),
    column("lat", "Szerokość geograficzna środka.", Number),
    column("lon", "Długość geograficzna środka.", Number),
)


class TerritoryForm(forms.Form):
    q = forms.CharField(
        required=False, max_length=LONGEST, error_messages={"max_length": f"Wpisz najwyżej {LONGEST} znaków."}
    )
    level = CodesField(required=False, unknown="Stopień to wojewodztwo, powiat albo gmina, nie „{}”.")
    powiat = CodesField(required=False, unknown="Nie ma powiatu o kodzie „{}”.")

    def __init__(self, data):
        super().__init__(data)
        self.fields["level"].choices = LEVELS
        self.fields["powiat"].choices = labels.read().county


class Territory(Collection):
    """Two hundred rows that hardly ever change: read whole."""

    name, row_name, title = "territory", "Area", "Podział terytorialny"
    about = "Województwo, powiaty i gminy z kodami TERYT (GUS), z którymi pracują filtry."
    columns, usual_order = COLUMNS, "teryt"
    key_schema = {"type": "string", "pattern": "^([0-9]{2}|[0-9]{4}|[0-9]{7})$"}
    key_words, key_route, key_example, path_of_list = "Kod TERYT (`id`)", "<str:id>", "0264", "/katalog/"
    example = "?level=gmina&powiat=0208"
    foreign = ()

    def filter_of(self, data, now):
        form = TerritoryForm(data)
        return SimpleNamespace(form=form, is_valid=form.is_valid)

    def filter_names(self):
        return list(TerritoryForm.base_fields)

    def fetch(self, found):
        keys = [(row.id,) for row in self._found(found)]

        def page(segment, values, backwards, most):
            rest = [key for key in keys if not values or (key < values if backwards else key > values)]
            return (rest[::-1] if backwards else rest)[:most]

        return page

    def count(self, found):
        return len(self._found(found))

    def version(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT concat_ws('-', count(*), max(loaded_at)) FROM registry_dictionaryload")
            return str(cursor.fetchone()[0])

    def rows(self, keys, site):
        wanted = set(keys)
        return {row.id: row for row in sql.read(sql.TERRITORY) if row.id in wanted}

    def find(self, key):
        return key if self.rows([key], "") else None

    def parameters(self):
        return [
            p.text("Początek albo część nazwy.", longest=LONGEST, example="kłodz"),
            p.many("level", "Stopień.", LEVELS),
            p.many("powiat", "Tylko ten powiat i gminy w nim (TERYT).", labels.read().county),
        ]

    @staticmethod
    def _found(found):
        asked = found.form.cleaned_data
        words = fold(asked["q"].strip())
        return [
            row
            for row in sql.read(sql.TERRITORY)
            if words in fold(row.label)
            and (not asked["level"] or row.level in asked["level"])
            and (not asked["powiat"] or row.id[:4] in asked["powiat"])
        ]
