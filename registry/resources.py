"""Columns of the exports, for the public pages and for the admin alike."""

from django.conf import settings
from import_export import fields, resources

from registry.choices import EmployeesBand, Verifier
from registry.exports.cells import Day, Label, Listing, Number, Phone, Text, YesNo
from registry.exports.reading import rows


class Column(fields.Field):
    """A column of the same name in registry.exports.reading."""

    def __init__(self, widget=Text, **options):
        super().__init__(widget=widget(**options), readonly=True)

    def get_value(self, instance):
        return getattr(instance, self.column_name)


class Computed(Column):
    """A column worked out of a row by a function."""

    def __init__(self, function, widget=Text, **options):
        super().__init__(widget, **options)
        self._function = function

    def get_value(self, instance):
        return self._function(instance)


class OrganisationResource(resources.Resource):
    """Published cards, of a queryset of CatalogueEntry."""

    # The first nineteen are a promise to programs outside: their names and order stay.
    id = Column(Number)
    url = Column()
    name = Column()
    kind = Column()
    nip = Column()
    regon = Column()
    krs = Column()
    powiat = Column()
    gmina = Column()
    gmina_teryt = Column()
    street = Column()
    postal_code = Column()
    town = Column()
    phone = Column(Phone)
    email = Column()
    www = Column()
    ps = Column(YesNo)
    mark = Column(YesNo)
    verified_on = Column(Day)
    short_name = Column()
    kind_label = Column()
    legal_form = Column()
    operator = Column()
    operator_nip = Column()
    voivodeship = Column()
    powiat_teryt = Column()
    house_number = Column()
    flat_number = Column()
    other_register = Column()
    other_register_number = Column()
    ade = Column()
    pkd = Column(Listing)
    categories = Column(Listing)
    offers = Column(Listing)
    serves = Column(Listing)
    ps_since = Column(Day)
    mark_until = Column(Day)
    art94 = Column(YesNo)
    opp = Column(YesNo)
    status = Column()
    founded_year = Column(Number)
    description = Column()
    mission = Column()
    source = Column()
    source_as_of = Column(Day)
    lat = Column(Number)
    lon = Column(Number)

    def __init__(self, *, site="", **options):
        """`site` stands before the path in the column `url`: "https://portal.example"."""
        super().__init__(**options)
        self.site = site

    def iter_queryset(self, queryset):
        return rows(queryset, site=self.site)


# In the order in which one reads a card: who, where, how to reach, what, and what is left to do.
HEADINGS = {
    "id": "Numer karty",
    "name": "Nazwa",
    "short_name": "Nazwa skrócona",
    "kind_label": "Rodzaj",
    "legal_form": "Forma prawna",
    "nip": "NIP",
    "regon": "REGON",
    "krs": "KRS",
    "other_register": "Inny rejestr",
    "other_register_number": "Numer w innym rejestrze",
    "operator": "Organ prowadzący",
    "operator_nip": "NIP organu prowadzącego",
    "voivodeship": "Województwo",
    "powiat": "Powiat",
    "gmina": "Gmina",
    "gmina_teryt": "TERYT gminy",
    "postal_code": "Kod pocztowy",
    "town": "Miejscowość",
    "street": "Ulica",
    "house_number": "Nr domu",
    "flat_number": "Nr lokalu",
    "phone": "Telefon",
    "phone_other": "Inne telefony",
    "email": "E-mail",
    "www": "Strona www",
    "ade": "Adres do e-Doręczeń",
    "published_at": "W katalogu od",
    "status": "Aktywność",
    "verified_on": "Dane potwierdzono",
    "verified_by": "Kto potwierdził",
    "reports": "Otwarte zgłoszenia błędów",
    "unconfirmed": "Oferty do potwierdzenia",
    "updated_at": "Zmieniono",
    "ps": "Status PS",
    "ps_since": "Status PS od",
    "mark": "Znak Zakup Prospołeczny",
    "mark_until": "Znak ważny do",
    "art94": "Art. 94",
    "opp": "OPP",
    "offers": "Oferta",
    "categories": "Kategorie ofert",
    "pkd": "PKD",
    "serves": "Obszar działania",
    "employees": "Zatrudnienie",
    "support_centre": "OWES opiekun",
    "founded_year": "Rok założenia",
    "description": "Opis działalności",
    "mission": "Misja społeczna",
    "source": "Źródło",
    "source_as_of": "Stan źródła na",
    "lat": "Szerokość geograficzna",
    "lon": "Długość geograficzna",
    "url": "Karta w portalu",
    "panel": "Karta w panelu",
}


class PublicAddress(Column):
    """Only of a card that can be seen there."""

    def get_value(self, instance):
        return instance.url if instance.published_at else ""


class PanelAddress(Column):
    def get_value(self, instance):
        site = instance.url.partition("/katalog/")[0]
        return f"{site}{settings.ADMIN_PATH}registry/organisation/{instance.id}/change/"


class PanelResource(OrganisationResource):
    """Any cards, of a queryset of Organisation, in Polish columns and with what is left to do about them.

    Columns that the import knows have headings that it recognises.
    """

    url = PublicAddress()
    panel = PanelAddress()
    phone_other = Column()
    employees = Column(Label, choices=EmployeesBand)
    support_centre = Column()
    published_at = Column(Day)
    verified_by = Column(Label, choices=Verifier)
    updated_at = Column(Day)
    reports = Column(Number)
    unconfirmed = Column(Number)

    def get_export_fields(self, selected_fields=None):
        return [self.fields[name] for name in HEADINGS]

    def get_export_headers(self, selected_fields=None):
        return list(HEADINGS.values())
