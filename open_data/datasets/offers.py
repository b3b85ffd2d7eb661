"""oferty: what organisations sell, one row an offer."""

from django.conf import settings
from django.utils import timezone
from import_export import resources

from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, NIP, TERYT_COUNTY, TERYT_MUNICIPALITY
from registry.exports.cells import Day, Listing, Number, YesNo
from registry.exports.reading import streamed
from registry.models.offers import offer_words
from registry.resources import Column, Computed

# Facts come from the register, as in registry.exports.reading; the entry tells what is published and holds today.
_SQL = """
SELECT o.id, o.name, o.category_id AS category, g.label AS category_label, o.description, o.capacity,
       ARRAY(SELECT x.code FROM registry_offercpv l JOIN registry_cpvcode x ON x.code8 = l.code_id
             WHERE l.offer_id = o.id ORDER BY x.code) AS cpv,
       CASE WHEN o.serves = '{}' THEN a.serves ELSE o.serves END AS serves,
       coalesce(e.mark_until >= %(today)s, false) AS mark,
       CASE WHEN e.mark_until >= %(today)s THEN e.mark_until END AS mark_until,
       a.id AS organisation_id, e.organisation_name AS organisation,
       %(site)s || '/katalog/' || a.slug || '/' AS organisation_url,
       CASE WHEN a.unit_id IS NULL THEN i.nip END AS nip, a.kind_id AS kind, e.ps, e.art94,
       c.name AS powiat, e.county_id AS powiat_teryt, e.municipality_id AS gmina_teryt
FROM registry_offerentry e
JOIN registry_offer o ON o.id = e.offer_id
JOIN registry_organisation a ON a.id = e.organisation_id
LEFT JOIN registry_institution i ON i.id = a.institution_id
LEFT JOIN registry_offercategory g ON g.code = o.category_id
LEFT JOIN registry_county c ON c.teryt = e.county_id
ORDER BY o.id
"""


class OfferResource(resources.Resource):
    id = Column(Number)
    # Of hundreds of thousands, reverse() would take a third of all the time.
    url = Computed(lambda row: f"{settings.SITE_URL}/oferty/{row.id}-{offer_words(row.name)}/")
    name = Column()
    category = Column()
    category_label = Column()
    description = Column()
    capacity = Column()
    cpv = Column(Listing)
    serves = Column(Listing)
    mark = Column(YesNo)
    mark_until = Column(Day)
    organisation_id = Column(Number)
    organisation = Column()
    organisation_url = Column()
    nip = Column()
    kind = Column()
    ps = Column(YesNo)
    art94 = Column(YesNo)
    powiat = Column()
    powiat_teryt = Column()
    gmina_teryt = Column()


WORDS = {
    "id": Words("Numer oferty", "Nie zmienia się.", "318", required=True),
    "url": Words("Oferta w portalu", "", "https://portal.example/oferty/318-mycie-okien/", required=True),
    "name": Words("Nazwa", "", "Mycie okien", required=True),
    "category": Words("Kategoria (kod)", CODES, "sprzatanie"),
    "category_label": Words("Kategoria", "", "sprzątanie"),
    "description": Words("Opis", "Tekst podmiotu; może mieć kilka wierszy.", "Także na wysokości."),
    "capacity": Words("Ile i jak szybko", "", "do 2 000 m² dziennie"),
    "cpv": Words("CPV", "Kody Wspólnego Słownika Zamówień z cyfrą kontrolną.", "90911300-9"),
    "serves": Words("Obszar działania", "Kody TERYT; gdy oferta nie ma własnego, obszar podmiotu.", "0208; 0264"),
    "mark": Words("Znak Zakup Prospołeczny", "Czy w tym dniu oferta ma ważny znak.", "tak", required=True),
    "mark_until": Words("Znak ważny do", "Ostatni dzień ważności.", "2027-02-28"),
    "organisation_id": Words("Numer podmiotu", "Kolumna id zbioru „podmioty”.", "1204", required=True),
    "organisation": Words("Podmiot", "", "Spółdzielnia Socjalna Zielony Próg", required=True),
    "organisation_url": Words("Karta podmiotu", "", "https://portal.example/katalog/zielony-prog/", required=True),
    "nip": Words("NIP podmiotu", "Jednostka bez osobowości prawnej nie ma własnego.", "8990000110", pattern=NIP),
    "kind": Words("Rodzaj podmiotu (kod)", CODES, "spoldzielnia_socjalna", required=True),
    "ps": Words("Status PS", "Czy podmiot ma w tym dniu status.", "tak", required=True),
    "art94": Words("Art. 94", "Czy podmiot może startować w zamówieniach zastrzeżonych.", "tak", required=True),
    "powiat": Words("Powiat", "Powiat siedziby podmiotu.", "kłodzki"),
    "powiat_teryt": Words("TERYT powiatu", "", "0208", pattern=TERYT_COUNTY),
    "gmina_teryt": Words("TERYT gminy", "", "0208072", pattern=TERYT_MUNICIPALITY),
}


OFFERS = Dataset(
    slug="oferty",
    title="Oferty podmiotów ekonomii społecznej",
    description=(
        "Produkty i usługi podmiotów z katalogu: kategoria, kody CPV, obszar działania i znak „Zakup Prospołeczny”."
    ),
    resource=OfferResource,
    words=WORDS,
    read=lambda: streamed(_SQL, {"site": settings.SITE_URL, "today": timezone.localdate()}),
    themes=("SOCI", "ECON"),
    keywords=("ekonomia społeczna", "oferty", "usługi", "CPV"),
    page="/oferty/",
    counted="oferta,oferty,ofert",
)
