"""How many: events, sign-ups, people, institutions. Counted by the database, in three statements for any grouping.

A person is one by PESEL (its fingerprint). Without it, over all editions and open events alike, by name with the date
of birth, else with the e-mail, else, at open events, with the phone: nobody is one by a name alone, and who cannot be
told counts by the row. So does whoever was forgotten: figures stay above zero when their data are gone, though one
person of several sign-ups is then several. Somebody who gave PESEL in one edition and none in another is two. An
institution is one by NIP. A participation is one person present at one event.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Case, CharField, Count, F, Func, Min, Q, Sum, Value, When
from django.db.models.functions import (
    Cast,
    Coalesce,
    Concat,
    ExtractQuarter,
    ExtractYear,
    Lower,
    NullIf,
    Trim,
    TruncMonth,
)
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.polish import sort_key
from events.choices import Category, EventState, RegistrationState
from events.models import Event, Presence, Registration

# Written without Polish letters as often as with them.
_LETTERS, _PLAIN = "ąćęłńóśźż", "acelnoszz"


def _person():
    """Text that is equal for sign-ups of one person, as the docstring of the module says."""
    by_row = Concat(Value("row:"), Cast("pk", CharField()))
    of_participant = Concat(Value("participant:"), Cast("participant", CharField()))
    name = _words("participant__first_name", "participant__last_name")
    own_name = _words("first_name", "last_name")
    return Case(
        When(Q(participant__pesel_fingerprint__gt=""), then=Concat(Value("pesel:"), "participant__pesel_fingerprint")),
        When(participant__erased_at__isnull=False, then=of_participant),
        When(participant__birth_date__isnull=False, then=_joined(name, Cast("participant__birth_date", CharField()))),
        When(Q(participant__email__gt=""), then=_joined(name, _lowered("participant__email"))),
        When(participant__isnull=False, then=of_participant),
        When(Q(email__gt=""), then=_joined(own_name, _lowered("email"))),
        When(Q(phone__gt=""), then=_joined(own_name, F("phone"))),
        default=by_row,
        output_field=CharField(),
    )


def _words(*names):
    """First and last name in small letters without accents."""
    text = Concat(*(part for name in names for part in (Lower(Trim(name)), Value(" "))))
    return Func(text, Value(_LETTERS), Value(_PLAIN), function="translate", output_field=CharField())


def _lowered(name):
    return Lower(Trim(Cast(name, CharField())))


def _joined(name, more):
    return Concat(Value("name:"), name, Value("|"), more)


_PERSON = _person()
_NIP = Coalesce(NullIf("enrolment__nip", Value("")), NullIf("enrolment__institution__nip", Value("")))
_PRESENT = Q(state=RegistrationState.PRESENT)
_NUMBERS = ("events", "planned_people", "planned_institutions", "signed_up", "participations", "people",
            "institutions", "hours")  # fmt: skip


@dataclass(slots=True)
class Figures:
    """`signed_up`: had a place; `participations`: present; `people` and `institutions`: unique among those present;
    `hours`: of all people together, as long as each was there (PresenceQuerySet.lasting)."""

    label: str = ""
    events: int = 0
    planned_people: int = 0
    planned_institutions: int = 0
    signed_up: int = 0
    participations: int = 0
    people: int = 0
    institutions: int = 0
    hours: float = 0.0


# What one may count by: the name in addresses → heading of the table.
GROUPS = {
    "wydarzenie": "Wydarzenie",
    "edycja": "Edycja",
    "miesiac": "Miesiąc",
    "kwartal": "Kwartał",
    "rok": "Rok",
    "powiat": "Powiat",
    "kategoria": "Kategoria instytucji",
}


def figures(*, edition_id=None, start=None, end=None, county=None, category=None):
    """Figures of everything together; `start` and `end` are moments, an event belongs to the one it begins in.

    Realised: events that took place or are announced, people who were present. `county` is a TERYT code of the place,
    `category` one of events.choices.Category, of the people's institution.
    """
    of_events, of_people = _filters(edition_id, start, end, county, category)
    total = Figures(label="Razem")
    _fill(total, Event.objects.filter(of_events).aggregate(**_of_events()))
    _fill(total, Registration.objects.filter(of_people).aggregate(**_of_people()))
    _fill(total, _presences(of_people).aggregate(**_of_presences()))
    return total


def figures_by(group, *, edition_id=None, start=None, end=None, county=None, category=None):
    """[Figures] for each value of one of GROUPS, in its order; those without a value come last."""
    of_events, of_people = _filters(edition_id, start, end, county, category)
    found = {}
    if group != "kategoria":
        _gather(found, Event.objects.filter(of_events), group, "", _of_events())
    _gather(found, Registration.objects.filter(of_people), group, "event__", _of_people())
    _gather(found, _presences(of_people), group, "registration__event__", _of_presences())
    return [found[key] for key in sorted(found, key=_order)]


def _order(key):
    """What has no value comes last; words in Polish order."""
    return tuple((part is None, sort_key(part) if isinstance(part, str) else part or 0) for part in key)


def institutions(**given):
    """[{nip, name, category, participations, people}] of those whose people were present, by name."""
    _, of_people = _filters(**_complete(given))
    rows = Registration.objects.filter(of_people, _PRESENT, enrolment__isnull=False)
    return rows.values(nip=_NIP).annotate(
        name=Min("enrolment__name"), category=Min("enrolment__category"), participations=Count("pk"),
        people=Count(_PERSON, distinct=True),
    ).order_by("name", "nip")  # fmt: skip


def _complete(given):
    return {name: given.get(name) for name in ("edition_id", "start", "end", "county", "category")}


def _filters(edition_id, start, end, county, category):
    """(Q of events, Q of sign-ups)."""
    both = {
        "state__in": [*EventState.coming(), *EventState.over()],
        **({"edition": edition_id} if edition_id else {}),
        **({"starts_at__gte": start} if start else {}),
        **({"starts_at__lt": end} if end else {}),
        **({"county": county} if county else {}),
    }
    of_people = Q(**{f"event__{name}": value for name, value in both.items()})
    if category:
        of_people &= Q(enrolment__category=category)
    return Q(**both), of_people


def _of_events():
    return {
        "events": Count("pk"),
        "planned_people": Coalesce(Sum("planned_people"), 0),
        "planned_institutions": Coalesce(Sum("planned_institutions"), 0),
    }


def _of_people():
    return {
        "signed_up": Count("pk", filter=Q(state__in=RegistrationState.seated())),
        "participations": Count("pk", filter=_PRESENT),
        "people": Count(_PERSON, filter=_PRESENT, distinct=True),
        "institutions": Count(_NIP, filter=_PRESENT, distinct=True),
    }


def _presences(of_people):
    """Days with hours on which somebody was there who counts as present."""
    return Presence.objects.lasting().filter(registration__in=Registration.objects.filter(of_people, _PRESENT))


def _of_presences():
    return {"hours": Sum("lasted")}


def _gather(found, rows, group, path, aggregates):
    """Adds to `found`, {key: Figures}, what the rows give for each value of the group."""
    keys = _keys(group, path)
    named = {f"key{number}": expression for number, expression in enumerate(keys)}
    for row in rows.order_by().values(**named).annotate(**aggregates).order_by():
        key = tuple(row[name] for name in named)
        line = found.setdefault(key, Figures(label=_label(group, key)))
        _fill(line, row)


def _keys(group, path):
    """Expressions that make the key of a group; the last one is what the label is made of."""
    begins = f"{path}starts_at"
    if group == "kategoria":
        return [F(f"{path.removesuffix('event__')}enrolment__category")]
    return {
        "wydarzenie": [F(begins), F(f"{path}pk"), F(f"{path}title")],
        "edycja": [F(f"{path}edition__name"), F(f"{path}edition")],
        "miesiac": [TruncMonth(begins)],
        "kwartal": [ExtractYear(begins), ExtractQuarter(begins)],
        "rok": [ExtractYear(begins)],
        "powiat": [F(f"{path}county__name"), F(f"{path}county")],
    }[group]


def _label(group, key):
    if key[0] is None or key[0] == "":
        return {"edycja": "poza projektami", "powiat": "bez powiatu", "kategoria": "bez zgłoszenia instytucji"}.get(
            group, "bez terminu"
        )
    if group == "kategoria":
        return Category(key[0]).label
    if group == "wydarzenie":
        return f"{key[2]} ({date_format(localtime(key[0]), 'd.m.Y')})"
    if group == "miesiac":
        return date_format(localtime(key[0]), "F Y").lower()
    return f"{key[1]}. kwartał {key[0]}" if group == "kwartal" else str(key[0])


def _fill(line, row):
    for name in _NUMBERS:
        if name in row:
            value = row[name] or 0
            setattr(line, name, round(value / timedelta(hours=1), 2) if isinstance(value, timedelta) else value)
