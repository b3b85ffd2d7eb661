"""Columns of the exports, for the public pages and for the admin alike."""

from import_export import fields, resources, widgets

from core.templatetags.portal import phone
from registry.exports.reading import rows
from registry.models import CatalogueEntry, Organisation
from registry.spreadsheets import harmless


class Text(widgets.Widget):
    """Text that no spreadsheet program takes for a formula. Identifiers are text too: zeros in front count."""

    def render(self, value, obj=None, **kwargs):
        return harmless(self.plain(value))

    def plain(self, value):
        """The value as JSON carries it."""
        return "" if value is None else str(value)


class Phone(Text):
    """As people write it, "71 000 00 00": a cell that begins with a plus is counted, not called."""

    def render(self, value, obj=None, **kwargs):
        return harmless(phone(value or "").replace("\N{NO-BREAK SPACE}", " "))


class Listing(Text):
    """Several values in one cell, parted by semicolons; in JSON an array."""

    def render(self, value, obj=None, **kwargs):
        return harmless("; ".join(value or ()))

    def plain(self, value):
        return list(value or ())


class YesNo(Text):
    def render(self, value, obj=None, **kwargs):
        return "tak" if value else "nie"

    def plain(self, value):
        return bool(value)


class Day(Text):
    """ISO date, or empty."""

    def render(self, value, obj=None, **kwargs):
        return self.plain(value)

    def plain(self, value):
        return value.isoformat() if value else ""


class Number(Text):
    """With a decimal point, or empty; null in JSON. Degrees end at a tenth of a metre."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else self.plain(value)

    def plain(self, value):
        return round(value, 6) if isinstance(value, float) else value


class Column(fields.Field):
    """A column of the same name in registry.exports.reading."""

    def __init__(self, widget=Text):
        super().__init__(widget=widget(), readonly=True)

    def get_value(self, instance):
        return getattr(instance, self.column_name)


class OrganisationResource(resources.Resource):
    """Published cards. Takes a queryset of Organisation (the admin) or of CatalogueEntry (the public exports)."""

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
        if queryset.model is Organisation:
            queryset = CatalogueEntry.objects.filter(organisation__in=queryset.order_by().values("pk"))
        return rows(queryset, site=self.site)
