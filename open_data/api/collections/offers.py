"""What organisations sell."""

from open_data.api import parameters as p
from open_data.api import sql
from open_data.api.collections.entries import EntryCollection
from open_data.api.collections.organisations import SORTS
from open_data.api.columns import WHOLE, column
from registry import labels
from registry.exports.cells import Day, Listing, Moment, Number, YesNo
from registry.filters import OfferFilter
from registry.models import OfferEntry
from registry.models.offers import offer_address

COLUMNS = (
    column("id", "Numer oferty, stały.", Number, schema=WHOLE),
    column("url", "Oferta w portalu.", get=lambda row: f"{row.site}{offer_address(row.id, row.name)}"),
    column("name", "Nazwa."),
    column("organisation_id", "Numer karty podmiotu.", Number, schema=WHOLE),
    column("organisation", "Nazwa podmiotu."),
    column(
        "organisation_url", "Karta podmiotu w portalu.", get=lambda row: f"{row.site}/katalog/{row.organisation_slug}/"
    ),
    column("nip", "NIP podmiotu; pusty przy jednostkach bez osobowości prawnej."),
    column("category", "Kategoria (kod)."),
    column("category_label", "Kategoria (nazwa)."),
    column("cpv", "Kody CPV.", Listing),
    column("confirmed", "Czy człowiek potwierdził kategorię i kody CPV.", YesNo),
    column("description", "Opis."),
    column("capacity", "Ile i jak szybko."),
    column("serves", "Obszar: kody TERYT albo PL.", Listing),
    column("kind", "Rodzaj podmiotu (kod)."),
    column("powiat_teryt", "TERYT powiatu siedziby."),
    column("powiat", "Powiat siedziby."),
    column("gmina_teryt", "TERYT gminy siedziby."),
    column("gmina", "Gmina siedziby."),
    column("town", "Miejscowość siedziby."),
    column("ps", "Czy podmiot ma dziś status przedsiębiorstwa społecznego.", YesNo),
    column("mark", "Czy oferta ma dziś znak Zakup Prospołeczny.", YesNo),
    column("mark_until", "Do kiedy ważny jest znak.", Day),
    column("mark_number", "Numer znaku.", schema={"type": "string"}),
    column("published_at", "W katalogu od.", Moment),
    column("changed_at", "Ostatnio zmieniono.", Moment),
)


class Offers(EntryCollection):
    name, row_name, title = "offers", "Offer", "Oferty"
    about = "Produkty i usługi podmiotów z katalogu."
    filter_class, model, columns = OfferFilter, OfferEntry, COLUMNS
    key_words, path_of_list, example = "Numer oferty (`id`)", "/oferty/", "?q=sprzątanie&powiat=0264"

    def rows(self, keys, site):
        found = sql.read(sql.OFFERS, "WHERE e.offer_id = ANY(%(keys)s)", keys=list(keys), site=site)
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
