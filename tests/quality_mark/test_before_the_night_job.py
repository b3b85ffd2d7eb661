"""Between midnight and the night job every list tells what is true by the dates of the licence."""

from datetime import date

import pytest

from accounts.choices import Role
from procurement.matching.shelf import Shelf
from quality_mark.choices import Actor, ApplicationState, MarkState, SignedBy
from quality_mark.models import Agreement, Application, Licence, Mark, MarkStep
from quality_mark.use_cases import agreements, licensing
from quality_mark.use_cases.moving import advance
from quality_mark.use_cases.nightly import turn_marks
from registry import facets
from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry, OfferMark
from registry.querysets import marked_on
from registry.use_cases.nightly import turn_the_page
from tests.accounts.factories import account
from tests.quality_mark.marks import TERMS, at, marked, offer, renewal
from tests.quality_mark.test_badges import shown
from tests.registry.factories import refresh

LAST, NEXT = at(2027, 2, 28, 23, 59), at(2027, 3, 1, 0, 0, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(LAST, tick=False)]


def mark_with(**rules):
    """Its last day is 28 February 2027; the catalogue was written on that day."""
    rules = {f"rulebook__{name}": value for name, value in (TERMS | rules).items()}
    made = marked(date(2026, 3, 1), offer=offer(organisation__institution__municipality_id="0264011"), **rules)
    refresh(made.offer.organisation)
    return made


def in_course(mark, state, **more):
    """Its renewal, filed in time."""
    filed = at(2027, 2, 20, 12)
    one = renewal(mark, state, submitted_at=filed, complete_at=at(2027, 2, 22, 12), **more)
    MarkStep.objects.create(
        mark=mark, name="file_renewal", source="active", target="renewal_submitted", role="x", at=filed
    )
    Mark.objects.update(state=MarkState.RENEWAL_SUBMITTED)
    return one


def figures():
    """How many the filter by mark would leave: in the catalogue and in offers, beside no filter and one of county."""
    cubes = (facets.CATALOGUE, facets.OFFERS)
    return [facets.count(cube, {}).of("mark").get("1", 0) for cube in cubes]


def test_a_mark_that_ended_at_midnight_is_shown_nowhere_before_the_night_job(client, time_machine):
    mark = mark_with(valid_while_renewed=False)
    assert (set(shown(client, mark).values()), figures()) == ({True}, [1, 1])
    assert [one.mark for one in Shelf().candidates if one.offer_id] == [True]
    time_machine.move_to(NEXT, tick=False)
    assert (set(shown(client, mark).values()), figures()) == ({False}, [0, 0])
    assert not [one for one in Shelf().candidates if one.mark]
    # And the job, when it comes, has nothing to say that was not shown.
    turn_marks(now=NEXT)
    turn_the_page(now=NEXT)
    assert (set(shown(client, mark).values()), figures()) == ({False}, [0, 0])


def test_other_filters_count_beside_a_mark_that_ended(client, time_machine):
    mark_with(valid_while_renewed=False)
    whole = marked(date(2026, 6, 1), offer=offer(organisation__institution__municipality_id="0264011"))
    refresh(whole.offer.organisation)
    time_machine.move_to(NEXT, tick=False)
    page = client.get("/katalog/?mark=1&powiat=0264").content.decode()
    assert 'id="result-count" value="1"' in page
    assert facets.count(facets.CATALOGUE, {}).total == 2
    assert figures() == [1, 1]
    # Of each filter beside it, also where words or codes have to look at the rows.
    for asked in ("powiat=0264", "kind=spoldzielnia_socjalna", "q=sprzątanie", "q=sprzątanie&powiat=0264"):
        found = CatalogueFilter(asked, queryset=CatalogueEntry.objects.all())
        assert found.is_valid(), found.errors
        conditions = found.conditions
        one_by_one = found.qs.filter(marked_on(date(2027, 3, 1))).count()
        counted = facets.count(facets.CATALOGUE, conditions, **found.counting(conditions))
        assert counted.of("mark").get("1", 0) == one_by_one, asked
        assert counted.total == found.qs.count(), asked


def test_a_licence_that_follows_is_shown_through_midnight(client, time_machine):
    mark = mark_with(valid_while_renewed=True)
    one = in_course(mark, ApplicationState.GRANTED, decided_at=at(2027, 2, 25, 12))
    agreements.prepare(application_id=one.pk, now=at(2027, 2, 26, 9))
    signed = {"holder_signed_at": at(2027, 2, 26, 10), "holder_signed_by": SignedBy.DECLARATION, "signed_name": "Lis"}
    Agreement.objects.update(**signed)
    licensing.countersign(application_id=one.pk, actor=account(Role.COORDINATOR), now=LAST)
    assert Licence.objects.last().granted_on == date(2027, 3, 1)
    for moment in (LAST, NEXT):
        time_machine.move_to(moment, tick=False)
        assert (set(shown(client, mark).values()), figures()) == ({True}, [1, 1])
        assert "znak do 29 lutego 2028" in client.get("/katalog/").content.decode().replace("\xa0", " ")


def test_a_mark_that_its_renewal_keeps_is_shown_through_every_midnight(client, time_machine):
    mark = mark_with(valid_while_renewed=True)
    in_course(mark, ApplicationState.FORMAL_OK)
    assert set(shown(client, mark).values()) == {True}
    turn_marks(now=at(2027, 2, 28, 0, 5))
    for day in (1, 2, 3):
        time_machine.move_to(at(2027, 3, day, 0, 0, 1), tick=False)
        assert set(shown(client, mark).values()) == {True}, day
        turn_marks(now=at(2027, 3, day, 0, 5))
    time_machine.move_to(at(2027, 3, 3, 15), tick=False)
    Application.objects.filter(state=ApplicationState.FORMAL_OK).update(state=ApplicationState.COMMISSION)
    head = account(Role.DIRECTOR)
    [case] = Application.objects.filter(state=ApplicationState.COMMISSION)
    now = at(2027, 3, 3, 15)
    advance(application_id=case.pk, step="refuse", role=Actor.DIRECTOR, actor=head, note="Nie.", now=now)
    assert set(shown(client, mark).values()) == {False}
    assert OfferMark.objects.get().valid_until == date(2027, 3, 2)
