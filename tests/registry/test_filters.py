"""What a query string means: any of the values of one filter, all of the filters, nothing for a value unknown."""

import pytest
from django.http import QueryDict

from registry import facets
from registry.filters import CatalogueFilter, OfferFilter, cpv_code, pkd_code
from registry.models import Organisation, OrganisationPkd, PkdCode
from registry.results import Result
from tests.registry.factories import (
    NOW,
    InstitutionFactory,
    OfferFactory,
    OfferMarkFactory,
    OrganisationFactory,
    SocialEnterpriseStatusFactory,
    UnitFactory,
    refresh,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards():
    """Four cards that differ in everything one can filter by."""
    wroclaw = card("Wrocław", legal_form_id="spoldzielnia", kind_id="spoldzielnia_socjalna", serves=["0264"])
    OfferMarkFactory(offer=OfferFactory(organisation=wroclaw, category_id="sprzatanie", codes=["90910000"]))
    klodzko = card(
        "Kłodzko", municipality="0208021", legal_form_id="fundacja", kind_id="ngo", is_opp=True, serves=["02"]
    )
    SocialEnterpriseStatusFactory(institution=klodzko.institution)
    OfferFactory(organisation=klodzko, category_id="catering", codes=["55520000"])
    rural = card(
        "Wieś",
        municipality="0208072",
        legal_form_id="stowarzyszenie",
        kind_id="ngo",
        serves=["0208072"],
        activity="nieaktywny",
    )
    pkd(rural, "81.21.Z")
    card(
        "Zakład",
        municipality="0219011",
        kind_id="spoldzielnia_pracy",
        art94_declared=True,
        serves=["PL"],
        legal_form_id="spoldzielnia",
    )
    refresh()


def card(name, *, municipality="0264011", legal_form_id=None, is_opp=False, **values):
    made = OrganisationFactory(
        institution=InstitutionFactory(
            name=name, municipality_id=municipality, legal_form_id=legal_form_id, is_opp=is_opp
        ),
        **values,
    )
    Organisation.objects.filter(pk=made.pk).update(published_at=NOW)
    return made


def pkd(card, symbol):
    code = PkdCode.objects.get(version=2007, symbol=symbol)
    OrganisationPkd.objects.create(organisation=card, code=code)


def found(query):
    return sorted(CatalogueFilter(query).qs.values_list("name", flat=True))


def messages(query, filterset=CatalogueFilter):
    return {name: list(errors) for name, errors in filterset(query).form.errors.items()}


EVERYTHING = ["Kłodzko", "Wieś", "Wrocław", "Zakład"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", EVERYTHING),
        ("powiat=0264", ["Wrocław"]),
        ("powiat=0264&powiat=0219", ["Wrocław", "Zakład"]),
        ("gmina=0208072", ["Wieś"]),
        ("gmina=0208072&gmina=0208021", ["Kłodzko", "Wieś"]),
        ("kind=ngo", ["Kłodzko", "Wieś"]),
        ("kind=ngo&kind=spoldzielnia_pracy", ["Kłodzko", "Wieś", "Zakład"]),
        ("form=fundacja", ["Kłodzko"]),
        ("category=catering&category=sprzatanie", ["Kłodzko", "Wrocław"]),
        ("ps=1", ["Kłodzko"]),
        ("mark=1", ["Wrocław"]),
        ("art94=1", ["Wrocław", "Zakład"]),
        ("opp=1", ["Kłodzko"]),
        ("status=nieaktywny", ["Wieś"]),
        ("cpv=90910000", ["Wrocław"]),
        ("cpv=90910000-9", ["Wrocław"]),
        ("cpv=90000000-7", ["Wrocław"]),
        ("cpv=909&cpv=555", ["Kłodzko", "Wrocław"]),
        ("cpv=90.91.00.00-9", ["Wrocław"]),
        ("cpv=CPV 90910000-9 Usługi sprzątania", ["Wrocław"]),
        ("q=9091", ["Wrocław"]),
        ("q=9091&cpv=555", []),
        ("cpv=90919200-4", []),
        ("pkd=81.21.Z", ["Wieś"]),
        ("pkd=8121z", ["Wieś"]),
        ("pkd=81.2", ["Wieś"]),
        ("pkd=81", ["Wieś"]),
        ("pkd=2007:81.21.Z", ["Wieś"]),
        ("powiat=0208&kind=ngo&ps=1", ["Kłodzko"]),
        ("powiat=0208&powiat=0264&kind=spoldzielnia_socjalna", ["Wrocław"]),
        ("powiat=0264&gmina=0208021", []),
        ("powiat=&kind=&q=&ps=&cpv=&page=&sort=&view=", EVERYTHING),
        ("unheard=of", EVERYTHING),
        ("sort=zmiana&view=mapa&page=3", EVERYTHING),
    ],
)  # fmt: skip
def test_values_of_one_filter_are_alternatives_and_filters_add_up(cards, query, names):
    assert found(query) == names


@pytest.mark.parametrize(
    ("area", "names"),
    [
        ("0264011", ["Kłodzko", "Wrocław", "Zakład"]),
        ("0264", ["Kłodzko", "Wrocław", "Zakład"]),
        ("0208", ["Kłodzko", "Wieś", "Zakład"]),
        ("0208072", ["Kłodzko", "Wieś", "Zakład"]),
        ("0208021", ["Kłodzko", "Zakład"]),
        ("02", EVERYTHING),
    ],
)
def test_an_area_is_served_by_who_serves_it_a_part_of_it_or_more(cards, area, names):
    assert found(f"area={area}") == names


def test_who_states_no_area_serves_where_it_sits():
    card("Bez obszaru", municipality="0208021")
    refresh()
    assert found("area=0208021") == ["Bez obszaru"]
    assert found("area=0208") == ["Bez obszaru"]
    assert found("area=0208072") == []


def test_the_area_of_an_offer_counts_too():
    OfferFactory(organisation=card("Szyje", serves=["0264"]), serves=["0219"])
    refresh()
    assert found("area=0219") == ["Szyje"]


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        ("powiat=9999", "powiat", "Nie ma powiatu o kodzie „9999”."),
        ("powiat=0264&powiat=xx", "powiat", "Nie ma powiatu o kodzie „xx”."),
        ("powiat=0264011", "powiat", "Nie ma powiatu o kodzie „0264011”."),
        ("gmina=0264", "gmina", "Nie ma gminy o kodzie „0264”."),
        ("kind=xyz", "kind", "Nie ma rodzaju podmiotu „xyz”."),
        ("kind=NGO", "kind", "Nie ma rodzaju podmiotu „NGO”."),
        ("form=x", "form", "Nie ma formy prawnej „x”."),
        ("category=x", "category", "Nie ma kategorii „x”."),
        ("area=99", "area", "Nie ma obszaru „99”."),
        ("area=PL1", "area", "Nie ma obszaru „PL1”."),
        ("status=martwy", "status", "Nie ma statusu „martwy”."),
        ("cpv=12345678", "cpv", "Nie ma kodu CPV „12345678”."),
        ("cpv=90910000-9-1", "cpv", "Nie ma kodu CPV „90910000-9-1”."),
        ("cpv=9", "cpv", "Nie ma kodu CPV „9”."),
        ("cpv=90910000-8", "cpv", "Kod CPV 90910000 ma cyfrę kontrolną 9, nie 8. Poprawny zapis: 90910000-9."),
        ("cpv=5552&cpv=909-1", "cpv", "Kod CPV 90900000 ma cyfrę kontrolną 6, nie 1. Poprawny zapis: 90900000-6."),
        ("q=90910000-8", "q", "Kod CPV 90910000 ma cyfrę kontrolną 9, nie 8. Poprawny zapis: 90910000-9."),
        ("q=CPV 12345678", "q", "Nie ma kodu CPV „12345678”."),
        ("pkd=99.99.X", "pkd", "Nie ma kodu PKD „99.99.X”."),
        ("pkd=%25", "pkd", "Nie ma kodu PKD „%”."),
        ("pkd=_1", "pkd", "Nie ma kodu PKD „_1”."),
        ("ps=2", "ps", "Ten filtr przyjmuje tylko wartość 1."),
        ("mark=tak", "mark", "Ten filtr przyjmuje tylko wartość 1."),
        ("art94=0", "art94", "Ten filtr przyjmuje tylko wartość 1."),
        ("opp=1&opp=0", "opp", "Ten filtr przyjmuje tylko wartość 1."),
        ("sort=cena", "sort", "Nie ma takiej kolejności."),
        ("view=siatka", "view", "Widok to lista albo mapa."),
        ("page=abc", "page", "Numer strony to liczba od 1."),
        ("page=0", "page", "Numer strony to liczba od 1."),
        ("page=-1", "page", "Numer strony to liczba od 1."),
        ("page=" + "9" * 5000, "page", "Numer strony to liczba od 1."),
        ("q=" + "x" * 201, "q", "Wpisz najwyżej 200 znaków."),
        ("q=" + "x" * 10_000, "q", "Wpisz najwyżej 200 znaków."),
        ("powiat=" + "7" * 10_000, "powiat", f"Nie ma powiatu o kodzie „{'7' * 40}…”."),
        ("&".join(f"kind={n}" for n in range(201)), "kind", "Wybierz najwyżej 200 wartości."),
    ],
)  # fmt: skip
def test_an_unknown_or_impossible_value_has_a_message_and_finds_nothing(cards, query, name, message):
    assert messages(query) == {name: [message]}
    assert found(query) == []
    assert Result(CatalogueFilter(query), facets.CATALOGUE).total == 0


@pytest.mark.parametrize(
    "query", ["powiat=9999", "category=x", "kind=x", "cpv=1", "mark=2", "sort=x", "page=0", "q=" + "x" * 201]
)
def test_offers_refuse_the_same_values(query):
    found = OfferFilter(query)
    assert list(found.form.errors) == [query.partition("=")[0]]
    assert list(found.qs) == []


def test_filters_keep_their_names():
    assert list(CatalogueFilter.base_filters) == (
        "q powiat gmina kind category ps mark art94 opp form status area cpv pkd sort view page".split()
    )
    assert list(OfferFilter.base_filters) == "q category powiat mark kind cpv sort page".split()


def test_units_have_neither_status_nor_form_of_their_operator():
    operator = InstitutionFactory(name="Fundacja", legal_form_id="fundacja", is_opp=True)
    SocialEnterpriseStatusFactory(institution=operator)
    unit = OrganisationFactory(of_unit=True, unit=UnitFactory(operator=operator, name="WTZ"), institution=operator)
    Organisation.objects.filter(pk=unit.pk).update(published_at=NOW)
    refresh()
    assert found("kind=wtz") == ["WTZ"]
    assert found("ps=1") == found("opp=1") == found("form=fundacja") == []


def test_offers_are_found_by_what_they_and_their_maker_are(cards):
    def offers(query):
        return sorted(OfferFilter(query).qs.values_list("organisation_name", flat=True))

    assert offers("") == ["Kłodzko", "Wrocław"]
    assert offers("category=catering") == ["Kłodzko"]
    assert offers("powiat=0208&powiat=0264&mark=1") == ["Wrocław"]
    assert offers("kind=ngo") == ["Kłodzko"]
    assert offers("cpv=55500000-5") == ["Kłodzko"]
    assert offers("q=dostarczanie posiłków") == ["Kłodzko"]


@pytest.mark.parametrize(("text", "code"), [("90910000-9", "90910000"), ("9091", "90910000"), ("x", "x"), ("9", "9")])
def test_cpv_codes_in_any_length(text, code):
    assert cpv_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("81.21.z", "81.21.Z"),
        ("8121Z", "81.21.Z"),
        ("81.2", "81.2"),
        ("81", "81"),
        ("2007:8121Z", "2007:81.21.Z"),
        ("??", "??"),
    ],
)
def test_pkd_codes_in_any_writing(text, code):
    assert pkd_code(text) == code


def test_a_query_dict_a_dict_and_a_text_mean_the_same(cards):
    assert found(QueryDict("powiat=0264")) == found({"powiat": ["0264"]}) == found("powiat=0264") == ["Wrocław"]
