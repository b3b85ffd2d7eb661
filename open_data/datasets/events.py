"""wydarzenia: the calendar, in the columns of /wydarzenia/eksport.csv."""

from django.conf import settings

from events.models import Event
from events.resources import EventResource
from open_data.datasets.dataset import Dataset, Words
from open_data.datasets.organisations import CODES, POST, TERYT_MUNICIPALITY

WORDS = {
    "id": Words("Numer wydarzenia", "Nie zmienia się.", "57", required=True),
    "url": Words("Strona wydarzenia", "", "https://portal.example/wydarzenia/targi-2026/", required=True),
    "name": Words("Nazwa", "", "Targi ekonomii społecznej", required=True),
    "kind": Words("Rodzaj (kod)", CODES, "targi", required=True),
    "state": Words("Stan (kod)", CODES, "opublikowane", required=True),
    "starts_at": Words("Początek", "Czas polski.", "2026-12-03T09:00+01:00", required=True),
    "ends_at": Words("Koniec", "", "2026-12-03T15:00+01:00", required=True),
    "powiat": Words("Powiat", "", "powiat kłodzki"),
    "gmina": Words("Gmina", "", "Kłodzko (gmina miejska)"),
    "gmina_teryt": Words("TERYT gminy", "", "0208021", pattern=TERYT_MUNICIPALITY),
    "place": Words("Miejsce", "", "Kłodzki Ośrodek Kultury"),
    "street": Words("Ulica i numer", "", "pl. Jagiełły 1"),
    "postal_code": Words("Kod pocztowy", "", "57-300", pattern=POST),
    "town": Words("Miejscowość", "", "Kłodzko"),
    "online": Words("On-line", "Czy można uczestniczyć przez internet.", "nie", required=True),
    "kind_label": Words("Rodzaj", "", "targi", required=True),
    "state_label": Words("Stan", "", "zapowiedziane", required=True),
    "days": Words("Dni", "Przedziały ISO 8601 albo same daty.", "2026-12-03T09:00/2026-12-03T15:00"),
    "audience": Words("Dla kogo", "Kategorie instytucji.", "podmioty ekonomii społecznej"),
    "audience_roles": Words("Dla jakich osób", "", "kadra kierownicza"),
    "audience_words": Words("Dla kogo, słowami", "", "Dla wszystkich"),
    "summary": Words("W skrócie", "", "Stoiska trzydziestu spółdzielni."),
    "organiser": Words(
        "Organizator", "Gdy pusty, jest nim operator portalu.", "Dolnośląski Ośrodek Polityki Społecznej"
    ),
    "edition": Words("Projekt", "Edycja projektu, w której się odbywa.", ""),
    "capacity": Words("Liczba miejsc", "Puste, gdy nie ma ograniczenia.", "120"),
    "free_places": Words("Wolne miejsca", "W chwili, z której są dane.", "14"),
    "signup_opens_at": Words("Zapisy od", "", "2026-11-10T08:00+01:00"),
    "signup_closes_at": Words("Zapisy do", "", "2026-12-01T23:59+01:00"),
    "previous_start": Words("Poprzedni początek", "Gdy termin przeniesiono.", ""),
    "cancel_reason": Words("Dlaczego odwołano", "", ""),
    "source_url": Words("Źródło", "Strona, na której wydarzenie ogłoszono.", "https://dops.example/targi"),
    "lat": Words("Szerokość geograficzna", "WGS 84, stopnie dziesiętne.", "50.431235", type="number"),
    "lon": Words("Długość geograficzna", "WGS 84, stopnie dziesiętne.", "16.65", type="number"),
    "changed_at": Words("Zmieniono", "", "2026-11-12T10:30+01:00"),
}


EVENTS = Dataset(
    slug="wydarzenia",
    title="Wydarzenia",
    description=(
        "Szkolenia, spotkania, targi i wizyty, także odbyte i odwołane: kiedy, gdzie, dla kogo i ile jest miejsc."
    ),
    resource=EventResource,
    words=WORDS,
    read=lambda: EventResource(site=settings.SITE_URL).iter_queryset(Event.objects.public().order_by("pk")),
    themes=("SOCI", "EDUC"),
    keywords=("wydarzenia", "szkolenia", "ekonomia społeczna"),
    page="/wydarzenia/",
    counted="wydarzenie,wydarzenia,wydarzeń",
    api="events",
)
