"""jednostki: WTZ, ZAZ, CIS and KIS with who runs them and until when they are registered."""

from import_export import resources

from open_data import reading
from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, KRS, NIP, POST, REGON, TERYT_COUNTY, TERYT_MUNICIPALITY
from open_data.datasets.organisations import WORDS as ORGANISATION
from open_data.reading import stream
from registry.exports.cells import Day, Number, Phone
from registry.resources import Column, Computed


class UnitResource(resources.Resource):
    id = Column(Number)
    url = Computed(lambda row: f"{row.site}/katalog/{row.slug}/")
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
    operator_id = Column(Number)
    voivodeship = Column()
    powiat_teryt = Column()
    powiat = Column()
    gmina_teryt = Column()
    gmina = Column()
    town = Column()
    postal_code = Column()
    street = Column()
    house_number = Column()
    flat_number = Column()
    phone = Column(Phone)
    email = Column()
    www = Column()
    status = Column()
    verified_on = Column(Day)
    lat = Column(Number)
    lon = Column(Number)


WORDS = {
    "id": Words("Numer karty", "Ten sam co w zbiorze „podmioty”.", "1307", required=True),
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
    "operator_id": Words("Karta organu prowadzącego", "Jej numer, gdy jest w katalogu.", "1204"),
    "voivodeship": Words("Województwo", "", "dolnośląskie"),
    "powiat_teryt": Words("TERYT powiatu", "", "0208", pattern=TERYT_COUNTY),
    "powiat": Words("Powiat", "", "kłodzki"),
    "gmina_teryt": Words("TERYT gminy", "", "0208021", pattern=TERYT_MUNICIPALITY),
    "gmina": Words("Gmina", "", "Kłodzko (gmina miejska)"),
    "town": Words("Miejscowość", "", "Kłodzko"),
    "postal_code": Words("Kod pocztowy", "", "57-300", pattern=POST),
    "street": Words("Ulica", "", "ul. Łąkowa"),
    "house_number": Words("Nr domu", "", "7"),
    "flat_number": Words("Nr lokalu", "", ""),
    "phone": ORGANISATION["phone"],
    "email": ORGANISATION["email"],
    "www": ORGANISATION["www"],
    "status": ORGANISATION["status"],
    "verified_on": ORGANISATION["verified_on"],
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
    read=lambda: stream(reading.UNITS, "WHERE u.id IS NOT NULL ORDER BY o.id"),
    themes=("SOCI",),
    keywords=("WTZ", "ZAZ", "CIS", "KIS", "reintegracja"),
    page="/katalog/",
    counted="jednostka,jednostki,jednostek",
    api="units",
)
