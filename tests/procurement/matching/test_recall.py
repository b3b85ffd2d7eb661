"""Orders as officers write them, and who should be found for them."""

import pytest

from procurement.matching.found import who_can
from tests.procurement.matching.given import need, register, rows, single_offers
from tests.registry.factories import TODAY

pytestmark = pytest.mark.django_db
FIRST = 5


@pytest.fixture
def suppliers():
    return {card.pk: key for key, card in register().items()}


def found(row, suppliers):
    return [suppliers[match.organisation_id] for match in who_can(need(row), today=TODAY)]


def test_nine_of_ten_right_suppliers_are_among_the_first_five(suppliers):
    missed = {}
    for row in rows("pairs"):
        first = found(row, suppliers)[:FIRST]
        if not set(row["right"].split()) & set(first):
            missed[row["order"]] = (row["right"], first)
    count = len(rows("pairs"))
    recall = 1 - len(missed) / count
    print(f"recall@{FIRST}: {recall:.3f} of {count}", *missed.items(), sep="\n")
    assert recall >= 0.9, missed


def test_most_of_them_come_first(suppliers):
    first = [row for row in rows("pairs") if set(found(row, suppliers)[:1]) & set(row["right"].split())]
    share = len(first) / len(rows("pairs"))
    print(f"recall@1: {share:.3f}")
    assert share >= 0.75


def test_a_short_offer_in_other_words_is_found_without_any_code():
    pairs = single_offers()
    missed = [
        need.text
        for need, supplier in pairs
        if supplier not in [match.organisation_id for match in who_can(need, today=TODAY)[:FIRST]]
    ]
    recall = 1 - len(missed) / len(pairs)
    print(f"recall@{FIRST} of short offers: {recall:.3f} of {len(pairs)}", *missed, sep="\n")
    assert recall >= 0.9, missed


def test_what_nobody_can_do_is_suggested_to_nobody(suppliers):
    suggested = {row["order"]: names for row in rows("nobody") if (names := found(row, suppliers))}
    assert suggested == {}
