"""Cards of the catalogue."""

from open_data.api import parameters as p
from open_data.api.collections.entries import EntryCollection
from open_data.api.columns import WHOLE, columns_of
from open_data.api.problems import Problem
from open_data.datasets.organisations import ORGANISATIONS
from registry import labels
from registry.cards import old_addresses
from registry.choices import Activity
from registry.exports.reading import rows_of
from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry, Organisation

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
    columns = columns_of(ORGANISATIONS, id=WHOLE, status={"enum": list(Activity.values)})
    key_words, path_of_list, example = "Numer karty (`id`)", "/katalog/", "?powiat=0264&kind=spoldzielnia_socjalna"

    def rows(self, keys, site):
        return {row.id: row for row in rows_of(keys, site=site)}

    def find(self, key):
        return super().find(key) or gone(key)


def gone(key):
    """Raises the Problem of a card that went into another, was removed or whose organisation has ended its work; None
    for anything else that is not public."""
    card = Organisation.objects.filter(pk=key).select_related("closing").first()
    target = card and (card if card.published_at else old_addresses.leads_to(card.slug))
    if target is None or target.removed_at and not old_addresses.was_public(target):
        return None
    if target.removed_at:
        raise Problem(410, "Tę kartę usunięto z katalogu.")
    if target.pk != card.pk:
        raise Problem(410, "Ta karta została połączona z inną.", successor=f"/api/v1/organisations/{target.pk}/")
    if hasattr(card, "closing"):
        raise Problem(
            410, "Podmiot zakończył działalność.", ended_on=card.closing.ended_on, page=card.get_absolute_url()
        )
    return None
