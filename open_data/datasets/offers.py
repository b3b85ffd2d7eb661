"""oferty: what organisations sell, one row an offer."""

from import_export import resources

from open_data import reading
from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, NIP, ON_THE_DAY, TERYT_COUNTY, TERYT_MUNICIPALITY
from open_data.reading import stream
from registry.exports.cells import Day, Listing, Moment, Number, YesNo
from registry.models.offers import offer_words
from registry.resources import Column, Computed


class OfferResource(resources.Resource):
    id = Column(Number)
    # Of hundreds of thousands, reverse() would take a third of all the time.
    url = Computed(lambda row: f"{row.site}/oferty/{row.id}-{offer_words(row.name)}/")
    name = Column()
    organisation_id = Column(Number)
    organisation = Column()
    organisation_url = Computed(lambda row: f"{row.site}/katalog/{row.organisation_slug}/")
    nip = Column()
    category = Column()
    category_label = Column()
    cpv = Column(Listing)
    confirmed = Column(YesNo)
    description = Column()
    capacity = Column()
    serves = Column(Listing)
    kind = Column()
    powiat_teryt = Column()
    powiat = Column()
    gmina_teryt = Column()
    gmina = Column()
    town = Column()
    ps = Column(YesNo)
    art94 = Column(YesNo)
    mark = Column(YesNo)
    mark_until = Column(Day)
    mark_number = Column()
    published_at = Column(Moment)
    changed_at = Column(Moment)


WORDS = {
    "id": Words("Numer oferty", "Nie zmienia się.", "318", required=True),
    "url": Words("Oferta w portalu", "", "https://portal.example/oferty/318-mycie-okien/", required=True),
    "name": Words("Nazwa", "", "Mycie okien", required=True),
    "organisation_id": Words("Numer karty podmiotu", "", "1204", required=True),
    "organisation": Words("Podmiot", "", "Spółdzielnia Socjalna Zielony Próg", required=True),
    "organisation_url": Words("Karta podmiotu", "", "https://portal.example/katalog/zielony-prog/", required=True),
    "nip": Words("NIP podmiotu", "Jednostka bez osobowości prawnej nie ma własnego.", "8990000110", pattern=NIP),
    "category": Words("Kategoria (kod)", CODES, "sprzatanie"),
    "category_label": Words("Kategoria", "", "sprzątanie"),
    "cpv": Words("CPV", "Kody Wspólnego Słownika Zamówień z cyfrą kontrolną.", "90911300-9"),
    "confirmed": Words("Potwierdzona", "Czy człowiek potwierdził kategorię i kody CPV.", "tak", required=True),
    "description": Words("Opis", "Tekst podmiotu; może mieć kilka wierszy.", "Także na wysokości."),
    "capacity": Words("Ile i jak szybko", "", "do 2 000 m² dziennie"),
    "serves": Words("Obszar działania", "Kody TERYT; gdy oferta nie ma własnego, obszar podmiotu.", "0208; 0264"),
    "kind": Words("Rodzaj podmiotu (kod)", CODES, "spoldzielnia_socjalna", required=True),
    "powiat_teryt": Words("TERYT powiatu", "Powiat siedziby podmiotu.", "0208", pattern=TERYT_COUNTY),
    "powiat": Words("Powiat", "", "kłodzki"),
    "gmina_teryt": Words("TERYT gminy", "", "0208072", pattern=TERYT_MUNICIPALITY),
    "gmina": Words("Gmina", "", "Kłodzko (gmina wiejska)"),
    "town": Words("Miejscowość", "", "Krosnowice"),
    "ps": Words("Status PS", f"Czy podmiot ma status. {ON_THE_DAY}", "tak", required=True),
    "art94": Words("Art. 94", "Czy podmiot może startować w zamówieniach zastrzeżonych.", "tak", required=True),
    "mark": Words("Znak Zakup Prospołeczny", f"Czy oferta ma ważny znak. {ON_THE_DAY}", "tak", required=True),
    "mark_until": Words("Znak ważny do", "Ostatni dzień ważności.", "2027-02-28"),
    "mark_number": Words("Numer znaku", "", "ZP/2026/001"),
    "published_at": Words("W katalogu od", "", "2026-03-12T10:30+01:00", required=True),
    "changed_at": Words("Zmieniono", "", "2026-11-12T10:30+01:00", required=True),
}


OFFERS = Dataset(
    slug="oferty",
    title="Oferty podmiotów ekonomii społecznej",
    description=(
        "Produkty i usługi podmiotów z katalogu: kategoria, kody CPV, obszar działania i znak „Zakup Prospołeczny”."
    ),
    resource=OfferResource,
    words=WORDS,
    read=lambda: stream(reading.OFFERS, "ORDER BY f.id"),
    themes=("SOCI", "ECON"),
    keywords=("ekonomia społeczna", "oferty", "usługi", "CPV"),
    page="/oferty/",
    counted="oferta,oferty,ofert",
    api="offers",
)
