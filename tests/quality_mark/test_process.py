"""The process told to people: drawn and listed from the tables that the program obeys."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.urls import reverse

from quality_mark import workflow
from quality_mark.choices import PUBLIC, Actor, ApplicationState, MarkState
from quality_mark.telling import document, picture, way
from tests.quality_mark.factories import RulebookFactory


@pytest.mark.parametrize("path", document.files())
def test_what_the_docs_tell_is_what_the_program_does(path):
    committed = (settings.BASE_DIR / path).read_text(encoding="utf-8")
    assert committed == document.files()[path], "run: manage.py write_mark_process"


@pytest.mark.parametrize(
    ("make", "table", "states"),
    [
        (way.way_of_application, workflow.applications, ApplicationState),
        (way.life_of_mark, workflow.marks, MarkState),
    ],
)
def test_the_office_sees_every_state_and_every_step(make, table, states):
    places = make(is_public=False)
    assert {place.state for place in places} == set(states.values)
    told = {(place.state, out.step, out.target) for place in places for out in place.outs}
    assert told == {(source, move.name, move.target) for move in table for source in move.sources}


def test_the_public_is_not_shown_what_the_office_takes_back():
    told = {out.step for place in way.way_of_application(is_public=True) for out in place.outs}
    assert told & workflow.UNDOING == {"restore", "reconsider"}
    assert {move.name for move in workflow.applications} - told == {
        "untake", "uncall", "unpass", "ungrant", *workflow.LAST_BACK, *workflow.BY_SILENCE,
    }  # fmt: skip


def test_every_undoing_step_is_a_step():
    steps = {move.name for move in (*workflow.applications, *workflow.marks)}
    assert workflow.AFTER_COMPLAINT < workflow.UNDOING < steps


def test_the_picture_is_read_aloud_and_fits_a_phone():
    places = way.way_of_application(is_public=True)
    text = picture.svg(places, title="Droga & <wniosku>", key="a", says=lambda out: out.label)
    drawn = ET.fromstring(text)  # noqa: S314 - our own
    names = {child.get("id"): child.text for child in drawn if child.tag.endswith(("title", "desc"))}
    assert drawn.get("aria-labelledby").split() == list(names)
    assert all(label in names["a-desc"] for label in PUBLIC.values())
    width = int(drawn.get("viewBox").split()[2])
    assert width <= 344
    for line in drawn.iter("{http://www.w3.org/2000/svg}tspan"):
        assert float(line.get("x")) + len(line.text) * picture.LETTER <= width
    assert names["a-title"] == "Droga & <wniosku>"


@pytest.mark.django_db
def test_the_page_for_applicants_tells_the_way_and_its_days(client):
    page = client.get(reverse("quality_mark:process"))
    assert page.status_code == 200
    assert "Ile to trwa" not in page.text
    RulebookFactory()
    page = client.get(reverse("quality_mark:process")).text
    assert page.count('role="img"') == 2
    assert all(label in page for label in PUBLIC.values())
    assert "14\xa0dni" in page
    assert "style=" not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_who_holds_a_power_stands_in_the_document():
    told = document.files()[document.FILE]
    for actor in (Actor.APPLICANT, Actor.CLERK, Actor.DIRECTOR, Actor.TIME):
        assert f"| {actor.label} |" in told
