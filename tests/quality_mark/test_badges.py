"""The badge by the licence of today, wherever it is shown: gone at midnight in Warsaw, back with the renewal."""

import csv
import io
import json
from datetime import date

import pytest
from django.conf import settings

from accounts.choices import Role
from quality_mark.choices import ApplicationState, MarkState, SignedBy
from quality_mark.models import Agreement, Mark
from quality_mark.tasks.nightly import turn_marks
from quality_mark.use_cases import agreements, licensing
from registry.tasks.nightly import turn_the_page
from tests.accounts.factories import account
from tests.quality_mark.marks import TERMS, at, marked, offer, renewal
from tests.registry.factories import refresh

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(at(2027, 2, 28, 23, 59), tick=False)]
RULES = {f"rulebook__{name}": value for name, value in (TERMS | {"valid_while_renewed": False}).items()}
WHO = "/zamowienia/kto-to-zrobi/"


@pytest.fixture
def mark():
    """Its last day is 28 February 2027."""
    made = marked(date(2026, 3, 1), offer=offer(organisation__institution__municipality_id="0264011"), **RULES)
    refresh(made.offer.organisation)
    return made


def text(client, address):
    response = client.get(address)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code == 200, address
    return content.decode().replace("\xa0", " ")


def rows(client, address):
    return list(csv.DictReader(io.StringIO(text(client, address).removeprefix("\ufeff"))))


def shown(client, mark):
    """{where: whether the badge is there}"""
    one, card = mark.offer, mark.offer.organisation
    badge = 'class="badge mark"'
    found = json.loads(text(client, "/katalog/eksport.json"))
    return {
        "catalogue": badge in text(client, "/katalog/"),
        "catalogue by mark": 'id="result-count" value="1"' in text(client, "/katalog/?mark=1"),
        "card": badge in text(client, card.get_absolute_url()),
        "offers": badge in text(client, "/oferty/"),
        "offers by mark": 'id="result-count" value="1"' in text(client, "/oferty/?mark=1"),
        "offer": badge in text(client, one.get_absolute_url()),
        "who can do it": badge in text(client, f"{WHO}?q=sprzątanie"),
        "who can do it, JSON": "znak" in "".join(client.get(f"{WHO[:-1]}.json?q=sprzątanie").json()[0]["why"]).lower(),
        "CSV": rows(client, "/katalog/eksport.csv")[0]["mark"] == "tak",
        "JSON": bool(found[0]["mark"]),
        "register": rows(client, "/znak/rejestr/eksport.csv")[0]["status"] == "wazny",
        "map": bool([c for c in client.get("/znak/rejestr/mapa.json?status=wazny").json()["counties"] if c["count"]]),
        "holders": bool(client.get("/katalog/eksport.csv?mark=1").getvalue().decode().strip().count("\n")),
    }  # fmt: skip


def everywhere(client, mark, is_there):
    found = shown(client, mark)
    assert found == dict.fromkeys(found, is_there)


def test_the_badge_ends_at_midnight_and_comes_back_with_the_renewal_wherever_it_is_shown(client, mark, time_machine):
    everywhere(client, mark, True)
    time_machine.move_to(at(2027, 3, 1, 0, 0, 1), tick=False)
    turn_marks()
    everywhere(client, mark, False)
    assert Mark.objects.get().state == MarkState.EXPIRED
    turn_the_page()
    everywhere(client, mark, False)
    # The renewal that was filed in time is signed a week later, and by these rules begins anew.
    one = renewal(mark, ApplicationState.GRANTED, submitted_at=at(2027, 2, 20, 12), complete_at=at(2027, 2, 22, 12))
    agreements.prepare(application_id=one.pk, now=at(2027, 3, 2, 9))
    Agreement.objects.update(
        holder_signed_at=at(2027, 3, 2, 12), holder_signed_by=SignedBy.DECLARATION, signed_name="Anna Lis"
    )
    now = at(2027, 3, 8, 10)
    time_machine.move_to(now, tick=False)
    licensing.countersign(application_id=one.pk, actor=account(Role.COORDINATOR), now=now)
    everywhere(client, mark, True)


def test_pages_of_one_and_the_register_do_not_even_wait_for_the_night_job(client, mark, time_machine):
    everywhere(client, mark, True)
    time_machine.move_to(at(2027, 3, 1, 0, 0, 1), tick=False)
    found = shown(client, mark)
    assert not {where for where in ("card", "offer", "register", "map") if found[where]}


def test_the_night_job_comes_at_midnight():
    planned = settings.CELERY_BEAT_SCHEDULE["turn-marks"]["schedule"]
    assert (0 in planned.hour, planned.minute) == (True, {0})
