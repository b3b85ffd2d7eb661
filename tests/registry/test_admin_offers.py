"""Offers in the admin: classification, codes found by words, pictures with words for those who cannot see them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from registry.models import CatalogueEntry, Offer, OfferEntry, OfferPicture
from tests.registry.factories import NOW, OfferFactory, OfferMarkFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:registry_offer_changelist")


def change(offer):
    return reverse("admin:registry_offer_change", args=[offer.pk])


def posted(offer, **changes):
    data = {"organisation": offer.organisation_id, "name": offer.name, "category": offer.category_id, "position": 0}
    for prefix, given in (("cpv_links", 0), ("pictures", 0), ("marks", 0)):
        data |= {f"{prefix}-TOTAL_FORMS": given, f"{prefix}-INITIAL_FORMS": given}
    return data | changes


def picture(colour="teal"):
    content = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(content, "PNG")
    return SimpleUploadedFile("zdjecie.png", content.getvalue(), content_type="image/png")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_the_same_number_of_queries_for_one_row_and_for_thirty(
    coordinator, rows, django_assert_num_queries
):
    for _ in range(rows):
        OfferFactory()
    with django_assert_num_queries(6):
        assert len(coordinator.get(LIST).context["cl"].result_list) == rows


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "SPRZATANIE"}, {"Sprzątanie biur"}),
        ({"q": "zuraw"}, {"Catering"}),
        ({"klasyfikacja": "czeka"}, {"Catering"}),
        ({"klasyfikacja": "bez-kategorii"}, {"Catering"}),
        ({"klasyfikacja": "tak"}, {"Sprzątanie biur"}),
        ({"kategoria": "sprzatanie"}, {"Sprzątanie biur"}),
        ({"kategoria": "smoki"}, set()),
    ],
)
def test_words_and_filters_narrow_the_list(coordinator, query, expected):
    OfferFactory()
    other = OrganisationFactory(institution__name="Spółdzielnia Żuraw")
    OfferFactory(organisation=other, name="Catering", category_id=None, confirmed_at=None)
    OfferFactory(name="Usunięta", removed_at=NOW)
    assert {offer.name for offer in coordinator.get(LIST, query).context["cl"].result_list} == expected


def test_saving_an_offer_refreshes_what_the_public_sees(coordinator):
    offer = OfferFactory(organisation__published=True)
    data = posted(offer, name="Pranie", category="pranie", confirmed="on", **{"cpv_links-TOTAL_FORMS": 1})
    coordinator.post(change(offer), data | {"cpv_links-0-offer": offer.pk, "cpv_links-0-code": "98310000"})
    entry = OfferEntry.objects.get(offer=offer)
    assert (entry.name, entry.category_id) == ("Pranie", "pranie")
    assert 98310000 in entry.cpv
    assert 98310000 in CatalogueEntry.objects.get(organisation=offer.organisation).cpv


def test_confirmation_is_ticked_and_unticked_in_the_form(coordinator):
    offer = OfferFactory(confirmed_at=None)
    coordinator.post(change(offer), posted(offer, confirmed="on"))
    offer.refresh_from_db()
    assert offer.confirmed_at is not None
    coordinator.post(change(offer), posted(offer))
    offer.refresh_from_db()
    assert offer.confirmed_at is None


def test_a_classification_without_a_category_cannot_be_confirmed(coordinator):
    offer = OfferFactory(confirmed_at=None)
    response = coordinator.post(change(offer), posted(offer, category="", confirmed="on"))
    errors = response.context["adminform"].form.errors
    assert errors == {"category": ["Wybierz kategorię albo odznacz potwierdzenie klasyfikacji."]}


@pytest.mark.parametrize("words", ["98310000", "uslugi prania", "PRANIA"])
def test_codes_of_cpv_are_found_by_number_and_by_polish_words(coordinator, words):
    query = {"app_label": "registry", "model_name": "offercpv", "field_name": "code", "term": words}
    found = coordinator.get(reverse("admin:autocomplete"), query).json()["results"]
    assert any("9831" in row["text"] for row in found)


def test_a_picture_is_added_with_words_and_drawn_anew(coordinator):
    offer = OfferFactory()
    line = {"pictures-TOTAL_FORMS": 1, "pictures-0-offer": offer.pk, "pictures-0-image": picture()}
    coordinator.post(change(offer), posted(offer, **line, **{"pictures-0-alt": "Dwie osoby myją okna"}))
    added = OfferPicture.objects.get()
    assert added.alt == "Dwie osoby myją okna"
    assert added.image.name.endswith(".webp")


@pytest.mark.parametrize("alt", ["", "x"])
def test_a_picture_without_words_is_refused_beside_it(coordinator, alt):
    offer = OfferFactory()
    line = {"pictures-TOTAL_FORMS": 1, "pictures-0-offer": offer.pk, "pictures-0-image": picture()}
    response = coordinator.post(change(offer), posted(offer, **line, **{"pictures-0-alt": alt}))
    assert response.status_code == 200
    assert not OfferPicture.objects.exists()


def test_the_same_picture_twice_is_refused_in_words(coordinator):
    offer = OfferFactory()
    line = {"pictures-TOTAL_FORMS": 2}
    for number in (0, 1):
        line |= {f"pictures-{number}-offer": offer.pk, f"pictures-{number}-image": picture()}
        line |= {f"pictures-{number}-alt": "Dwie osoby myją okna"}
    response = coordinator.post(change(offer), posted(offer, **line))
    assert response.context["adminform"].form.non_field_errors() == ["To zdjęcie już jest przy tej ofercie."]
    assert not OfferPicture.objects.exists()


def test_a_picture_is_taken_away(coordinator):
    offer = OfferFactory()
    line = {"pictures-TOTAL_FORMS": 1, "pictures-0-offer": offer.pk, "pictures-0-image": picture()}
    coordinator.post(change(offer), posted(offer, **line, **{"pictures-0-alt": "Dwie osoby myją okna"}))
    key = OfferPicture.objects.get().pk
    line = {"pictures-TOTAL_FORMS": 1, "pictures-INITIAL_FORMS": 1, "pictures-0-id": key, "pictures-0-DELETE": "on"}
    coordinator.post(change(offer), posted(offer, **line, **{"pictures-0-offer": offer.pk}))
    assert not OfferPicture.objects.exists()


def test_a_coordinator_sees_the_mark_but_cannot_write_it(coordinator):
    mark = OfferMarkFactory()
    data = posted(mark.offer, **{"marks-TOTAL_FORMS": 1, "marks-0-number": "ZP/1", "marks-0-granted_on": "2026-01-01"})
    coordinator.post(change(mark.offer), data | {"marks-0-offer": mark.offer_id, "marks-0-valid_until": "2027-01-01"})
    assert [kept.number for kept in mark.offer.marks.all()] == [mark.number]
    assert mark.number in coordinator.get(change(mark.offer)).content.decode()
    assert Offer.objects.count() == 1
