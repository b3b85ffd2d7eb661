"""What tests of the pages of judging have in common."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quality_mark.choices import ApplicationState as A
from quality_mark.use_cases import votes
from tests.quality_mark import judging

HOSTILE = ["\x00", "0001-01-01", "9999-12-31", "9" * 400, "-1", "٣", "<script>", "a" * 10_000, "1e9"]


def url(name, *args):
    return reverse(f"quality_mark:{name}", args=args)


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def status(person, page):
    """What the person gets; a file is read to its end, which closes it."""
    response = browser(person).get(page)
    if response.streaming:
        b"".join(response.streaming_content)
    return response.status_code


def sheet(case, *values, **more):
    typed = {"co": "ocena"}
    for one, value in zip(case.rulebook.substantivecriterion_set.all(), values, strict=True):
        typed |= {f"value_{one.code}": value, f"reason_{one.code}": f"Powód {value}."}
    return typed | more


def voting(clerk, **given):
    case = judging.case(A.COMMISSION)
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [case], clerk, members=members)
    vote = votes.open_vote(item_id=sitting.items.get().pk, actor=clerk, now=timezone.now(), **given)
    return case, members, vote


def case_rows(cases):
    return type(cases[0]).objects.filter(pk__in=[one.pk for one in cases])


def queries(client, page):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(page).status_code == 200
    return len(captured)
