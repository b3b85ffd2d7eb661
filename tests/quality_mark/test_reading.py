"""The one query of the verification page reads the same as the long way."""

from datetime import date, timedelta

import pytest

from quality_mark.choices import ApplicationState, MarkState
from quality_mark.models import Mark, MarkStep
from quality_mark.register import rows
from quality_mark.register.reading import found_row, told_mark
from quality_mark.register.standing import on_day
from tests.quality_mark.marks import at, marked, offer, renewal
from tests.registry.factories import UnitFactory

pytestmark = pytest.mark.django_db


def both(mark):
    return Mark.objects.told().get(pk=mark.pk), told_mark(mark.number, found_row(mark.number))


def a_plain_one():
    return marked(date(2026, 3, 1))


def one_of_a_unit():
    unit = UnitFactory()
    return marked(offer=offer(organisation__unit=unit, organisation__institution=None))


def one_without_category_and_county():
    return marked(offer=offer(category=None, organisation__institution__county=None))


def one_that_waits_for_its_renewal():
    mark = marked(date(2026, 3, 1))
    renewal(mark, ApplicationState.REFUSED, submitted_at=at(2027, 2, 1, 9), decided_at=at(2027, 3, 20, 9))
    for name, source, target, moment in (
        ("file_renewal", "active", "renewal_submitted", at(2027, 2, 1, 9)),
        ("suspend", "renewal_submitted", "suspended", at(2027, 2, 10, 0, 0, 1)),
        ("resume", "suspended", "renewal_submitted", at(2027, 2, 12, 23, 59, 59)),
        ("drop_renewal", "renewal_submitted", "renewal_open", at(2027, 3, 20, 9)),
        ("expire", "renewal_open", "expired", at(2027, 3, 21, 0, 1)),
    ):
        MarkStep.objects.create(mark=mark, name=name, source=source, target=target, role="x", at=moment)
    Mark.objects.update(state=MarkState.EXPIRED)
    return mark


@pytest.mark.parametrize(
    "make", [a_plain_one, one_of_a_unit, one_without_category_and_county, one_that_waits_for_its_renewal]
)
def test_it_tells_the_same_of_every_day(make):
    long, short = both(make())
    for ahead in range(420):
        day = date(2026, 2, 25) + timedelta(days=ahead)
        assert on_day(short, day) == on_day(long, day), day
        assert rows.row(short, day) == rows.row(long, day), day
    assert rows.history(short) == rows.history(long)
    assert str(short.offer.organisation) == str(long.offer.organisation)
    assert short.offer.organisation.get_absolute_url() == long.offer.organisation.get_absolute_url()
    assert short.offer.get_absolute_url() == long.offer.get_absolute_url()


def test_a_number_that_was_never_given_has_no_row(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert found_row("ZP/2026/999") is None
