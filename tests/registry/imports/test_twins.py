"""The index of twins against the plain meaning: every pair of rows compared, whose names hold the same numbers."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.use_cases.imports import twins
from registry.use_cases.imports.candidates import Candidate, compare
from registry.use_cases.imports.names import name_of, numbers

NAMES = [
    "Fundacja Merkury",
    "Fundacja Merkurry",
    "Merkury",
    "Zielony Zakątek",
    "Zielony Zakatek 2",
    "WTZ nr 1",
    "WTZ nr 2",
]
MUNICIPALITIES = [None, "0264011", "0211011"]

rows = st.builds(
    lambda name, nip, krs, town, municipality, county, legal_form, unit: Candidate(
        name=name_of(name),
        title=name,
        town=town,
        municipality=municipality,
        county=municipality[:4] if municipality else county,
        **(dict(unit, is_unit=True) if unit else {"nip": nip, "krs": krs, "legal_form": legal_form}),
    ),
    st.sampled_from(NAMES),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "3"]),
    st.sampled_from(["", "wroclaw", "lubin"]),
    st.sampled_from(MUNICIPALITIES),
    st.sampled_from([None, "0264", "0211"]),
    st.sampled_from([None, "fundacja", "spoldzielnia"]),
    st.none()
    | st.fixed_dictionaries({"kind": st.sampled_from(["wtz", "cis"]), "operator": st.sampled_from([None, 1])}),
)


@given(st.lists(rows, max_size=10))
@settings(max_examples=500, deadline=None)
def test_every_likely_pair_with_a_thin_row_is_found(given_rows):
    candidates = [one._replace(number=number) for number, one in enumerate(given_rows, start=2)]
    expected = {
        (later.number, earlier.number)
        for earlier, later in combinations(candidates, 2)
        if (earlier.is_thin or later.is_thin)
        and not any(getattr(earlier, key) and getattr(later, key) for key in ("nip", "krs"))
        and numbers(earlier.name.folded) == numbers(later.name.folded)
        and compare(later, earlier)
    }

    found = {(later, earlier) for later, earlier, _ in twins._likely_pairs(candidates)}

    assert found == expected
