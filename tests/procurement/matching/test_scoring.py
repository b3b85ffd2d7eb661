"""How an offer is weighed against an order, without a database."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.polish import index_terms
from procurement.matching.candidate import Candidate, Reference
from procurement.matching.found import Match
from procurement.matching.kinds import all_topics
from procurement.matching.needs import Need
from procurement.matching.scoring import score
from procurement.matching.topics import recognised
from procurement.matching.why import why
from procurement.matching.words import content
from registry.choices import Activity
from registry.codes import cpv_parents, served_areas

TODAY = date(2026, 11, 22)


def offer(name, *, cpv=(), description="", **values):
    terms = {"n": frozenset(index_terms(name)), "d": frozenset(index_terms(description))}
    codes = frozenset(parent for code in cpv for parent in cpv_parents(code))
    serves = frozenset(served_areas(values.pop("serves", ["02"])))
    return Candidate(1, 1, name, "Spółdzielnia", terms, cpv=codes, serves=serves, **values)


def total(need, candidate):
    result = score(need, candidate, today=TODAY)
    return result.total if result else 0.0


CLEANING = Need(text="Sprzątanie pomieszczeń urzędu", cpv=("90919200",))


def test_the_nearer_the_code_the_higher_the_score():
    # Names that say nothing, so that the codes decide.
    same, near, group, other = (
        offer("Usługi", cpv=[code]) for code in ("90919200", "90911200", "90500000", "79800000")
    )
    scores = [total(CLEANING, one) for one in (same, near, group, other)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[1] > 0 == scores[3]


def test_words_and_codes_complement_each_other():
    words = total(Need(text="Sprzątanie biur"), offer("Sprzątanie biur"))
    code = total(
        Need(text="", cpv=("90919200",), cpv_words="Usługi sprzątania biur"), offer("Czysto", cpv=["90919200"])
    )
    both = total(Need(text="Sprzątanie biur", cpv=("90919200",)), offer("Sprzątanie biur", cpv=["90919200"]))
    assert both > words > 0.5
    assert both > code > 0.5


@pytest.mark.parametrize(
    ("order", "name"),
    [
        ("Bieżące utrzymanie zieleni", "Koszenie trawników"),
        ("Zapewnienie wyżywienia uczestnikom", "Catering i obiady"),
        ("Akcja zima 2026/2027", "Odśnieżanie chodników"),
        ("Obsługa portierni", "Dozór mienia"),
        ("Usługi restauracyjne", "Restauracja"),
    ],
)
def test_officers_and_suppliers_may_use_different_words(order, name):
    assert total(Need(text=order), offer(name)) > 0.5


@pytest.mark.parametrize(
    ("order", "name"),
    [
        ("Budowa mostu", "Pranie pościeli"),
        ("Budowa mostu", "Drobne prace budowlane"),
        ("Remont drogi gminnej", "Remonty mieszkań"),
        ("Ochrona środowiska – opracowanie programu", "Ochrona obiektów"),
        ("Dostawa energii elektrycznej", "Hydraulik i elektryk"),
        ("Ubezpieczenie mienia", "Dozór mienia"),
    ],
)
def test_what_only_sounds_alike_is_not_suggested(order, name):
    assert total(Need(text=order), offer(name)) == 0


def test_the_name_of_an_organisation_is_no_offer():
    bridge = Candidate(1, 1, "Pranie", "Nowy Most", {"n": frozenset({"prac"}), "d": frozenset({"most", "nowy"})})
    assert total(Need(text="Budowa mostu"), bridge) == 0
    card = Candidate(1, None, "Nowy Most", "Nowy Most", {"n": frozenset({"most", "nowy"})})
    assert total(Need(text="Most"), card) == 0


def test_what_is_said_of_the_place_is_no_work():
    assert recognised("Sprzątanie w budynku żłobka")["sprzatanie"][0] == 1
    assert recognised("Pranie dla domów opieki")["opieka"][0] <= 0.25
    assert recognised("Sprzątanie w szkole oraz koszenie trawnika")["zielen"][0] == 1


def test_empty_words_weigh_little_and_numbers_nothing():
    weights = {word.text: word.weight for word in content("Usługa sprzątania w Kłodzku w 2027 roku")}
    assert weights["sprzątania"] == 1
    assert weights["Usługa"] < 0.2
    assert weights["Kłodzku"] < 0.5
    assert "2027" not in weights


def test_who_serves_the_place_comes_before_who_does_not():
    need = replace(CLEANING, area="0264011")
    town, region, country, other = (
        total(need, offer("Sprzątanie biur", serves=[code])) for code in ("0264", "02", "PL", "0208")
    )
    assert town > region >= country > other > 0
    assert score(need, offer("Sprzątanie biur", serves=["0208"]), today=TODAY).is_served is False


def test_a_reserved_order_counts_the_ground():
    need = replace(CLEANING, reserved=True)
    scores = [total(need, offer("Sprzątanie biur", ground=ground)) for ground in ("prawo", "deklaracja", "grupy", "")]
    assert scores[0] > scores[1] > scores[2] > scores[3] == 0


@pytest.mark.parametrize(
    "better",
    [
        {"ps": True},
        {"mark": True},
        {"verified_on": TODAY - timedelta(days=10)},
        {"references": (Reference("sprzątanie", "Gmina", 2025, "1000.00"),)},
        {"capacity": "do 3 000 m²"},
    ],
)
def test_standing_decides_between_equals_and_never_makes_up_for_other_work(better):
    plain = offer("Sprzątanie biur")
    assert total(CLEANING, replace(plain, **better)) > total(CLEANING, plain)
    laundry = offer("Pranie", ps=True, mark=True, verified_on=TODAY, capacity="dużo")
    assert total(CLEANING, laundry) == 0


def test_the_inactive_come_last():
    assert total(CLEANING, offer("Sprzątanie", activity=Activity.INACTIVE)) < total(CLEANING, offer("Sprzątanie"))


def test_whoever_did_something_as_large_can_do_it_again():
    need = replace(CLEANING, value=Decimal(300_000))
    done = offer("Sprzątanie biur", references=(Reference("sprzątanie", "Gmina", 2025, "118000.00"),))
    small = offer("Sprzątanie biur", references=(Reference("sprzątanie", "Gmina", 2025, "500.00"),))
    assert total(need, done) > total(need, small)


@pytest.mark.parametrize(
    ("own", "confirmed", "words"),
    [
        ("90919200", True, "ten sam kod CPV,"),
        ("90919200", False, "ten sam kod CPV (niepotwierdzony),"),
        # One digit apart, above and below: near, and not the same.
        ("90919300", True, "pokrewny kod CPV,"),
        ("90910000", True, "pokrewny kod CPV,"),
        ("90900000", True, "pokrewny kod CPV,"),
    ],
)
def test_the_reason_names_the_same_code_only_when_it_is(own, confirmed, words):
    candidate = offer("Sprzątanie biur", cpv=[own], is_confirmed=confirmed)
    said = why(CLEANING, Match(candidate, score(CLEANING, candidate, today=TODAY)))
    assert said.startswith(f"oferta „Sprzątanie biur”: {words}"), said


def test_a_reference_of_other_work_is_not_named():
    need = Need(text="Strojenie fortepianu")
    assert not need.topics
    done = tuple(
        Reference(what, who, 2025, None) for what, who in (("strojenie pianin", "Filharmonia"), ("pranie", "Hotel"))
    )
    candidate = offer("Strojenie fortepianów", references=done)
    said = why(need, Match(candidate, score(need, candidate, today=TODAY)))
    assert ("Filharmonia" in said, "Hotel" in said) == (True, False)


def test_an_unconfirmed_code_says_less():
    need = Need(text="", cpv=("90919200",), cpv_words="Usługi sprzątania biur")
    sure, suggested = (offer("Usługi", cpv=["90919200"], is_confirmed=one) for one in (True, False))
    assert total(need, sure) > total(need, suggested) > 0


def test_weights_stand_in_the_settings(settings):
    before = total(CLEANING, offer("Sprzątanie biur"))
    settings.MATCHING = settings.MATCHING | {"topics": 0.1, "words": 0.1}
    assert total(CLEANING, offer("Sprzątanie biur")) < before


def test_the_file_of_topics_is_sound():
    topics = all_topics()
    assert len(topics) > 80
    for topic in topics.values():
        assert topic.label
        assert topic.phrases
        assert set(topic.near) <= topics.keys()
        assert topic.code not in topic.near


def test_a_topic_is_recognised_by_its_own_label():
    lost = [code for code, topic in all_topics().items() if code not in recognised(topic.label)]
    assert len(lost) <= 12, lost
