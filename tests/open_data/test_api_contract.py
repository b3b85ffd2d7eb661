"""The schema is a promise: schemathesis asks for what it allows and for what it forbids, and looks at every answer."""

import io
import os
from collections import Counter
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from tests.open_data.filled import LISTS, fill

pytestmark = pytest.mark.django_db
# Values that the schema cannot name: the rows behind them come and go.
REAL = {"gmina": "0264011", "area": "0264", "cpv": "90910000", "pkd": "81.21.Z", "buyer": None, "podmiot": None}
PAIRS = (("from", "to"), ("value_from", "value_to"))


def test_the_schema_is_valid_and_nothing_in_it_had_to_be_guessed():
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=io.StringIO())


@contextmanager
def one_connection():
    """What the test has written is in a transaction of its own connection: requests leave that open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def run(cases, rows):
    """({status: how many answers}, faults) over the addresses of the schema, each asked so many times by chance."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())
    statuses, faults = Counter(), []
    for found in schema.get_all_operations():
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                ask(found.ok(), mode, cases, statuses, rows)
            except Unsatisfiable:
                continue  # an address without parameters cannot be asked wrongly
            except BaseExceptionGroup as several:
                faults += [f"{found.ok().label}: {one}" for one in several.exceptions]
            except AssertionError as one:
                faults.append(f"{found.ok().label}: {one}")
    return statuses, faults


def ask(operation, mode, cases, statuses, rows):
    @seed(7)
    @hypothesis(
        max_examples=cases,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case):
        if mode == GenerationMode.POSITIVE:
            make_real(case, rows)
        # The client inside of this process does not unpack.
        response = case.call(headers={"Accept-Encoding": "identity"})
        statuses[response.status_code] += 1
        case.validate_response(response)

    once()


def real_rows(client):
    """{list: (key of its first row, cursor behind it)}."""
    found = {}
    for name in LISTS:
        page = client.get(f"/api/v1/{name}/", {"limit": 1}).json()
        found[name] = page["results"][0]["id"], parse_qs(urlsplit(page["next"]).query)["cursor"][0]
    # A place that this database never came to is a 410, which nobody may be told by chance.
    found["zmiany"] = None, client.get("/api/v1/zmiany/", {"limit": 1}).json()["cursor"]
    return found


def make_real(case, rows):
    """Put rows that exist, and ends of a range in their order, in place of what only looks right."""
    query, key, cursor = case.query, *rows.get(case.path.split("/")[3], (None, None))
    for name, value in REAL.items():
        if name in query:
            query[name] = [value] if value else []
    if "id" in case.path_parameters and key:
        case.path_parameters["id"] = key
    if "cursor" in query:
        query["cursor"] = cursor
        query.pop("sort", None)
    for name in ("from", "to"):
        if name in query:
            query[name] = "2026-12-01"
    for least, most in PAIRS:
        if least in query and most in query:
            query[most] = query[least]


def test_schemathesis_finds_no_fault_in_the_api(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 10**9
    fill(2)
    cases, rows = int(os.environ.get("SCHEMATHESIS_CASES", "10")), real_rows(client)
    with one_connection():
        statuses, faults = run(cases, rows)
    print(f"{statuses.total()} cases, {len(faults)} faults, {dict(sorted(statuses.items()))}")
    assert not faults, "\n\n".join(faults)
    assert set(statuses) <= {200, 400, 404, 405, 406}
    assert statuses[200] > 100
    assert statuses[400] > 50
