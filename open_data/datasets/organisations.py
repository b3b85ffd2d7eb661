"""podmioty: the catalogue, in the columns of /katalog/eksport.csv."""

from django.conf import settings

from open_data.datasets.dataset import Dataset, Words
from registry.exports.reading import rows
from registry.models import CatalogueEntry
from registry.resources import HEADINGS, OrganisationResource

TERYT_MUNICIPALITY, TERYT_COUNTY = r"^\d{7}$", r"^\d{4}$"
NIP, REGON, KRS, POST = r"^\d{10}$", r"^(\d{9}|\d{14})$", r"^\d{10}$", r"^\d{2}-\d{3}$"
CODES = "Kody i ich nazwy są w zbiorze „słowniki”."
ON_THE_DAY = "W dniu, z którego są dane."


def _words(name, description="", example="", **more):
    return Words(HEADINGS[name], description, example, **more)


WORDS = {
    "id": _words("id", "Nie zmienia się i nie jest używany ponownie.", "1204", required=True),
    "url": _words("url", "Adres strony podmiotu.", "https://portal.example/katalog/zielony-prog/", required=True),
    "name": _words(
        "name", "Pełna nazwa podmiotu albo jednostki.", "Spółdzielnia Socjalna Zielony Próg", required=True
    ),
    "kind": Words(
        "Rodzaj (kod)", f"Rodzaj podmiotu ekonomii społecznej. {CODES}", "spoldzielnia_socjalna", required=True
    ),
    "nip": _words(
        "nip", "Dziesięć cyfr. Jednostka bez osobowości prawnej nie ma własnego.", "8990000110", pattern=NIP
    ),
    "regon": _words("regon", "Dziewięć cyfr, jednostki lokalnej czternaście.", "364403687", pattern=REGON),
    "krs": _words("krs", "Dziesięć cyfr z zerami na początku.", "0000617106", pattern=KRS),
    "powiat": _words("powiat", "Nazwa powiatu siedziby.", "kłodzki"),
    "gmina": _words(
        "gmina", "Nazwa gminy; z rodzajem, gdy w powiecie są dwie o tej nazwie.", "Kłodzko (gmina wiejska)"
    ),
    "gmina_teryt": _words(
        "gmina_teryt", "Siedem cyfr, ostatnia jest rodzajem gminy.", "0208072", pattern=TERYT_MUNICIPALITY
    ),
    "street": _words("street", "Z przedrostkiem; puste, gdy miejscowość nie ma ulic.", "ul. Drukarska"),
    "postal_code": _words("postal_code", "", "53-311", pattern=POST),
    "town": _words("town", "", "Krosnowice"),
    "phone": _words(
        "phone", "Telefon podmiotu. W CSV i XLSX tak, jak się go zapisuje, w JSON z numerem kraju.", "71 000 00 00"
    ),
    "email": _words("email", "Adres podmiotu, podany do publikacji.", "biuro@example.pl"),
    "www": _words("www", "", "https://zielony-prog.example"),
    "ps": _words("ps", f"Czy podmiot ma status przedsiębiorstwa społecznego. {ON_THE_DAY}", "tak", required=True),
    "mark": _words("mark", f"Czy choć jedna oferta podmiotu ma ważny znak. {ON_THE_DAY}", "nie", required=True),
    "verified_on": _words("verified_on", "Dzień, w którym ktoś ostatnio potwierdził dane.", "2026-11-03"),
    "short_name": _words("short_name", "", "Zielony Próg"),
    "kind_label": _words("kind_label", "Nazwa rodzaju.", "spółdzielnia socjalna", required=True),
    "legal_form": _words("legal_form", "", "spółdzielnia"),
    "operator": _words("operator", "Kto prowadzi jednostkę (WTZ, ZAZ, CIS, KIS).", "Fundacja Przystań"),
    "operator_nip": _words("operator_nip", "", "8990000110", pattern=NIP),
    "voivodeship": _words("voivodeship", "", "dolnośląskie"),
    "powiat_teryt": Words("TERYT powiatu", "Cztery cyfry.", "0208", pattern=TERYT_COUNTY),
    "house_number": _words("house_number", "", "37"),
    "flat_number": _words("flat_number", "", "5"),
    "other_register": _words(
        "other_register", "Rejestr inny niż KRS, na przykład ewidencja starosty.", "ewidencja klubów sportowych"
    ),
    "other_register_number": _words("other_register_number", "", "12/2019"),
    "ade": _words("ade", "", "AE:PL-12345-67890-ABCDE-12"),
    "pkd": _words("pkd", "Symbole z wersją klasyfikacji, przeważający pierwszy.", "81.21.Z (PKD 2007)"),
    "categories": _words("categories", "Kategorie ofert podmiotu.", "Sprzątanie; Tereny zielone"),
    "offers": _words("offers", "Nazwy ofert. Więcej o nich jest w zbiorze „oferty”.", "Mycie okien; Sprzątanie biur"),
    "serves": _words("serves", "Kody TERYT miejsc, w których podmiot działa; PL to cały kraj.", "0208; 0264"),
    "ps_since": _words("ps_since", "Puste, gdy podmiot nie ma statusu.", "2024-03-01"),
    "mark_until": _words("mark_until", "Ostatni dzień ważności, gdy znak jest ważny.", "2027-02-28"),
    "art94": _words(
        "art94",
        "Czy podmiot może startować w zamówieniach zastrzeżonych: z mocy prawa albo według własnej deklaracji.",
        "tak",
        required=True,
    ),
    "opp": _words("opp", "Czy jest organizacją pożytku publicznego.", "nie", required=True),
    "status": _words("status", f"Na ile pewne, że podmiot działa (kod). {CODES}", "aktywny", required=True),
    "founded_year": _words("founded_year", "", "2012"),
    "description": _words(
        "description", "Tekst podmiotu; może mieć kilka wierszy.", "Sprzątamy biura i klatki schodowe."
    ),
    "mission": _words("mission", "", "Praca dla osób, którym trudno ją znaleźć."),
    "source": _words("source", "Skąd pochodzi zapis.", "Wykaz wojewody"),
    "source_as_of": _words("source_as_of", "", "2026-01-31"),
    "lat": _words("lat", "WGS 84, stopnie dziesiętne.", "50.431235", type="number"),
    "lon": _words("lon", "WGS 84, stopnie dziesiętne.", "16.65", type="number"),
}


ORGANISATIONS = Dataset(
    slug="podmioty",
    title="Podmioty ekonomii społecznej",
    description=(
        "Karty katalogu: kto prowadzi ekonomię społeczną w regionie, gdzie, jak się z nim skontaktować, co oferuje, "
        "jaki ma status i kiedy potwierdzono dane. Jednostki (WTZ, ZAZ, CIS, KIS) mają własne karty."
    ),
    resource=OrganisationResource,
    words=WORDS,
    read=lambda: rows(CatalogueEntry.objects.all(), site=settings.SITE_URL),
    themes=("SOCI", "ECON"),
    keywords=(
        "ekonomia społeczna",
        "podmioty ekonomii społecznej",
        "spółdzielnie socjalne",
        "organizacje pozarządowe",
    ),
    page="/katalog/",
    counted="podmiot,podmioty,podmiotów",
    api="organisations",
)
