"""How many people a second sign up for one event, by 50 clients, against the bare transaction in SQL.

Both do the same: lock the event, look whether there is a place, write the sign-up, its step and the letter, commit.
The triggers of the database run in both. The size is not used: one event is one queue, however large the register is.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bench.catalogue import bare_parameters
from events.models import Event, EventDay, Registration
from events.use_cases.signups.entering import Person, sign_up
from notifications.models import OutgoingEmail

CLIENTS, PEOPLE, PLACES, ROUNDS = 50, 500, 50, 2
PARAMETERS = {}
BARE_LOCK = "SELECT taken, capacity FROM events_event WHERE id = %s FOR NO KEY UPDATE"
BARE_COUNT = (
    "SELECT count(*) FROM events_registration WHERE event_id = %s AND state IN ('potwierdzone', 'zaproponowane')"
)


def run(size):
    settings.CELERY_TASK_ALWAYS_EAGER = False
    # Each client has a connection of its own: a pool would make them wait for each other.
    connections.close_all()
    connections.settings["default"]["OPTIONS"].pop("pool", None)
    del connections["default"]
    PARAMETERS.update(bare_parameters())
    print(f"\nSign-ups, {PEOPLE} people by {CLIENTS} clients for {PLACES} places, {ROUNDS} rounds, the best of each")
    bare = max(measured(bare_client) for _ in range(ROUNDS))
    ours = max(measured(our_client) for _ in range(ROUNDS))
    one_bare, one_ours = (
        max(measured(client, clients=1, people=100) for _ in range(ROUNDS)) for client in (bare_client, our_client)
    )
    print(f"{'':<14}{'bare SQL /s':>14}{'sign_up() /s':>14}{'ratio':>8}")
    print(f"{'50 clients':<14}{bare:>14.0f}{ours:>14.0f}{bare / ours:>8.1f}")
    print(f"{'1 client':<14}{one_bare:>14.0f}{one_ours:>14.0f}{one_bare / one_ours:>8.1f}")


def measured(client, *, clients=CLIENTS, people=PEOPLE):
    """People a second, from the moment at which all clients are connected."""
    event = make_event()
    ready, done = threading.Barrier(clients + 1), []
    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(client, event, range(first, people, clients), ready) for first in range(clients)]
        ready.wait(timeout=30)
        started = time.perf_counter()
        done = [one.result() for one in running]
        seconds = time.perf_counter() - started
    rows = list(Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True))
    places = min(PLACES, people)
    if done and rows != ["potwierdzone"] * places + ["rezerwa"] * (people - places):
        raise AssertionError("places were given wrongly")
    return people / seconds


def make_event():
    Registration.objects.filter(event__slug__startswith="pomiar-").delete()
    OutgoingEmail.objects.filter(template__startswith="events/email/signup_").delete()
    now = timezone.now()
    start = now + timedelta(days=10)
    event = Event.objects.create(
        slug=f"pomiar-{now:%Y%m%d%H%M%S%f}",
        title="Pomiar",
        kind="inne",
        state="opublikowane",
        starts_at=start,
        ends_at=start + timedelta(hours=5),
        capacity=PLACES,
        place_name="Dom Spotkań",
        town="Wrocław",
        created_at=now,
        changed_at=now,
        published_at=now,
    )
    EventDay.objects.create(event=event, starts_at=event.starts_at, ends_at=event.ends_at)
    return event


def our_client(event, numbers, ready):
    try:
        connection.ensure_connection()
        ready.wait(timeout=30)
        for number in numbers:
            who = Person(first_name="Ewa", last_name=f"Nowak-{number}", email=f"ewa{number}@example.pl")
            sign_up(event_id=event.pk, people=[who], now=timezone.now())
    finally:
        connections.close_all()


def bare_client(event, numbers, ready):
    """The same rows through a cursor of psycopg alone; the letter is as long as ours."""
    body = "x" * 700
    with psycopg.connect(**PARAMETERS) as connected, connected.cursor() as cursor:
        ready.wait(timeout=30)
        for number in numbers:
            now = timezone.now()
            cursor.execute(BARE_LOCK, [event.pk])
            cursor.fetchone()
            cursor.execute(BARE_COUNT, [event.pk])
            [taken] = cursor.fetchone()
            state = "potwierdzone" if taken < PLACES else "rezerwa"
            [pk] = cursor.execute(
                REGISTRATION, [event.pk, state, f"Nowak-{number}", f"e{number}@example.pl", now]
            ).fetchone()
            [step] = cursor.execute(STEP, [pk, state, now]).fetchone()
            cursor.execute(LETTER, [f"e{number}@example.pl", body, f"events-registration-step:{step}", now, now])
            connected.commit()


REGISTRATION = """
INSERT INTO events_registration (event_id, state, link_key, first_name, last_name, email, registered_at, phone,
    institution_name, channel, joins_online, answers, needs, diet, remarks, sequence)
VALUES (%s, %s, '0123456789abcdef', 'Ewa', %s, %s, %s, '', '', 'portal', false, '{}', '', '', '', 0) RETURNING id
"""
STEP = """
INSERT INTO events_registrationstep (registration_id, name, source, target, note, made_at)
VALUES (%s, 'sign_up', '', %s, '', %s) RETURNING id
"""
LETTER = """
INSERT INTO notifications_outgoingemail ("to", template, subject, body, secrets, attachment_name, attachment_type,
    attachment, dedupe_key, created_at, due_at, frequency, attempts, last_error, is_bounce)
VALUES (%s, 'events/email/signup_confirmed', 'Potwierdzone miejsce', %s, '{}', '', '', '', %s, %s, %s, 'now', 0, '',
    false)
"""
