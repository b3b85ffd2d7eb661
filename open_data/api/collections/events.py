"""The calendar."""

from events.calendar.versions import version
from events.choices import Category, EventKind, EventState
from events.filters import EventFilter
from events.models import Event
from events.resources import EventResource
from open_data.api import parameters as p
from open_data.api import walking
from open_data.api.collections.base import Collection
from open_data.api.columns import WHOLE, WHOLE_OR_NULL, columns_of
from open_data.api.keyset import by
from registry import labels

WORDS = {
    "id": "Numer wydarzenia, stały.",
    "url": "Wydarzenie w portalu.",
    "name": "Tytuł.",
    "kind": "Rodzaj (kod).",
    "state": "Stan (kod).",
    "starts_at": "Początek, czas polski.",
    "ends_at": "Koniec, czas polski.",
    "powiat": "Powiat.",
    "gmina": "Gmina.",
    "gmina_teryt": "TERYT gminy.",
    "place": "Miejsce.",
    "street": "Ulica z numerem.",
    "postal_code": "Kod pocztowy.",
    "town": "Miejscowość.",
    "online": "Czy można wziąć udział on-line.",
    "kind_label": "Rodzaj (nazwa).",
    "state_label": "Stan (nazwa).",
    "days": "Dni: początek/koniec albo sam dzień.",
    "audience": "Dla kogo.",
    "audience_roles": "W jakiej roli.",
    "audience_words": "Dla kogo, własnymi słowami organizatora.",
    "summary": "W jednym zdaniu.",
    "organiser": "Organizator; pusty to operator portalu.",
    "edition": "Edycja projektu.",
    "capacity": "Liczba miejsc; null to brak limitu.",
    "free_places": "Wolne miejsca.",
    "signup_opens_at": "Zapisy od.",
    "signup_closes_at": "Zapisy do.",
    "previous_start": "Poprzedni termin, gdy go zmieniono.",
    "cancel_reason": "Dlaczego odwołane.",
    "source_url": "Strona, z której pochodzi zapowiedź.",
    "lat": "Szerokość geograficzna (WGS 84).",
    "lon": "Długość geograficzna (WGS 84).",
    "changed_at": "Ostatnio zmieniono.",
}


class Events(Collection):
    name, row_name, title = "events", "Event", "Wydarzenia"
    about = "Ogłoszone wydarzenia. Bez `from` i `to` tylko te, które się nie skończyły; z nimi z dowolnego czasu."
    columns = columns_of(
        EventResource,
        WORDS,
        id=WHOLE,
        kind={"enum": list(EventKind.values)},
        state={"enum": [one.value for one in EventState.public()]},
        capacity=WHOLE_OR_NULL,
        free_places=WHOLE_OR_NULL,
    )
    usual_order, foreign = "termin", ("page",)
    key_words, path_of_list, example = "Numer wydarzenia (`id`)", "/wydarzenia/", "?from=2026-12-01&to=2026-12-31"

    def filter_of(self, data, now):
        return EventFilter(data, now=now)

    def filter_names(self):
        return list(EventFilter.base_filters)

    def orders(self, found, at):
        return {"termin": [by("starts_at")]}

    def fetch(self, found):
        return walking.of_queryset(found.qs)

    def count(self, found):
        return found.qs.count()

    def version(self):
        return version()

    def rows(self, keys, site):
        rows = EventResource(site=site).iter_queryset(Event.objects.public().filter(pk__in=keys))
        return {event.pk: event for event in rows}

    def find(self, key):
        return Event.objects.public().filter(pk=key).values_list("pk", flat=True).first()

    def parameters(self):
        return [
            p.text("Słowa, których szukasz.", example="szkolenie"),
            p.many("kind", "Rodzaj.", dict(EventKind.choices)),
            p.many("powiat", "Powiat (TERYT).", labels.read().county),
            p.many("audience", "Dla kogo.", dict(Category.choices)),
            p.flag("online", "Tylko te, w których można wziąć udział on-line."),
            p.day("from", "Od dnia, RRRR-MM-DD, od roku 1990."),
            p.day("to", "Do dnia, RRRR-MM-DD, do roku 2099."),
        ]
