"""statusy-ps: every statutory status of a social enterprise, the past ones too, of institutions in the catalogue."""

from django.conf import settings
from django.utils import timezone
from import_export import resources

from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, KRS, NIP, REGON, TERYT_COUNTY
from registry.choices import SocialGoal
from registry.exports.cells import Day, Label, Number, YesNo
from registry.exports.reading import streamed
from registry.resources import Column, Computed

# Why a status was lost is told in words of the office, which were not written to be published.
_SQL = """
SELECT s.id, o.id AS organisation_id, %(site)s || '/katalog/' || o.slug || '/' AS organisation_url, i.name, i.nip,
       i.regon, i.krs, c.name AS powiat, i.county_id AS powiat_teryt, s.decision_number, s.authority, s.goal,
       s.granted_on, s.lost_on, s.granted_on <= %(today)s AND (s.lost_on IS NULL OR s.lost_on > %(today)s) AS active
FROM registry_catalogueentry e
JOIN registry_organisation o ON o.id = e.organisation_id AND o.unit_id IS NULL
JOIN registry_institution i ON i.id = o.institution_id
JOIN registry_socialenterprisestatus s ON s.institution_id = i.id
LEFT JOIN registry_county c ON c.teryt = i.county_id
ORDER BY s.granted_on, s.id
"""


class StatusResource(resources.Resource):
    id = Column(Number)
    organisation_id = Column(Number)
    organisation_url = Column()
    name = Column()
    nip = Column()
    regon = Column()
    krs = Column()
    powiat = Column()
    powiat_teryt = Column()
    decision_number = Column()
    authority = Column()
    goal = Column()
    goal_label = Computed(lambda row: row.goal, Label, choices=SocialGoal)
    granted_on = Column(Day)
    lost_on = Column(Day)
    active = Column(YesNo)


WORDS = {
    "id": Words("Numer wpisu", "", "41", required=True),
    "organisation_id": Words("Numer podmiotu", "Kolumna id zbioru „podmioty”.", "1204", required=True),
    "organisation_url": Words("Karta podmiotu", "", "https://portal.example/katalog/zielony-prog/", required=True),
    "name": Words("Podmiot", "", "Spółdzielnia Socjalna Zielony Próg", required=True),
    "nip": Words("NIP", "", "8990000110", pattern=NIP),
    "regon": Words("REGON", "", "364403687", pattern=REGON),
    "krs": Words("KRS", "", "0000617106", pattern=KRS),
    "powiat": Words("Powiat", "", "kłodzki"),
    "powiat_teryt": Words("TERYT powiatu", "", "0208", pattern=TERYT_COUNTY),
    "decision_number": Words("Numer decyzji", "", "PS-PS.9515.1.2024"),
    "authority": Words("Organ", "Kto nadał status.", "Wojewoda Dolnośląski"),
    "goal": Words("Cel (kod)", CODES, "reintegracja"),
    "goal_label": Words("Cel", "", "reintegracja społeczna i zawodowa"),
    "granted_on": Words("Od dnia", "", "2024-03-01", required=True),
    "lost_on": Words("Utracono dnia", "Puste, gdy status trwa.", ""),
    "active": Words("Czy trwa", "Czy podmiot ma status w dniu pliku.", "tak", required=True),
}


STATUSES = Dataset(
    slug="statusy-ps",
    title="Statusy przedsiębiorstwa społecznego",
    description="Kiedy i komu nadano status przedsiębiorstwa społecznego i kiedy go utracono, także statusy dawne.",
    resource=StatusResource,
    words=WORDS,
    read=lambda: streamed(_SQL, {"site": settings.SITE_URL, "today": timezone.localdate()}),
    themes=("SOCI", "GOVE"),
    keywords=("przedsiębiorstwo społeczne", "status PS", "ekonomia społeczna"),
    page="/katalog/?ps=1",
    counted="status,statusy,statusów",
)
