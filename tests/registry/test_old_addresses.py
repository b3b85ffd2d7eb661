"""Old addresses of cards: each leads to today's in one step, for good, and is nobody else's."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from core.exceptions import Refused
from registry.models import CatalogueEntry, FormerSlug, Offer, Organisation
from registry.use_cases.imports.addresses import Slugs
from registry.use_cases.merging import merge
from registry.use_cases.offers import remove_offer
from registry.use_cases.organisations import remove
from registry.use_cases.renaming import rename
from registry.use_cases.slugs import free_slug
from tests.accounts.factories import account
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def card(slug, **more):
    return OrganisationFactory(slug=slug, published=True, **more)


def moved(one, slug):
    return rename(organisation_id=one.pk, slug=slug, actor=None, now=NOW)


def led(client, path):
    answer = client.get(path)
    return answer.status_code, answer.get("Location")


def former():
    return set(FormerSlug.objects.values_list("slug", "organisation"))


def test_a_chain_of_three_leads_on_in_one_step_from_every_page(client):
    one = card("a")
    for slug in ("b", "c", "d"):
        moved(one, slug)
    for old in ("a", "b", "c", "C"):
        assert led(client, f"/katalog/{old}/") == (301, "/katalog/d/")
    assert led(client, "/katalog/a/zglos-blad/?oferta=1") == (301, "/katalog/d/zglos-blad/?oferta=1")
    assert led(client, "/katalog/a/historia/") == (301, "/katalog/d/historia/")
    client.force_login(account(Role.REPRESENTATIVE, organisation=one))
    assert led(client, "/panel/podmiot/b/osoby/") == (301, "/panel/podmiot/d/osoby/")
    assert led(client, "/panel/podmiot/b/terminy/") == (301, "/panel/podmiot/d/terminy/")
    assert led(client, "/panel/podmiot/b/potwierdzenie/") == (301, "/panel/podmiot/d/potwierdzenie/")
    assert client.post("/katalog/a/zglos-blad/", {}).status_code == 308
    assert CatalogueEntry.objects.get().slug == "d"


def test_a_card_that_takes_its_own_address_back_makes_no_loop(client):
    one = card("a")
    for slug in ("b", "a"):
        moved(one, slug)
    assert client.get("/katalog/a/").status_code == 200
    assert led(client, "/katalog/b/") == (301, "/katalog/a/")
    assert former() == {("b", one.pk)}


def test_no_other_card_ever_gets_an_old_address():
    one, other = card("spoldzielnia"), card("inna")
    moved(one, "nowa")
    with pytest.raises(Refused, match="ma albo miał inny podmiot"):
        moved(other, "spoldzielnia")
    for attempt in (
        lambda: OrganisationFactory(slug="spoldzielnia"),
        lambda: OrganisationFactory(slug="Spoldzielnia"),
        lambda: Organisation.objects.filter(pk=other.pk).update(slug="spoldzielnia"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert free_slug("Spółdzielnia") == "spoldzielnia-2"
    assert Slugs().free([("Spółdzielnia", ""), ("Spółdzielnia", "")]) == ["spoldzielnia-2", "spoldzielnia-3"]


def test_the_address_changes_by_sql_too_and_two_cards_cannot_swap(client):
    one, other = card("a"), card("b")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_organisation SET slug = 'c' WHERE slug = 'a'")
    assert led(client, "/katalog/a/") == (301, "/katalog/c/")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=other.pk).update(slug="a")
    assert former() == {("a", one.pk)}


def test_what_was_merged_then_renamed_then_merged_again_leads_to_the_last(client):
    first, second, third = card("a"), card("b"), card("c")
    moved(first, "a2")
    merge(keep_id=second.pk, drop_id=first.pk, now=NOW)
    moved(second, "b2")
    merge(keep_id=third.pk, drop_id=second.pk, now=NOW)
    moved(third, "c2")
    for old in ("a", "a2", "b", "b2", "c"):
        assert led(client, f"/katalog/{old}/") == (301, "/katalog/c2/")
        assert led(client, f"/katalog/{old}/zglos-blad/") == (301, "/katalog/c2/zglos-blad/")


def test_a_circle_that_sql_made_ends(client):
    one, other = OrganisationFactory(slug="a"), OrganisationFactory(slug="b")
    Organisation.objects.update(removed_at=NOW)
    Organisation.objects.filter(pk=one.pk).update(merged_into=other)
    Organisation.objects.filter(pk=other.pk).update(merged_into=one)
    assert client.get("/katalog/a/").status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=one.pk).update(merged_into=one)


def test_a_card_that_was_public_and_is_removed_says_so_and_others_do_not(client):
    public, never = card("bylo"), OrganisationFactory(slug="nigdy")
    moved(public, "bylo-2")
    for one in (public, never):
        remove(organisation_id=one.pk, now=NOW)
    for slug in ("bylo", "bylo-2"):
        page = client.get(f"/katalog/{slug}/")
        assert page.status_code == 410
        assert "22\xa0listopada\xa02026" in page.content.decode()
        assert 'role="search"' in page.content.decode()
        assert public.party.name not in page.content.decode()
    assert client.get("/katalog/nigdy/").status_code == 404
    assert client.get("/katalog/nie-bylo/").status_code == 404


def test_a_card_out_of_the_catalogue_for_a_while_is_not_told_of(client):
    one = card("a")
    moved(one, "b")
    Organisation.objects.update(published_at=None)
    for slug in ("a", "b"):
        assert client.get(f"/katalog/{slug}/").status_code == 404


def test_a_removed_offer_says_so_and_names_the_card(client):
    offer = OfferFactory(organisation=card("a"))
    remove_offer(offer_id=offer.pk, now=NOW)
    page = client.get(f"/oferty/{offer.pk}-sprzatanie-biur/")
    assert page.status_code == 410
    assert 'href="/katalog/a/"' in page.content.decode()
    draft = OfferFactory(removed_at=NOW)
    for pk in (draft.pk, 999999, 10**18):
        assert client.get(f"/oferty/{pk}-x/").status_code == 404


def test_an_offer_of_a_merged_card_leads_to_its_page_as_before(client):
    keep, drop = card("a"), card("b")
    offer = OfferFactory(organisation=drop)
    merge(keep_id=keep.pk, drop_id=drop.pk, now=NOW)
    assert Offer.objects.get().organisation == keep
    assert client.get(f"/oferty/{offer.pk}-sprzatanie-biur/").status_code == 200


@pytest.mark.parametrize("slug", ["", "Ą", "a b", "-a", "a--b", "a/b", "x" * 101, "\0", "eksport", "atom"])
def test_what_is_no_address_is_refused(slug):
    with pytest.raises(Refused):
        moved(card("a"), slug)


def test_the_entry_of_a_feed_stays_the_same(client):
    one = card("a")
    before = client.get("/katalog/atom.xml").content.decode()
    moved(one, "b")
    after = client.get("/katalog/atom.xml").content.decode()
    identity = f"<id>tag:testserver,2026:katalog:{one.pk}</id>"
    assert identity in before
    assert identity in after
    assert "/katalog/b/" in after


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_one_address_at_once_one_is_refused():
    """One card leaves the address while another takes it: whoever commits first, it stays the first one's."""
    one, other = OrganisationFactory(slug="a"), OrganisationFactory(slug="b")
    at_once, outcomes = Barrier(2), {}

    def attempt(card, slug):
        try:
            with transaction.atomic():
                Organisation.objects.filter(pk=card.pk).update(kind_id=card.kind_id)
                at_once.wait(10)
                rename(organisation_id=card.pk, slug=slug, actor=None, now=NOW)
            outcomes[card.pk] = True
        except Refused:
            outcomes[card.pk] = False
        finally:
            connection.close()

    threads = [Thread(target=attempt, args=pair) for pair in ((one, "c"), (other, "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes == {one.pk: True, other.pk: False}
    assert former() == {("a", one.pk)}


@pytest.mark.parametrize("renames", [1, 30])
def test_however_often_a_card_moved_finding_it_costs_the_same(client, renames, django_assert_num_queries):
    one = card("a")
    for number in range(renames):
        moved(one, f"b{number}")
    with django_assert_num_queries(2):
        assert client.get("/katalog/a/").status_code == 301
