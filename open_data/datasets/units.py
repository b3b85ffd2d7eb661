"""jednostki: WTZ, ZAZ, CIS and KIS with who runs them and until when they are registered."""

from django.conf import settings
from import_export import resources

from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, KRS, NIP, POST, REGON, TERYT_COUNTY, TERYT_MUNICIPALITY
from registry.exports.cells import Day, Number
from registry.exports.reading import streamed
from registry.resources import Column

_SQL = """
SELECT o.id, %(site)s || '/katalog/' || o.slug || '/' AS url, u.name, u.short_name, o.kind_id AS kind,
       k.label AS kind_label, u.regon, u.register_number, u.started_on, u.expires_on, u.ended_on,
       i.name AS operator, i.nip AS operator_nip, i.regon AS operator_regon, i.krs AS operator_krs,
       r.name AS voivodeship, c.name AS powiat, u.county_id AS powiat_teryt, m.label AS gmina,
       u.municipality_id AS gmina_teryt, u.postal_code, u.town, u.street, u.house_number, u.flat_number,
       e.latitude AS lat, e.longitude AS lon
FROM registry_catalogueentry e
JOIN registry_organisation o ON o.id = e.organisation_id
JOIN registry_unit u ON u.id = o.unit_id
JOIN registry_organisationkind k ON k.code = o.kind_id
LEFT JOIN registry_institution i ON i.id = u.operator_id
LEFT JOIN registry_county c ON c.teryt = u.county_id
LEFT JOIN registry_region r ON r.teryt = c.region_id
LEFT JOIN registry_municipality m ON m.teryt = u.municipality_id
ORDER BY o.id
"""


class UnitResource(resources.Resource):
    id = Column(Number)
    url = Column()
    name = Column()
    short_name = Column()
    kind = Column()
    kind_label = Column()
    regon = Column()
    register_number = Column()
    started_on = Column(Day)
    expires_on = Column(Day)
    ended_on = Column(Day)
    operator = Column()
    operator_nip = Column()
    operator_regon = Column()
    operator_krs = Column()
    voivodeship = Column()
    powiat = Column()
    powiat_teryt = Column()
    gmina = Column()
    gmina_teryt = Column()
    postal_code = Column()
    town = Column()
    street = Column()
    house_number = Column()
    flat_number = Column()
    lat = Column(Number)
    lon = Column(Number)


WORDS = {
    "id": Words("Numer karty", "Kolumna id zbioru „podmioty”.", "1307", required=True),
    "url": Words("Karta w portalu", "", "https://portal.example/katalog/wtz-klodzko/", required=True),
    "name": Words("Nazwa", "", "Warsztat Terapii Zajęciowej w Kłodzku", required=True),
    "short_name": Words("Nazwa skrócona", "", "WTZ Kłodzko"),
    "kind": Words("Rodzaj (kod)", CODES, "wtz", required=True),
    "kind_label": Words("Rodzaj", "", "warsztat terapii zajęciowej", required=True),
    "regon": Words("REGON jednostki lokalnej", "Czternaście cyfr.", "36440368700011", pattern=REGON),
    "register_number": Words("Numer w rejestrze wojewody", "", "PS.9515.4.2024"),
    "started_on": Words("Działa od", "", "2015-09-01"),
    "expires_on": Words("Status ważny do", "Dotyczy CIS i KIS, których status nadaje się na czas.", "2029-12-31"),
    "ended_on": Words("Zakończyła działalność", "", ""),
    "operator": Words("Organ prowadzący", "", "Fundacja Przystań"),
    "operator_nip": Words("NIP organu prowadzącego", "", "8990000110", pattern=NIP),
    "operator_regon": Words("REGON organu prowadzącego", "", "364403687", pattern=REGON),
    "operator_krs": Words("KRS organu prowadzącego", "", "0000617106", pattern=KRS),
    "voivodeship": Words("Województwo", "", "dolnośląskie"),
    "powiat": Words("Powiat", "", "kłodzki"),
    "powiat_teryt": Words("TERYT powiatu", "", "0208", pattern=TERYT_COUNTY),
    "gmina": Words("Gmina", "", "Kłodzko (gmina miejska)"),
    "gmina_teryt": Words("TERYT gminy", "", "0208021", pattern=TERYT_MUNICIPALITY),
    "postal_code": Words("Kod pocztowy", "", "57-300", pattern=POST),
    "town": Words("Miejscowość", "", "Kłodzko"),
    "street": Words("Ulica", "", "ul. Łąkowa"),
    "house_number": Words("Nr domu", "", "7"),
    "flat_number": Words("Nr lokalu", "", ""),
    "lat": Words("Szerokość geograficzna", "WGS 84, stopnie dziesiętne.", "50.431235", type="number"),
    "lon": Words("Długość geograficzna", "WGS 84, stopnie dziesiętne.", "16.65", type="number"),
}


UNITS = Dataset(
    slug="jednostki",
    title="Jednostki reintegracyjne",
    description=(
        "Warsztaty terapii zajęciowej, zakłady aktywności zawodowej, centra i kluby integracji społecznej: kto je "
        "prowadzi, gdzie i od kiedy działają, do kiedy mają status."
    ),
    resource=UnitResource,
    words=WORDS,
    read=lambda: streamed(_SQL, {"site": settings.SITE_URL}),
    themes=("SOCI",),
    keywords=("WTZ", "ZAZ", "CIS", "KIS", "reintegracja"),
    page="/katalog/",
    counted="jednostka,jednostki,jednostek",
)
