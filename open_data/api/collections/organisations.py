"""Cards of the catalogue."""

from open_data.api import parameters as p
from open_data.api.collections.entries import EntryCollection
from open_data.api.columns import WHOLE, columns_of
from open_data.api.problems import Problem
from registry import labels
from registry.cards.reading import merge_target
from registry.choices import Activity
from registry.exports.reading import rows_of
from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry, Organisation
from registry.resources import OrganisationResource

WORDS = {
    "id": "Numer karty, stały.",
    "url": "Karta w portalu.",
    "name": "Nazwa.",
    "kind": "Rodzaj podmiotu (kod).",
    "nip": "NIP, 10 cyfr.",
    "regon": "REGON, 9 albo 14 cyfr.",
    "krs": "KRS, 10 cyfr.",
    "powiat": "Powiat siedziby.",
    "gmina": "Gmina siedziby.",
    "gmina_teryt": "TERYT gminy, 7 cyfr.",
    "street": "Ulica.",
    "postal_code": "Kod pocztowy.",
    "town": "Miejscowość.",
    "phone": "Telefon podmiotu z numerem kraju.",
    "email": "E-mail podmiotu.",
    "www": "Strona www.",
    "ps": "Czy ma dziś status przedsiębiorstwa społecznego.",
    "mark": "Czy któraś oferta ma dziś znak Zakup Prospołeczny.",
    "verified_on": "Kiedy potwierdzono dane.",
    "short_name": "Nazwa skrócona.",
    "kind_label": "Rodzaj podmiotu (nazwa).",
    "legal_form": "Forma prawna.",
    "operator": "Kto prowadzi jednostkę (WTZ, ZAZ, CIS, KIS).",
    "operator_nip": "NIP prowadzącego.",
    "voivodeship": "Województwo.",
    "powiat_teryt": "TERYT powiatu, 4 cyfry.",
    "house_number": "Numer domu.",
    "flat_number": "Numer lokalu.",
    "other_register": "Inny rejestr.",
    "other_register_number": "Numer w innym rejestrze.",
    "ade": "Adres do e-Doręczeń.",
    "pkd": "Kody PKD, przeważający pierwszy.",
    "categories": "Kategorie ofert.",
    "offers": "Nazwy ofert.",
    "serves": "Obszar działania: kody TERYT albo PL.",
    "ps_since": "Od kiedy ma status PS.",
    "mark_until": "Do kiedy ważny jest znak.",
    "art94": "Czy może startować w zamówieniach z art. 94 Pzp.",
    "opp": "Czy jest organizacją pożytku publicznego.",
    "status": "Aktywność.",
    "founded_year": "Rok założenia.",
    "description": "Opis działalności.",
    "mission": "Misja społeczna.",
    "source": "Źródło danych.",
    "source_as_of": "Stan źródła na dzień.",
    "lat": "Szerokość geograficzna (WGS 84).",
    "lon": "Długość geograficzna (WGS 84).",
}
SORTS = {
    "nazwa": "nazwa, tak jest bez tego parametru",
    "nowe": "najnowsze",
    "zmiana": "ostatnio zmienione",
    "trafnosc": "trafność, gdy są słowa",
}


class Cards(EntryCollection):
    """What all lists of cards share: the filter of the catalogue."""

    filter_class, model = CatalogueFilter, CatalogueEntry

    def parameters(self):
        known = labels.read()
        return [
            p.text(),
            p.many("kind", "Rodzaj podmiotu.", known.kind),
            p.many("form", "Forma prawna.", known.form),
            p.many("powiat", "Powiat siedziby (TERYT).", known.county),
            p.many("gmina", "Gmina siedziby (TERYT).", **p.GMINA),
            p.many(
                "area",
                "Obszar działania: TERYT województwa, powiatu albo gminy.",
                pattern="[0-9]{2}|[0-9]{4}|[0-9]{7}",
                example="0264",
            ),
            p.many("category", "Kategoria oferty.", known.category),
            p.many("cpv", "Kod CPV z tym, co w nim leży.", **p.CPV),
            p.many("pkd", "Kod PKD z tym, co w nim leży.", example="81.21.Z"),
            p.many("status", "Aktywność.", dict(Activity.choices)),
            p.flag("ps", "Tylko przedsiębiorstwa społeczne."),
            p.flag("mark", "Tylko ze znakiem Zakup Prospołeczny."),
            p.flag("art94", "Tylko te, które mogą startować z art. 94 Pzp."),
            p.flag("opp", "Tylko organizacje pożytku publicznego."),
            p.choice("sort", "Kolejność.", SORTS),
        ]


class Organisations(Cards):
    name, row_name, title = "organisations", "Organisation", "Podmioty"
    about = "Opublikowane karty katalogu: podmioty ekonomii społecznej z danymi rejestrowymi, adresem i ofertą."
    columns = columns_of(OrganisationResource, WORDS, id=WHOLE, status={"enum": list(Activity.values)})
    key_words, path_of_list, example = "Numer karty (`id`)", "/katalog/", "?powiat=0264&kind=spoldzielnia_socjalna"

    def rows(self, keys, site):
        return {row.id: row for row in rows_of(keys, site=site)}

    def find(self, key):
        return super().find(key) or merged(key)


def merged(key):
    """Raises the Problem of a card that went into another; None for anything else that is not public."""
    card = Organisation.objects.filter(pk=key, merged_into__isnull=False).first()
    target = merge_target(card) if card else None
    if target is None or target.removed_at or not target.published_at:
        return None
    raise Problem(410, "Ta karta została połączona z inną.", successor=f"/api/v1/organisations/{target.pk}/")
