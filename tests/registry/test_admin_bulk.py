"""Bulk actions of the lists: one use case, row by row, refusals in words."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.jobs.running import nobody_asks
from accounts.permissions import Role
from registry.admin import bulk
from registry.jobs import do_to_rows
from registry.models import CatalogueEntry, Institution, Offer, Organisation
from tests.accounts.factories import account
from tests.registry.factories import OfferFactory, OfferMarkFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_once")]
CARDS = reverse("admin:registry_organisation_changelist")
OFFERS = reverse("admin:registry_offer_changelist")


def act(client, action, rows, *, path=CARDS, follow=True, **given):
    data = {"action": action, "_selected_action": [row.pk for row in rows]} | given
    return client.post(path, data, follow=follow)


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def test_publishing_reports_how_many_and_what_was_refused(coordinator):
    cards = [OrganisationFactory(), OrganisationFactory()]
    closed = OrganisationFactory(of_unit=True, unit__name="Dawny warsztat", unit__ended_on=date(2020, 1, 1))
    response = act(coordinator, "publish", [*cards, closed])
    assert messages_of(response) == [
        "Opublikowano: 2 pozycje.",
        "Nie zmieniono 1: Jednostka zakończyła działalność; usuń datę zakończenia, zanim opublikujesz kartę. "
        "(Dawny warsztat)",
    ]
    assert set(CatalogueEntry.objects.values_list("organisation", flat=True)) == {card.pk for card in cards}


def test_withdrawing_takes_the_card_out_of_the_catalogue(coordinator):
    card = OrganisationFactory(published=True)
    assert messages_of(act(coordinator, "withdraw", [card])) == ["Wycofano z katalogu: 1 pozycja."]
    assert not CatalogueEntry.objects.exists()


def test_verifying_marks_the_day_and_the_coordinator(coordinator):
    card = OrganisationFactory(activity="nieaktywny")
    act(coordinator, "verify", [card])
    card.refresh_from_db()
    assert (card.activity, card.verified_by) == ("aktywny", "koordynator")
    assert card.verified_on is not None


def test_removing_asks_first_and_then_removes(coordinator):
    card = OrganisationFactory(institution__name="Do usunięcia")
    asked = act(coordinator, "remove", [card])
    assert "Usunąć 1 podmiot?" in asked.content.decode()
    assert "Do usunięcia" in asked.content.decode()
    assert Organisation.objects.living().count() == 1
    assert messages_of(act(coordinator, "remove", [card], confirmed="1")) == ["Usunięto z rejestru: 1 pozycja."]
    assert not Organisation.objects.living().exists()
    assert not Institution.objects.living().exists()


def test_removing_is_refused_while_an_offer_holds_a_mark(coordinator):
    card = OrganisationFactory(institution__name="Ze znakiem")
    OfferMarkFactory(offer__organisation=card, valid_until=date(2126, 1, 1))
    response = act(coordinator, "remove", [card], confirmed="1")
    assert messages_of(response) == [
        "Nie zmieniono 1: Oferta tego podmiotu ma ważny znak; najpierw trzeba go odebrać. (Ze znakiem)"
    ]


def test_select_all_that_match_means_the_filter_and_not_the_ticked_rows(coordinator):
    for _ in range(3):
        OrganisationFactory()
    other = OrganisationFactory(of_unit=True)
    ticked = Organisation.objects.filter(kind="spoldzielnia_socjalna")[:1]
    response = act(coordinator, "publish", ticked, path=f"{CARDS}?rodzaj=spoldzielnia_socjalna", select_across="1")
    assert messages_of(response) == ["Opublikowano: 3 pozycje."]
    other.refresh_from_db()
    assert other.published_at is None


def test_many_rows_go_to_a_task_whose_page_tells_how_it_went(coordinator, monkeypatch):
    monkeypatch.setattr(bulk, "AT_ONCE", 2)
    cards = [OrganisationFactory() for _ in range(3)]
    cards.append(OrganisationFactory(of_unit=True, unit__name="Dawny warsztat", unit__ended_on=date(2020, 1, 1)))
    response = act(coordinator, "publish", cards, follow=False)
    assert response.status_code == 302
    page = coordinator.get(response["Location"])
    assert page.context["job"].result == [
        "Opublikowano: 3 pozycje.",
        "Nie zmieniono 1: Jednostka zakończyła działalność; usuń datę zakończenia, zanim opublikujesz kartę. "
        "(Dawny warsztat)",
    ]
    assert page.context["job"].back == CARDS
    assert CatalogueEntry.objects.count() == 3


def test_rows_that_are_done_twice_change_only_once():
    card = OrganisationFactory()
    for _ in range(2):
        do_to_rows(nobody_asks, None, verb="publish", keys=[card.pk])
    card.refresh_from_db()
    assert card.published_at is not None
    assert CatalogueEntry.objects.count() == 1


def test_confirming_offers_of_cards_needs_a_category(coordinator):
    done, without = OrganisationFactory(), OrganisationFactory(institution__name="Bez kategorii")
    OfferFactory(organisation=done, confirmed_at=None)
    OfferFactory(organisation=without, confirmed_at=None, category_id=None)
    response = act(coordinator, "confirm_offers", [done, without])
    assert messages_of(response) == [
        "Potwierdzono klasyfikację ofert: 1 pozycja.",
        "Nie zmieniono 1: Oferta nie ma kategorii; wybierz ją, zanim potwierdzisz klasyfikację. (Bez kategorii)",
    ]
    assert [offer.confirmed_at is not None for offer in Offer.objects.order_by("pk")] == [True, False]


def test_offers_are_confirmed_and_removed_from_their_own_list(coordinator):
    offer, marked = OfferFactory(confirmed_at=None), OfferFactory(name="Ze znakiem")
    OfferMarkFactory(offer=marked, valid_until=date(2126, 1, 1))
    act(coordinator, "confirm", [offer], path=OFFERS)
    offer.refresh_from_db()
    assert offer.confirmed_at is not None
    response = act(coordinator, "remove", [offer, marked], path=OFFERS)
    assert messages_of(response) == [
        "Usunięto z karty: 1 pozycja.",
        "Nie zmieniono 1: Oferta ma ważny znak; najpierw trzeba go odebrać. (Ze znakiem)",
    ]
    assert list(Offer.objects.living()) == [marked]


def test_a_representative_cannot_act_on_the_list(client):
    card = OrganisationFactory()
    client.force_login(account(Role.REPRESENTATIVE))
    assert act(client, "publish", [card]).status_code == 404
    card.refresh_from_db()
    assert card.published_at is None


def test_two_cards_are_put_beside_each_other_from_the_list(coordinator):
    first, second, third = OrganisationFactory(), OrganisationFactory(), OrganisationFactory()
    response = act(coordinator, "compare", [first, second])
    assert response.context["case"].why == "wskazał koordynator"
    again = act(coordinator, "compare", [second, first])
    assert again.context["case"] == response.context["case"]
    response = act(coordinator, "compare", [first, second, third])
    assert messages_of(response) == ["Do porównania zaznacz dokładnie dwa podmioty."]
