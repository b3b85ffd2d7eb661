"""The register on its map, and the ways that lead to a mark from everywhere else."""

import pytest

from quality_mark.models import Mark
from quality_mark.use_cases.nightly import turn_marks
from registry.use_cases import catalogue
from tests.quality_mark.factories import NOW
from tests.quality_mark.marks import at, marked, offer
from tests.registry.factories import refresh

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW, tick=False)]
REGISTER, MAP = "/znak/rejestr/", "/znak/rejestr/mapa.json"
WROCLAW, KLODZKO = "0264011", "0208021"


def placed(town=WROCLAW, **more):
    return marked(offer=offer(organisation__institution__municipality_id=town, **more))


def text(client, address):
    return client.get(address).content.decode()


def test_the_map_counts_marks_where_their_holders_are_and_narrows_like_the_list(client):
    placed(organisation__latitude=51.1, organisation__longitude=17.03)
    placed()
    placed(KLODZKO)
    figures = client.get(MAP).json()
    assert {one["id"]: one["count"] for one in figures["counties"] if one["count"]} == {"0264": 2, "0208": 1}
    assert {one["id"]: (one["count"], one["exact"]) for one in figures["municipalities"]} == {
        WROCLAW: (2, 1), KLODZKO: (1, 0),
    }  # fmt: skip
    narrowed = client.get(f"{MAP}?gmina={KLODZKO}&status=wazny").json()
    assert sum(one["count"] for one in narrowed["counties"]) == 1
    assert 'value="1"' in text(client, f"{REGISTER}?gmina={KLODZKO}")
    [point] = client.get(f"{MAP}?ramka=16,50,18,52").json()["points"]
    assert client.get(f"/znak/weryfikacja/{point['slug']}/").status_code == 200


def test_without_a_script_the_map_is_a_list_of_counties(client):
    placed(KLODZKO)
    page = text(client, f"{REGISTER}?view=mapa&q=zp")
    assert "Mapa potrzebuje skryptów" in page
    assert "q=zp&amp;powiat=0208&amp;view=mapa" in page
    assert f'data-figures="{MAP}"' in page
    assert 'data-forms="znak,znaki,znaków"' in page


@pytest.mark.parametrize("query", ["gmina=x", "podmiot=nie-ma", "view=x", "ramka=1,2", "gmina=%E2%98%83"])
def test_what_the_map_cannot_read_is_told(client, query):
    assert client.get(f"{MAP}?{query}").status_code == 400
    if "ramka" not in query:
        assert "Nie można tak szukać" in text(client, f"{REGISTER}?{query}")


@pytest.mark.parametrize("count", [1, 30])
def test_the_map_asks_as_often_for_thirty_marks_as_for_one(client, count, django_assert_num_queries):
    for _ in range(count):
        placed()
    client.get(f"{REGISTER}?view=mapa")
    for address, queries in ((f"{REGISTER}?view=mapa", 13), (MAP, 6)):
        with django_assert_num_queries(queries):
            client.get(address)


def test_every_badge_of_the_portal_leads_to_the_page_where_the_mark_is_checked(client):
    mark = placed(name="Sprzątanie biur")
    organisation = mark.offer.organisation
    refresh(organisation)
    check = f"/znak/weryfikacja/{mark.number.replace('/', '-')}/"
    of_offer, of_card = f"/znak/oferta/{mark.offer_id}/", f"/znak/podmiot/{organisation.pk}/"
    for address in (of_offer, of_card):
        assert client.get(address).headers["Location"] == check
    for page, leads in {
        "/katalog/": of_card,
        organisation.get_absolute_url(): check,
        "/oferty/": of_offer,
        mark.offer.get_absolute_url(): check,
        "/zamowienia/kto-to-zrobi/?q=sprzątanie": of_offer,
    }.items():
        assert f'href="{leads}"' in text(client, page), page


def test_a_card_with_several_marks_leads_to_all_of_them(client):
    first = placed()
    marked(offer=offer(organisation=first.offer.organisation))
    placed()
    slug = first.offer.organisation.slug
    address = client.get(f"/znak/podmiot/{first.offer.organisation_id}/").headers["Location"]
    assert address == f"{REGISTER}?podmiot={slug}"
    page = text(client, address)
    assert 'value="2"' in page
    assert f'name="podmiot" value="{slug}"' in page


@pytest.mark.parametrize("what", ["oferta", "podmiot"])
@pytest.mark.parametrize("number", ["1", "9" * 21])
def test_what_has_no_mark_leads_nowhere(client, what, number):
    assert client.get(f"/znak/{what}/{number}/").status_code == 404


def test_the_badge_goes_with_the_licence_and_the_way_to_the_mark_stays(client):
    mark = placed()
    turn_marks(now=at(2027, 3, 1, 0, 1))
    catalogue.refresh([mark.offer.organisation_id], now=at(2027, 3, 1, 0, 10))
    assert Mark.objects.get().state == "expired"
    assert client.get(f"/znak/oferta/{mark.offer_id}/").status_code == 302
