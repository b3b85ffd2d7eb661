"""Statuses of social enterprises: decisions of the wojewoda, art. 12-18 of the act of 2022."""

from open_data.api import sql, walking
from open_data.api.collections.organisations import Cards
from open_data.api.columns import WHOLE, column
from open_data.api.keyset import by
from registry.choices import SocialGoal
from registry.exports.cells import Day, Number, YesNo
from registry.models import Organisation, SocialEnterpriseStatus

COLUMNS = (
    column("id", "Numer wpisu, stały.", Number, schema=WHOLE),
    column("organisation_id", "Numer karty podmiotu.", Number, schema=WHOLE),
    column("organisation", "Nazwa podmiotu."),
    column("organisation_url", "Karta podmiotu w portalu.", get=lambda row: f"{row.site}/katalog/{row.slug}/"),
    column("nip", "NIP."),
    column("regon", "REGON."),
    column("krs", "KRS."),
    column("decision_number", "Numer decyzji wojewody."),
    column("authority", "Organ."),
    column("goal", "Cel.", schema={"enum": ["", *SocialGoal.values]}),
    column("granted_on", "Od dnia.", Day),
    column("lost_on", "Utracono dnia; puste, gdy status trwa.", Day),
    column("active", "Czy trwa dziś.", YesNo),
    column("powiat_teryt", "TERYT powiatu siedziby."),
    column("powiat", "Powiat siedziby."),
    column("gmina_teryt", "TERYT gminy siedziby."),
    column("gmina", "Gmina siedziby."),
    column("town", "Miejscowość siedziby."),
)


class Statuses(Cards):
    """The filters ask for the organisation, as in the catalogue."""

    name, row_name, title = "statuses", "Status", "Statusy przedsiębiorstw społecznych"
    about = "Decyzje o statusie przedsiębiorstwa społecznego, także utracone. Filtry dotyczą podmiotu, jak w katalogu."
    columns, usual_order = COLUMNS, "nowe"
    key_words, path_of_list, example = "Numer wpisu (`id`)", "/katalog/", "?ps=1&powiat=0264"
    foreign = (*Cards.foreign, "sort")

    def filter_names(self):
        return [name for name in super().filter_names() if name != "sort"]

    def parameters(self):
        return [one for one in super().parameters() if one["name"] != "sort"]

    def sort_of(self, found):
        return self.usual_order

    def orders(self, found, at):
        return {"nowe": [by("granted_on", falls=True)]}

    def fetch(self, found):
        return walking.of_queryset(_of_cards(found.qs))

    def count(self, found):
        return _of_cards(found.qs).count()

    def rows(self, keys, site):
        found = sql.read(sql.STATUSES, "WHERE s.id = ANY(%(keys)s)", keys=list(keys), site=site)
        return {row.id: row for row in found}

    def find(self, key):
        rows = _of_cards(self.model.objects.all()).filter(pk=key)
        return rows.values_list("pk", flat=True).first()


def _of_cards(entries):
    cards = Organisation.objects.filter(unit=None, pk__in=entries.order_by().values("pk"))
    return SocialEnterpriseStatus.objects.filter(institution__in=cards.values("institution"))
