"""The clause advisor: from words to thresholds, modes, clauses, examples and a draft."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from accounts.choices import Role
from core.exceptions import Refused
from procurement.advisor import suppliers
from procurement.advisor.suggesting import suggested
from procurement.choices import Band, NoticeKind, NoticeState
from procurement.models import Guide, Mode, Notice, OrderingUnit, Rule
from procurement.use_cases.dictionaries import load_guides
from procurement.use_cases.drafting import draft_notice
from tests.accounts.factories import account, authority
from tests.procurement.factories import NoticeFactory
from tests.procurement.test_figures import clause
from tests.registry.factories import NOW, OfferFactory, refresh

pytestmark = pytest.mark.django_db
PAGE, DRAFT = "/zamowienia/doradca/", "/zamowienia/doradca/szkic/"
DAY = "2026-12-03"


def ask(client, q="sprzątanie biur", status=200, **query):
    answer = client.get(PAGE, {"q": q, "day": DAY} | query)
    assert answer.status_code == status
    return answer


def page(client, **query):
    return ask(client, **query).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def titles(answer):
    return [one.kind.code for one in answer.context["advice"].clauses]


def test_before_a_question_there_is_the_form_and_what_the_advisor_is(client):
    answer = client.get(PAGE)
    assert (answer.status_code, answer.context["advice"]) == (200, None)
    assert "Nie udziela porad prawnych" in answer.content.decode()


@pytest.mark.parametrize(
    ("value", "day", "band", "threshold"),
    [
        ("150 000 zł", "2026-01-01", Band.BELOW, Decimal(170_000)),
        ("150000", "2025-12-31", Band.NATIONAL, None),
        ("40 000 000,50", "2026-12-03", Band.EU, None),
    ],
)
def test_the_threshold_is_that_of_the_day_and_its_row_is_shown(client, value, day, band, threshold):
    thresholds = ask(client, value=value, day=day, nature="uslugi", buyer="samorzadowy").context["advice"].thresholds
    assert [(verdict.band, verdict.whom) for verdict in thresholds.verdicts] == [(band, "")]
    deciding = [row for row in thresholds.rows if row.decides]
    assert len(deciding) == 1
    assert threshold in (None, deciding[0].zloty)


def test_what_depends_on_the_kind_of_order_is_told_for_each_kind(client):
    found = ask(client, value="800000").context["advice"].thresholds
    assert [(one.band, one.whom) for one in found.verdicts] == [
        (
            Band.NATIONAL,
            "roboty budowlane; zamawiający samorządowy: dostawy, usługi",
        ),
        (Band.EU, "zamawiający rządowy: dostawy, usługi"),
    ]
    works = ask(client, value="2000000").context["advice"].thresholds
    assert [(one.band, one.whom) for one in works.verdicts] == [
        (Band.NATIONAL, "roboty budowlane"),
        (Band.EU, "dostawy, usługi"),
    ]


def test_whoever_asks_is_told_which_values_nobody_has_checked(client):
    words = "tej wartości jeszcze nie sprawdziliśmy"
    assert words in page(client, value="1000000", nature="uslugi")
    Rule.objects.update(is_checked=True)
    assert words not in page(client, value="1000000", nature="uslugi")


def test_a_day_without_rules_is_told_and_invents_nothing(client):
    text = page(client, value="1000", day="2010-05-01")
    assert "Portal nie zna progów na ten dzień." in text
    assert "Portal nie zna trybów na ten dzień." in text
    assert "Portal nie zna klauzul na ten dzień." in text


def test_modes_are_those_open_for_the_value(client):
    below = ask(client, value="1000").context["advice"].modes
    assert {mode.code for mode in below} == {
        "zapytanie-ofertowe",
        "rozeznanie-rynku",
        "zlecenie-bezposrednie",
        "konkurs-ofert",
    }
    assert len(ask(client).context["advice"].modes) == Mode.objects.on(date(2026, 12, 3)).count()


def test_clauses_fit_the_value_and_the_kind_of_order(client):
    assert titles(ask(client, value="1000")) == ["podprogowe"]
    of_the_act = ["art94", "art95", "art96", "art96-inne", "art100", "art104", "art242"]
    assert titles(ask(client, value="200000")) == of_the_act
    assert titles(ask(client, value="200000", social="1", nature="uslugi")) == [*of_the_act, "art361"]
    assert titles(ask(client, value="200000", nature="dostawy")) == of_the_act
    text = page(client, value="200000")
    assert "okres zatrudnienia (miesiące)" in text
    assert "Podstawa: art. 96 PZP" in text


def test_which_orders_a_clause_is_for_is_data(client):
    Guide.objects.filter(clause="art95").update(natures=["roboty"])
    assert "art95" not in titles(ask(client, value="200000", nature="uslugi"))
    assert "art95" in titles(ask(client, value="200000"))


def test_texts_have_author_and_day_and_an_unwritten_one_says_so(client):
    text = page(client, value="200000")
    assert "Tekst: Redakcja portalu, od 1 stycznia 2026." in text
    assert "Ten tekst nie jest jeszcze napisany." in text
    Guide.objects.create(clause="art96", text="Nowszy tekst.", author="Zespół", valid_from=date(2026, 12, 2))
    Guide.objects.create(clause="art96", text="Przyszły tekst.", author="Zespół", valid_from=date(2026, 12, 4))
    text = page(client, value="200000")
    assert "Nowszy tekst." in text
    assert "liczbę osób i okres zatrudnienia oraz sposób" not in text
    assert "Przyszły tekst." not in text


def test_loading_texts_again_fills_one_that_nobody_has_written():
    Guide.objects.filter(topic="wstep").update(text="")
    row = {"topic": "wstep", "clause": "", "text": "Z|pliku.", "author": "Redakcja portalu"}
    load_guides([row])
    assert Guide.objects.get(topic="wstep").text == "Z\npliku."


def test_loading_texts_again_leaves_what_people_wrote():
    Guide.objects.filter(topic="wstep").update(text="Poprawione.")
    row = {"topic": "wstep", "clause": "", "bands": "", "natures": "", "is_only_social": "0", "text": "Z pliku.",
           "author": "Redakcja", "valid_from": "2027-01-01", "sources": ""}  # fmt: skip
    assert load_guides([row]) == 1
    assert list(Guide.objects.filter(topic="wstep").values_list("text", flat=True)) == ["Poprawione."]


def test_what_somebody_typed_is_never_markup(client):
    assert "<script>alert" not in page(client, q="<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("sprzątanie biur", "90919200"),
        ("sprzątania pomieszczeń biurowych", "90919000"),
        ("catering", "55520000"),
        ("utrzymanie terenów zielonych", "77310000"),
    ],
)
def test_words_lead_to_codes(words, code):
    assert code in [one.code8 for one in suggested(words)][:3]


@pytest.mark.parametrize("words", ["", "???", "xyzzy", "w na do", "0" * 200, "żółć " * 30])
def test_words_that_mean_nothing_lead_to_no_error(words):
    assert isinstance(suggested(words), list)


@pytest.mark.parametrize(
    ("field", "given", "words"),
    [
        ("q", "", "Napisz, co chcesz kupić."),
        ("q", "x" * 10_000, "Wpisz najwyżej 200 znaków."),
        ("value", "dużo", "Podaj kwotę w złotych"),
        ("value", "1.234", "Nie wiemy, czy kropka"),
        ("value", "-5", "Podaj kwotę w złotych"),
        ("value", "9" * 50, "Podaj kwotę w złotych"),
        ("value", "NaN", "Podaj kwotę w złotych"),
        ("value", "1e9", "Podaj kwotę w złotych"),
        ("value", "٣٠٠", "Podaj kwotę w złotych"),
        ("day", "0001-01-01", "Podaj dzień między"),
        ("day", "9999-12-31", "Podaj dzień między"),
        ("day", "jutro", "Podaj dzień między"),
        ("nature", "nic", "Wybierz rodzaj z listy."),
        ("buyer", "ja", "Wybierz zamawiającego z listy."),
        ("powiat", "9999", "Nie ma powiatu o kodzie „9999”."),
        ("cpv", "99999999", "Nie ma kodu CPV „99999999”."),
        ("cpv", "90910000-1", "Poprawny zapis: 90910000-9"),
    ],
)
def test_a_faulty_answer_is_told_beside_its_field_and_kept(client, field, given, words):
    answer = client.get(PAGE, {"q": "obiady", "value": "5000"} | {field: given})
    assert answer.status_code == 422
    assert words in "".join(answer.context["form"].errors[field])
    assert answer.context["form"][field].value() == given
    assert answer.context["advice"] is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("1.234.567,89", "1234567.89"), ("180 000,5 zł", "180000.5"), ("7", "7")]
)
def test_amounts_are_read_as_people_write_them(client, typed, meant):
    assert ask(client, value=typed).context["advice"].asked["value"] == Decimal(meant)


def test_examples_are_public_notices_of_the_region_nearest_first(client):
    def example(subject, cpv, day, **given):
        notice = NoticeFactory(
            subject=subject, cpv=[cpv], published_at=datetime(2026, 5, day, tzinfo=ZoneInfo("UTC")), **given
        )
        clause(notice, "art96")
        return notice

    example("najbliższy", "90919200", 1)
    example("ten sam dział", "90500000", 9)
    example("ta sama grupa", "90911000", 8, value=Decimal(777), value_is_public=False)
    example("dalszy", "90500000", 2)
    example("inny dział", "55520000", 9)
    example("spoza regionu", "90919200", 9, authority=authority(county_id=None, municipality_id=None))
    draft = NoticeFactory(subject="szkic", cpv=["90919200"], state=NoticeState.DRAFT)
    clause(draft, "art96")
    advice = ask(client, cpv="90919200", value="200000").context["advice"]
    found = next(one for one in advice.clauses if one.kind.code == "art96").examples
    assert [(one.subject, one.value) for one in found] == [
        ("najbliższy", None),
        ("ta sama grupa", None),
        ("ten sam dział", None),
    ]
    assert found[0].url.endswith("-najblizszy/")


def test_suppliers_that_are_found_are_shown_and_the_full_list_is_one_step_away(client):
    offer = OfferFactory(name="Sprzątanie biur", organisation__published=True, organisation__serves=["02"])
    refresh()
    text = page(client, powiat="0264")
    assert str(offer.organisation) in text
    assert offer.get_absolute_url() in text
    assert "/zamowienia/kto-to-zrobi/?q=sprz%C4%85tanie+biur&amp;powiat=0264" in text
    assert suppliers.suppliers_for(q="", cpv="", powiat="") == []


def test_a_code_of_the_list_of_social_services_is_told(client):
    assert "jest na liście usług społecznych" in page(client, q="opieka", cpv="85312000")
    assert "jest na liście usług społecznych" not in page(client, q="opieka", cpv="85312000", social="1")
    assert "jest na liście usług społecznych" not in page(client, q="sprzątanie biur", cpv="90919200")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_answer_asks_the_same_of_the_database_for_few_and_for_many(client, rows, django_assert_max_num_queries):
    for _ in range(rows):
        clause(NoticeFactory(cpv=["90919200"]), "art96")
    ask(client)
    with django_assert_max_num_queries(15) as counted:
        ask(client, value="200000", cpv="90919200")
    assert len(counted) == 15


# The draft.


@pytest.fixture
def officer(client):
    office = authority(name="Gmina Nowa")
    OrderingUnit.objects.create(authority=office, name="Szkoła nr 1")
    user = account(Role.OFFICER, authority=office)
    client.force_login(user)
    return user


def sent(**given):
    office = Notice._meta.get_field("authority").related_model.objects.get(institution__name="Gmina Nowa")
    return {"q": "obiady dla szkół", "value": "200 000", "day": DAY, "nature": "uslugi", "cpv": "55523100-3",
            "powiat": "0264", "owner": f"z{office.pk}", "clauses": ["art96", "art95"],
            "mode": "tryb-podstawowy-1"} | given  # fmt: skip


def test_an_officer_takes_the_advice_over_as_a_draft_that_nobody_else_sees(client, officer):
    text = page(client, value="200000")
    assert "Zapisz szkic" in text
    assert "Gmina Nowa: Szkoła nr 1" in text
    answer = client.post(DRAFT, sent())
    notice = Notice.objects.get()
    # Value, mode and codes are known; the first thing that is missing are the data of the clauses.
    assert answer.url == f"/panel/zamowienia/ogloszenia/{notice.pk}/krok/klauzule/"
    assert (notice.state, notice.subject, notice.value, notice.band) == (
        NoticeState.DRAFT,
        "obiady dla szkół",
        200_000,
        Band.NATIONAL,
    )
    assert (notice.kind, notice.mode.code, notice.county_id) == (NoticeKind.CONTRACT, "tryb-podstawowy-1", "0264")
    assert (notice.judged_by.kind, notice.created_by) == ("prog-unijny", officer)
    assert list(notice.cpv_links.values_list("code", flat=True)) == ["55523100"]
    assert list(notice.clauses.values_list("kind__code", flat=True)) == ["art96", "art95"] or set(
        notice.clauses.values_list("kind__code", flat=True)
    ) == {"art96", "art95"}
    assert not Notice.objects.public().exists()


@pytest.mark.parametrize(
    ("given", "step"),
    [({"mode": ""}, "wartosc"), ({"cpv": ""}, "cpv"), ({"clauses": []}, "terminy"), ({}, "klauzule")],
)
def test_the_officer_lands_on_the_first_step_that_lacks_something(client, officer, given, step):
    answer = client.post(DRAFT, sent(**given), follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"/krok/{step}/")
    assert (answer.status_code, answer.context["step"]) == (200, step)
    assert "Szkic ogłoszenia jest zapisany." in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"owner": "z999999"}, "owner"),
        ({"owner": ""}, "owner"),
        ({"clauses": ["podprogowe"]}, "clauses"),
        ({"mode": "przetarg-nieograniczony"}, "mode"),
    ],
)
def test_a_draft_for_another_or_with_what_does_not_fit_is_refused(client, officer, given, field):
    authority(name="Cudza gmina")
    answer = client.post(DRAFT, sent(**given))
    assert (answer.status_code, list(answer.context["draft_form"].errors)) == (422, [field])
    assert not Notice.objects.exists()


def test_a_faulty_question_makes_no_draft_and_keeps_what_was_typed(client, officer):
    answer = client.post(DRAFT, sent(value="dużo"))
    assert (answer.status_code, answer.context["form"]["value"].value()) == (422, "dużo")
    assert not Notice.objects.exists()


def test_who_buys_for_nobody_makes_no_draft(client):
    assert client.post(DRAFT, {}).url.startswith("/konto/")
    client.force_login(account(Role.REPRESENTATIVE))
    assert client.post(DRAFT, {"q": "x"}).status_code == 404
    assert "Zapisz szkic" not in page(client)


def test_a_coordinator_may_draft_for_everybody_and_an_officer_of_a_unit_for_it_alone(client, coordinator):
    office = authority(name="Gmina Nowa")
    unit = OrderingUnit.objects.create(authority=office, name="Szkoła nr 1")
    OrderingUnit.objects.create(authority=office, name="Szkoła nr 2")
    assert len(ask(client).context["draft_form"].owners) == 3
    client.force_login(account(Role.OFFICER, authority=office, ordering_unit=unit, email="u@example.pl"))
    assert list(ask(client).context["draft_form"].owners) == [f"j{unit.pk}"]


def test_the_use_case_itself_asks_who_may_and_what_is_in_force():
    office, user = authority(), account(Role.OFFICER)
    given = {"authority": office, "unit": None, "subject": "x", "day": date(2026, 12, 3), "actor": user, "now": NOW}
    with pytest.raises(Refused, match="Nie działasz"):
        draft_notice(**given)
    given["actor"] = account(Role.OFFICER, authority=office, email="swoj@example.pl")
    with pytest.raises(Refused, match="nie ma takiego trybu"):
        draft_notice(**given, mode="nie-ma")
    with pytest.raises(Refused, match="nie ma klauzuli: art22"):
        draft_notice(**given, clauses=["art22"])
    assert draft_notice(**given, value=Decimal(1000)).kind == NoticeKind.REQUEST
