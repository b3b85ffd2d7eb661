"""WTZ, ZAZ, CIS and KIS: units without legal personality, by the same numbers as their cards."""

from django.db.models import Q

from open_data.api import sql
from open_data.api.collections.organisations import Cards, merged
from open_data.api.columns import WHOLE, WHOLE_OR_NULL, column
from registry.choices import Activity
from registry.exports.cells import Day, Number
from registry.models import Organisation

COLUMNS = (
    column("id", "Numer karty, ten sam co w `organisations`.", Number, schema=WHOLE),
    column("url", "Karta w portalu.", get=lambda row: f"{row.site}/katalog/{row.slug}/"),
    column("name", "Nazwa."),
    column("short_name", "Nazwa skrócona."),
    column("kind", "Rodzaj jednostki (kod)."),
    column("kind_label", "Rodzaj jednostki (nazwa)."),
    column("regon", "REGON jednostki lokalnej, 14 cyfr."),
    column("register_number", "Numer w rejestrze wojewody."),
    column("started_on", "Działa od.", Day),
    column("expires_on", "Status ważny do.", Day),
    column("ended_on", "Zakończyła działalność.", Day),
    column("operator", "Kto prowadzi jednostkę."),
    column("operator_nip", "NIP prowadzącego."),
    column("operator_id", "Karta prowadzącego, gdy jest w katalogu.", Number, schema=WHOLE_OR_NULL),
    column("powiat_teryt", "TERYT powiatu."),
    column("powiat", "Powiat."),
    column("gmina_teryt", "TERYT gminy."),
    column("gmina", "Gmina."),
    column("town", "Miejscowość."),
    column("postal_code", "Kod pocztowy."),
    column("street", "Ulica."),
    column("house_number", "Numer domu."),
    column("flat_number", "Numer lokalu."),
    column("phone", "Telefon jednostki z numerem kraju."),
    column("email", "E-mail jednostki."),
    column("www", "Strona www."),
    column("status", "Aktywność.", schema={"enum": list(Activity.values)}),
    column("verified_on", "Kiedy potwierdzono dane.", Day),
    column("lat", "Szerokość geograficzna (WGS 84).", Number),
    column("lon", "Długość geograficzna (WGS 84).", Number),
)


class Units(Cards):
    name, row_name, title = "units", "Unit", "Jednostki"
    about = "Warsztaty terapii zajęciowej, zakłady aktywności zawodowej, centra i kluby integracji społecznej."
    columns = COLUMNS
    key_words, path_of_list, example = "Numer karty (`id`)", "/katalog/", "?kind=wtz&sort=nowe"

    def conditions(self, found):
        units = Organisation.objects.filter(unit__isnull=False).values("pk")
        return [*super().conditions(found), Q(pk__in=units)]

    def rows(self, keys, site):
        condition = "WHERE e.organisation_id = ANY(%(keys)s) AND u.id IS NOT NULL"
        return {row.id: row for row in sql.read(sql.UNITS, condition, keys=list(keys), site=site)}

    def find(self, key):
        return super().find(key) or merged(key)
