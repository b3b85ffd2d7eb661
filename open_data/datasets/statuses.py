"""statusy-ps: every statutory status of a social enterprise, the past ones too, of institutions in the catalogue."""

from import_export import resources

from open_data import reading
from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, KRS, NIP, ON_THE_DAY, REGON, TERYT_COUNTY, TERYT_MUNICIPALITY
from open_data.reading import stream
from registry.choices import SocialGoal
from registry.exports.cells import Day, Label, Number, YesNo
from registry.resources import Column, Computed


class StatusResource(resources.Resource):
    """Why a status was lost is told in words of the office, which were not written to be published."""

    id = Column(Number)
    organisation_id = Column(Number)
    organisation = Column()
    organisation_url = Computed(lambda row: f"{row.site}/katalog/{row.slug}/")
    nip = Column()
    regon = Column()
    krs = Column()
    decision_number = Column()
    authority = Column()
    goal = Column()
    goal_label = Computed(lambda row: row.goal, Label, choices=SocialGoal)
    granted_on = Column(Day)
    lost_on = Column(Day)
    active = Column(YesNo)
    powiat_teryt = Column()
    powiat = Column()
    gmina_teryt = Column()
    gmina = Column()
    town = Column()


WORDS = {
    "id": Words("Numer wpisu", "", "41", required=True),
    "organisation_id": Words("Numer karty podmiotu", "", "1204", required=True),
    "organisation": Words("Podmiot", "", "Spółdzielnia Socjalna Zielony Próg", required=True),
    "organisation_url": Words("Karta podmiotu", "", "https://portal.example/katalog/zielony-prog/", required=True),
    "nip": Words("NIP", "", "8990000110", pattern=NIP),
    "regon": Words("REGON", "", "364403687", pattern=REGON),
    "krs": Words("KRS", "", "0000617106", pattern=KRS),
    "decision_number": Words("Numer decyzji", "", "PS-PS.9515.1.2024"),
    "authority": Words("Organ", "Kto nadał status.", "Wojewoda Dolnośląski"),
    "goal": Words("Cel (kod)", CODES, "reintegracja"),
    "goal_label": Words("Cel", "", "reintegracja społeczna i zawodowa"),
    "granted_on": Words("Od dnia", "", "2024-03-01", required=True),
    "lost_on": Words("Utracono dnia", "Puste, gdy status trwa.", ""),
    "active": Words("Czy trwa", f"Czy podmiot ma ten status. {ON_THE_DAY}", "tak", required=True),
    "powiat_teryt": Words("TERYT powiatu", "Powiat siedziby podmiotu.", "0208", pattern=TERYT_COUNTY),
    "powiat": Words("Powiat", "", "kłodzki"),
    "gmina_teryt": Words("TERYT gminy", "", "0208072", pattern=TERYT_MUNICIPALITY),
    "gmina": Words("Gmina", "", "Kłodzko (gmina wiejska)"),
    "town": Words("Miejscowość", "", "Krosnowice"),
}


STATUSES = Dataset(
    slug="statusy-ps",
    title="Statusy przedsiębiorstwa społecznego",
    description="Kiedy i komu nadano status przedsiębiorstwa społecznego i kiedy go utracono, także statusy dawne.",
    resource=StatusResource,
    words=WORDS,
    read=lambda: stream(reading.STATUSES, "ORDER BY s.granted_on, s.id"),
    themes=("SOCI", "GOVE"),
    keywords=("przedsiębiorstwo społeczne", "status PS", "ekonomia społeczna"),
    page="/katalog/?ps=1",
    counted="status,statusy,statusów",
    api="statuses",
)
