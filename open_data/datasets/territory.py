"""terytorium: voivodeship, counties and municipalities by the TERYT codes that all other files use."""

import json

from import_export import resources

from open_data import reading
from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, TERYT_COUNTY
from open_data.reading import stream
from registry.exports.cells import Listing, Number
from registry.resources import Column, Computed

LEVELS = {"wojewodztwo": "województwo", "powiat": "powiat", "gmina": "gmina"}


class TerritoryResource(resources.Resource):
    id = Column()
    name = Column()
    label = Column()
    level = Column()
    kind = Column()
    parent = Column()
    powiat_teryt = Column()
    powiat = Column()
    voivodeship = Column()
    nuts3 = Column()
    subregion = Column()
    former_names = Computed(lambda row: json.loads(row.former), Listing)
    lat = Column(Number)
    lon = Column(Number)


WORDS = {
    "id": Words(
        "TERYT",
        "Dwie cyfry województwa, cztery powiatu, siedem gminy.",
        "0208072",
        required=True,
        pattern=r"^(\d{2}|\d{4}|\d{7})$",
    ),
    "name": Words("Nazwa", "", "Kłodzko", required=True),
    "label": Words(
        "Nazwa do wyświetlania",
        "Z rodzajem gminy, gdy w powiecie są dwie o tej nazwie.",
        "Kłodzko (gmina wiejska)",
        required=True,
    ),
    "level": Words("Poziom (kod)", CODES, "gmina", required=True),
    "kind": Words("Rodzaj", "", "gmina wiejska"),
    "parent": Words("TERYT jednostki, w której leży", "", "0208"),
    "powiat_teryt": Words("TERYT powiatu", "", "0208", pattern=TERYT_COUNTY),
    "powiat": Words("Powiat", "", "kłodzki"),
    "voivodeship": Words("Województwo", "", "dolnośląskie", required=True),
    "nuts3": Words("NUTS 3", "", "PL517"),
    "subregion": Words("Podregion", "", "wałbrzyski"),
    "former_names": Words("Dawne nazwy", "", "jeleniogórski"),
    "lat": Words("Szerokość geograficzna", "Środek, WGS 84, stopnie dziesiętne.", "50.431235", type="number"),
    "lon": Words("Długość geograficzna", "Środek, WGS 84, stopnie dziesiętne.", "16.65", type="number"),
}


TERRITORY = Dataset(
    slug="terytorium",
    title="Podział terytorialny",
    description=(
        "Województwo, powiaty i gminy z kodami TERYT, którymi posługują się pozostałe zbiory. Plik GeoJSON ma "
        "uproszczone granice. Skąd pochodzą, mówi strona „Źródła danych”."
    ),
    resource=TerritoryResource,
    words=WORDS,
    read=lambda: stream(reading.WITH_BOUNDARIES, 'ORDER BY place.id COLLATE "C"'),
    themes=("REGI",),
    keywords=("TERYT", "powiaty", "gminy", "granice"),
    page="/zrodla-danych/",
    counted="jednostka,jednostki,jednostek",
    api="territory",
    geometry=lambda row: row.boundary and json.loads(row.boundary),
)
