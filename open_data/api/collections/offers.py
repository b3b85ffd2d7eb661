"""What organisations sell."""

from open_data import reading
from open_data.api import parameters as p
from open_data.api.collections.entries import EntryCollection
from open_data.api.collections.organisations import SORTS
from open_data.api.columns import WHOLE, columns_of
from open_data.datasets.offers import OFFERS
from registry import labels
from registry.filters import OfferFilter
from registry.models import OfferEntry


class Offers(EntryCollection):
    name, row_name, title = "offers", "Offer", "Oferty"
    about = "Produkty i usługi podmiotów z katalogu."
    filter_class, model, columns = OfferFilter, OfferEntry, columns_of(OFFERS, id=WHOLE, organisation_id=WHOLE)
    key_words, path_of_list, example = "Numer oferty (`id`)", "/oferty/", "?q=sprzątanie&powiat=0264"

    def rows(self, keys, site):
        found = reading.read(reading.OFFERS, "WHERE e.offer_id = ANY(%(keys)s)", keys=list(keys), site=site)
        return {row.id: row for row in found}

    def parameters(self):
        known = labels.read()
        return [
            p.text("Słowa, których szukasz, kod CPV albo NIP, REGON lub KRS."),
            p.many("category", "Kategoria.", known.category),
            p.many("cpv", "Kod CPV z tym, co w nim leży.", **p.CPV),
            p.many("powiat", "Powiat siedziby podmiotu (TERYT).", known.county),
            p.many("kind", "Rodzaj podmiotu.", known.kind),
            p.flag("mark", "Tylko oferty ze znakiem Zakup Prospołeczny."),
            p.choice("sort", "Kolejność.", SORTS),
        ]
