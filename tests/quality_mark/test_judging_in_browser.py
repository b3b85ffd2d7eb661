"""Pages of judging in a browser: no violation of WCAG 2.2 AA, nothing wider than a phone."""

import pytest
from django.conf import settings
from django.test import Client

from accounts.choices import Role
from quality_mark.choices import ApplicationState as A
from quality_mark.use_cases import assessing, opinions, supervision, votes
from quality_mark.voting import Choice
from tests.accounts.factories import account
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW
from tests.quality_mark.judging_pages import url
from tests.quality_mark.marks import marked

pytestmark = pytest.mark.django_db(transaction=True)


def sign_in(page, live_server, person):
    client = Client()
    client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def test_pages_of_every_role_can_be_read_and_used_on_a_phone(page, live_server, axe):
    clerk, director, book = account(Role.COORDINATOR), account(Role.DIRECTOR), judging.rules()
    people = judging.assessors()
    assessed = judging.case(book=book)
    rows = judging.assigned(assessed, people, clerk)
    done, open_case = judging.case(A.COMMISSION, book), judging.case(A.COMMISSION, book)
    term, members = judging.commission_of(clerk, substitutes=1)
    signed = judging.sitting_with(term, [done], clerk, members=members[:3])
    judging.voted(signed.items.get(), dict.fromkeys(members[:3], Choice.FOR), clerk)
    judging.signed(signed, members[0].person)
    sitting = judging.sitting_with(term, [open_case], clerk, members=members[:3])
    votes.open_vote(item_id=sitting.items.get().pk, is_secret=True, actor=clerk, now=NOW)
    chair, waiting = members[0].person, judging.case(book=book)
    mark = marked(rulebook=book, number="ZP/2025/900")
    supervision.suspend(mark_id=mark.pk, reason="Znak na innym produkcie.", actor=director, now=NOW)
    opinions.ask(mark_id=mark.pk, actor=director, now=NOW)
    opinion = opinions.add_to_agenda(sitting_id=sitting.pk, mark_id=mark.pk, actor=clerk)
    judging.scored(rows[people[1].email], 4, 4)
    assessing.reopen(assessment_id=rows[people[1].email].pk, reason="Pomyłka.", actor=clerk, now=NOW)
    judging.scored(rows[people[1].email], 4, 4)
    pages = {
        people[0]: [
            url("assessments"),
            url("assessment", rows[people[0].email].pk),
            url("assessment_visit", rows[people[0].email].pk),
        ],
        people[1]: [url("assessment", rows[people[1].email].pk)],
        clerk: [
            url("assigning"),
            url("assigning_case", waiting.pk),
            url("assigning_case", assessed.pk),
            url("commission"),
            url("term", term.pk),
            url("sitting", sitting.pk),
            url("marks"),
            url("mark_review", mark.pk),
        ],
        chair: [
            url("sitting", sitting.pk),
            url("agenda_item", sitting.items.first().pk),
            url("agenda_item", opinion.pk),
        ],
        director: [
            url("decisions"),
            url("decision", done.pk),
            url("mark_desk", mark.pk),
            url("mark_step", mark.pk, "revoke"),
            url("mark_step", mark.pk, "resume"),
        ],
    }
    page.set_viewport_size({"width": 360, "height": 800})
    for person, addresses in pages.items():
        sign_in(page, live_server, person)
        for address in addresses:
            assert page.goto(address).status == 200, address
            axe(page)
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert page.evaluate(wide) <= 0, address
