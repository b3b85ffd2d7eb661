"""terytorium: voivodeship, counties and municipalities by the TERYT codes that all other files use."""

import json

from import_export import resources

from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, TERYT_COUNTY
from registry.choices import MunicipalityKind
from registry.exports.cells import Listing, Number
from registry.exports.reading import streamed
from registry.resources import Column, Computed

LEVELS = {"wojewodztwo": "województwo", "powiat": "powiat", "gmina": "gmina"}
_SQL = """
SELECT * FROM (
    SELECT teryt, 'wojewodztwo' AS level, name, name AS label, NULL::smallint AS kind, '' AS powiat_teryt,
           '' AS powiat, name AS voivodeship, '' AS nuts3, '' AS subregion, '[]' AS former, NULL::text AS boundary,
           NULL::float AS lat, NULL::float AS lon
    FROM registry_region
    UNION ALL
    SELECT c.teryt, 'powiat', c.name, c.name, NULL, c.teryt, c.name, r.name, c.nuts3, c.subregion,
           c.former_names::text, c.boundary::text, c.latitude, c.longitude
    FROM registry_county c JOIN registry_region r ON r.teryt = c.region_id
    UNION ALL
    SELECT m.teryt, 'gmina', m.name, m.label, m.kind, c.teryt, c.name, r.name, c.nuts3, c.subregion,
           '[]', m.boundary::text, m.latitude, m.longitude
    FROM registry_municipality m JOIN registry_county c ON c.teryt = m.county_id
    JOIN registry_region r ON r.teryt = c.region_id
) place ORDER BY teryt COLLATE "C"
"""


class TerritoryResource(resources.Resource):
    teryt = Column()
    level = Column()
    name = Column()
    label = Column()
    kind = Computed(lambda row: MunicipalityKind(row.kind).label if row.kind else "")
    powiat_teryt = Column()
    powiat = Column()
    voivodeship = Column()
    nuts3 = Column()
    subregion = Column()
    former_names = Computed(lambda row: json.loads(row.former), Listing)
    lat = Column(Number)
    lon = Column(Number)


WORDS = {
    "teryt": Words(
        "TERYT",
        "Dwie cyfry województwa, cztery powiatu, siedem gminy.",
        "0208072",
        required=True,
        pattern=r"^(\d{2}|\d{4}|\d{7})$",
    ),
    "level": Words("Poziom (kod)", CODES, "gmina", required=True),
    "name": Words("Nazwa", "", "Kłodzko", required=True),
    "label": Words(
        "Nazwa do wyświetlania",
        "Z rodzajem gminy, gdy w powiecie są dwie o tej nazwie.",
        "Kłodzko (gmina wiejska)",
        required=True,
    ),
    "kind": Words("Rodzaj gminy", "", "gmina wiejska"),
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
    read=lambda: streamed(_SQL),
    themes=("REGI",),
    keywords=("TERYT", "powiaty", "gminy", "granice"),
    page="/zrodla-danych/",
    counted="jednostka,jednostki,jednostek",
    geometry=lambda row: row.boundary and json.loads(row.boundary),
)
