"""A believable calendar around the day of inventing, beside events that really took place."""

import tomllib
from datetime import datetime, time, timedelta
from random import Random

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from events.choices import Attendance, EventState, RegistrationState
from events.models import AgendaItem, Event, EventDay, Registration, Series, Speaker
from events.use_cases.calendar.derived import refresh
from events.use_cases.demo.edition import seed_edition
from events.use_cases.demo.naming import slug_of, uid_of
from events.use_cases.demo.real import write_real
from registry.models import Municipality

FILE = settings.BASE_DIR / "data" / "demo" / "events.toml"
COUNT = 60
FIRST_NAMES = "Anna Jan Maria Piotr Ewa Adam Zofia Marek Olga Tomasz Irena Paweł Hanna Józef Lena".split()


def seed_calendar(*, seed, now):
    """For core.demo.provide."""
    written = seed_events(count=COUNT, seed=seed, now=now)
    return f"Kalendarz: {written} nowych wydarzeń, w nim prawdziwe z lat 2008–2023 i wymyślone."


@transaction.atomic
def seed_events(*, count, seed, now):
    """Write the real events and `count` invented ones with a project edition; returns how many are new.

    The same seed on the same day gives the same rows. What stands already is left alone.
    """
    random = Random(seed)  # noqa: S311
    edition, today = seed_edition(now=now), timezone.localdate(now)
    given = tomllib.loads(FILE.read_text("utf-8"))
    towns = dict(Municipality.objects.values_list("teryt", "name"))
    venues = [venue for venue in given["venues"] if venue["municipality"] in towns]
    plans = given["events"] + [_repeated(random, given) for _ in range(max(count - len(given["events"]), 0))]
    known = set(Event.objects.values_list("slug", flat=True))
    written = write_real(now)
    for plan in plans[:count]:
        days = _days(plan, today)
        slug = slug_of(plan["title"], timezone.localdate(days[0][0]))
        if slug not in known:
            known.add(slug)
            written.append(_write(plan, slug, days, venues, towns, edition, now).pk)
    refresh(event_ids=written, now=now)
    return len(written)


def _repeated(random, given):
    plan = dict(random.choice(given["repeated"]))
    begins = random.choice((9, 10, 12, 16))
    plan["days"] = [[random.randint(-120, 110), f"{begins}:00", f"{begins + random.choice((2, 3, 5))}:00"]]
    plan["venue"] = random.randrange(len(given["venues"]))
    plan["series"] = plan["title"]
    plan["attendance"] = random.choice((Attendance.ON_SITE, Attendance.ON_SITE, Attendance.ONLINE, Attendance.BOTH))
    plan["edition"] = random.random() < 0.5
    plan["capacity"] = random.choice((15, 20, 30, 50))
    plan["working_days"] = True
    return plan


def _days(plan, today):
    """[(start, end, whole day)]; "26:00" is two at night."""
    found = []
    for offset, begins, ends in plan["days"]:
        day = today + timedelta(days=offset)
        if plan.get("working_days") and day.weekday() > 4:
            day += timedelta(days=7 - day.weekday())
        found.append((_at(day, begins), _at(day, ends or "24:00"), not begins))
    return found


def _at(day, clock):
    hours, minutes = map(int, (clock or "0:00").split(":"))
    local = datetime.combine(day + timedelta(days=hours // 24), time(hours % 24, minutes))
    return timezone.make_aware(local)


def _write(plan, slug, days, venues, towns, edition, now):
    online = plan.get("attendance") == Attendance.ONLINE
    venue = {} if online else venues[plan["venue"] % len(venues)]
    municipality = venue.get("municipality")
    signup = plan.get("signup", "")
    event = Event(
        slug=slug,
        uid=uid_of(slug),
        title=plan["title"],
        kind=plan["kind"],
        state=_state(plan, days, now),
        edition=edition if plan.get("edition") else None,
        series=Series.objects.get_or_create(name=plan["series"])[0] if plan.get("series") else None,
        summary=plan["summary"],
        description=f"{plan['summary']} Udział jest bezpłatny. Wydarzenie jest przykładowe i się nie odbędzie.",
        audience=plan.get("audience", []),
        audience_roles=plan.get("audience_roles", []),
        attendance=plan.get("attendance", Attendance.ON_SITE),
        place_name=venue.get("name", ""),
        getting_in=venue.get("getting_in", ""),
        street=venue.get("street", ""),
        house_number=venue.get("number", ""),
        postal_code=venue.get("postal_code", ""),
        town=towns.get(municipality, ""),
        municipality_id=municipality,
        county_id=municipality and municipality[:4],
        latitude=venue.get("latitude"),
        longitude=venue.get("longitude"),
        online_url="" if plan.get("attendance", Attendance.ON_SITE) == Attendance.ON_SITE else _LINK.format(slug=slug),
        contact_name="Jan Przykładowy",
        contact_phone="+48710000000",
        contact_email="wydarzenia@example.pl",
        takes_signups=signup != "none",
        signup_url=signup if signup.startswith("https:") else "",
        signup_opens_at=now + timedelta(days=plan["opens"]) if "opens" in plan else None,
        signup_closes_at=days[0][0] - timedelta(hours=18) if signup != "none" and plan["days"][0][0] > 1 else None,
        capacity=plan.get("capacity"),
        per_institution=plan.get("per_institution"),
        starts_at=days[0][0],
        ends_at=days[-1][1],
        created_at=now,
        changed_at=now,
        published_at=now,
    )
    if event.state == EventState.MOVED:
        event.moved_from, event.sequence = event.starts_at - timedelta(days=7), 1
    if event.state == EventState.CANCELLED:
        event.cancel_reason, event.sequence = plan["reason"], 1
    event.save()
    _hang(plan, event, days, now)
    return event


_LINK = "https://spotkania.example/{slug}"


def _state(plan, days, now):
    states = {"moved": EventState.MOVED, "cancelled": EventState.CANCELLED}
    return states.get(plan.get("state")) or (EventState.HELD if days[-1][1] <= now else EventState.PUBLISHED)


def _hang(plan, event, days, now):
    EventDay.objects.bulk_create(
        EventDay(event=event, starts_at=start, ends_at=end, is_all_day=whole) for start, end, whole in days
    )
    first = timezone.localdate(days[0][0])
    AgendaItem.objects.bulk_create(
        AgendaItem(event=event, starts_at=_at(first, clock), title=title, speakers=speakers, position=position)
        for position, (clock, title, speakers) in enumerate(plan.get("agenda", []))
    )
    Speaker.objects.bulk_create(
        Speaker(event=event, name=name, about=about, position=position)
        for position, (name, about) in enumerate(plan.get("speakers", []))
    )
    Registration.objects.bulk_create(_full(event, plan.get("full", 0), now))


def _full(event, people, now):
    """More people than there are places, in the order of arrival."""
    for number in range(people):
        seated = number < event.capacity
        yield Registration(
            event=event,
            state=RegistrationState.CONFIRMED if seated else RegistrationState.RESERVE,
            first_name=FIRST_NAMES[number % len(FIRST_NAMES)],
            last_name="Przykładowa" if FIRST_NAMES[number % len(FIRST_NAMES)].endswith("a") else "Przykładowy",
            email=f"osoba{number + 1}@example.pl",
            registered_at=now,
            confirmed_at=now if seated else None,
        )
