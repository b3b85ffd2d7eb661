"""The pages on which a card is edited: with a script and without, with nonsense, with much on them."""

import io
import json
import re

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.choices import Role
from registry.choices import ProposalState
from registry.models import Institution, OfferPicture, Proposal, ProposedPicture
from tests.accounts.factories import account
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory
from tests.registry.proposals.factories import card_with_person, fresh, representative, sent, type_into

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    card, user = card_with_person(slug="zuraw")
    client.force_login(user)
    client.card, client.user = card, user
    return client


def hidden(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())[1].replace("&quot;", '"')


def section(client, part="kontakt"):
    """(address, what a browser would send back of it untouched)."""
    address = reverse("registry:card_section", args=[client.card.slug, part])
    page = client.get(address)
    form = page.context["form"]
    return address, {**form.raws, "seen": hidden(page, "seen"), "shown": hidden(page, "shown"), "page": "p1"}


def jpeg():
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "JPEG")
    return SimpleUploadedFile("a.jpg", content.getvalue(), "image/jpeg")


def test_looking_writes_nothing(signed_in):
    section(signed_in)
    signed_in.get(reverse("registry:card_editing", args=["zuraw"]))
    signed_in.get(reverse("registry:card_new_row", args=["zuraw", "oferty"]), follow=True)
    assert not Proposal.objects.exists()


def test_without_a_script_a_button_keeps_the_draft(signed_in):
    address, typed = section(signed_in)
    page = signed_in.post(address, typed | {"email": "nowy@example.pl"}, follow=True)
    assert "w szkicu: E-mail" in page.content.decode()
    assert Proposal.objects.get().typed == {"kontakt": {"email": "nowy@example.pl"}}


def test_a_script_keeps_it_while_it_is_typed_and_says_so(signed_in):
    address, typed = section(signed_in)
    answer = signed_in.post(address, typed | {"email": "now"}, headers={"HX-Request": "true"})
    assert answer.headers["X-Kept"] == "1"
    assert "szkic zapisano o" in answer.content.decode()
    again = signed_in.post(
        address, typed | {"email": "nowy@example.pl", "seen": hidden(answer, "seen")}, headers={"HX-Request": "true"}
    )
    assert "W innym oknie" not in again.content.decode()
    assert Proposal.objects.get().typed["kontakt"]["email"] == "nowy@example.pl"


def test_what_is_wrong_is_kept_and_told_beside_the_field(signed_in):
    address, typed = section(signed_in)
    page = signed_in.post(address, typed | {"phone": "12", "email": "bez małpy"})
    assert page.status_code == 422
    assert 'value="bez małpy"' in page.content.decode()
    summary = signed_in.get(reverse("registry:card_summary", args=["zuraw"])).content.decode()
    assert "Zanim wyślesz, popraw" in summary
    assert "Wyślij do sprawdzenia" not in summary


def test_the_same_field_in_two_windows_shows_both_and_loses_none(signed_in):
    address, first = section(signed_in)
    _, second = section(signed_in)
    signed_in.post(address, first | {"email": "a@example.pl"})
    page = signed_in.post(address, second | {"email": "b@example.pl", "page": "p2"})
    assert page.status_code == 409
    told = page.content.decode()
    assert "a@example.pl" in told
    assert 'value="b@example.pl"' in told


def test_what_two_windows_wrote_is_shown_beside_each_other_before_one_of_them_stays(signed_in):
    address, first = section(signed_in)
    _, second = section(signed_in)
    signed_in.post(address, first | {"email": "a@example.pl"})
    mine = second | {"email": "b@example.pl", "www": "https://b.example", "page": "p2"}
    line = signed_in.post(address, mine, headers={"HX-Request": "true"})
    assert "E-mail: a@example.pl" in line.content.decode()
    both = signed_in.post(address, mine | {"seen": hidden(line, "seen")})
    assert both.status_code == 409
    assert Proposal.objects.get().typed["kontakt"] == {"email": "a@example.pl", "www": "https://b.example"}
    signed_in.post(address, mine | {"seen": hidden(both, "seen"), "page": hidden(both, "page")})
    assert Proposal.objects.get().typed["kontakt"]["email"] == "b@example.pl"


def test_a_colleague_at_the_same_card_is_named(client, signed_in):
    other = representative(signed_in.card, "jan@example.pl")
    type_into(signed_in.card, other, "kontakt", email="b@example.pl")
    address, _ = section(signed_in)
    assert f"{other.get_full_name()} też zmienia tę część karty" in signed_in.get(address).content.decode()
    listed = signed_in.get(reverse("registry:card_editing", args=["zuraw"])).content.decode()
    assert f"{other.get_full_name()} też pisze zmiany tej karty" in listed
    assert "b@example.pl" not in listed


def test_what_changed_on_the_card_meanwhile_stands_beside_the_field_and_in_the_summary(signed_in):
    address, typed = section(signed_in)
    signed_in.post(address, typed | {"email": "nowy@example.pl"})
    Institution.objects.filter(pk=signed_in.card.institution_id).update(email="urzad@example.pl")
    assert "Jest tam teraz: urzad@example.pl" in signed_in.get(address).content.decode()
    summary = signed_in.get(reverse("registry:card_summary", args=["zuraw"])).content.decode()
    assert "Było tam: „biuro@example.pl”" in summary


def test_from_typing_to_sending(signed_in):
    address, typed = section(signed_in)
    signed_in.post(address, typed | {"email": "nowy@example.pl"})
    summary = reverse("registry:card_summary", args=["zuraw"])
    page = signed_in.get(summary)
    told = page.content.decode()
    assert "<del>biuro@example.pl</del>" in told
    assert "<ins>nowy@example.pl</ins>" in told
    send = {"szkic": hidden(page, "szkic"), "widziane": hidden(page, "widziane")}
    done = signed_in.post(summary, send, follow=True).content.decode()
    assert "Wysłano. Propozycję sprawdzi koordynator" in done
    assert "Twoja propozycja czeka na koordynatora" in signed_in.get(reverse("panel")).content.decode()
    assert signed_in.post(summary, send | {"widziane": "x"}).status_code == 302  # a second press


def test_a_stale_summary_is_shown_once_more(signed_in):
    type_into(signed_in.card, signed_in.user, "kontakt", email="nowy@example.pl")
    summary = reverse("registry:card_summary", args=["zuraw"])
    page = signed_in.post(summary, {"szkic": Proposal.objects.get().pk, "widziane": "dawne"})
    assert page.status_code == 422
    assert "coś się zmieniło" in page.content.decode()


@pytest.mark.parametrize("text", ["\0", "9" * 10_000, "<b>x</b>", "ą" * 50_000])
def test_nothing_typed_breaks_a_page(signed_in, text):
    for part in ("kontakt", "opis", "adres", "dane"):
        address, typed = section(signed_in, part)
        assert signed_in.post(address, typed | {name: text for name in typed if name != "page"}).status_code < 500
        broken = "&".join(f"{name}=%ff%00%ed%a0%80" for name in typed)
        form = "application/x-www-form-urlencoded"
        assert signed_in.post(address, broken, content_type=form).status_code < 500
    assert signed_in.get(reverse("registry:card_summary", args=["zuraw"])).status_code < 500


@pytest.mark.parametrize(
    "path", ["nic/", "oferty/", "oferty/0/", "oferty/n12/", "oferty/" + "9" * 30 + "/", "jednostki/5/"]
)
def test_what_is_no_place_of_the_card_is_not_there(signed_in, path):
    assert signed_in.get(reverse("registry:card_editing", args=["zuraw"]) + path).status_code == 404


def test_an_offer_of_somebody_else_is_not_there(signed_in):
    offer = OfferFactory()
    for name in ("card_row", "card_row_removal"):
        address = reverse(f"registry:{name}", args=["zuraw", "oferty", offer.pk])
        assert signed_in.post(address, {"name": "x"}).status_code == 404
    assert signed_in.get(reverse("registry:card_pictures", args=["zuraw", offer.pk])).status_code == 404


def test_a_forged_note_of_what_was_shown_is_not_believed(signed_in):
    address, typed = section(signed_in)
    signed_in.post(address, typed | {"email": "nowy@example.pl", "shown": "zmyślone", "seen": json.dumps(None)})
    summary = signed_in.get(reverse("registry:card_summary", args=["zuraw"])).content.decode()
    assert "Odkąd zaczęto to pisać, ktoś zmienił to pole na karcie" in summary
    assert "<del>biuro@example.pl</del>" in summary


def test_a_picture_is_private_until_it_is_accepted_and_then_on_the_offer(signed_in, client, at_once):
    offer = OfferFactory(organisation=signed_in.card)
    address = reverse("registry:card_pictures", args=["zuraw", offer.pk])
    page = signed_in.post(address, {"image": jpeg(), "alt": "Tort na stole"}, follow=True)
    assert "Dodane w szkicu" in page.content.decode()
    picture = ProposedPicture.objects.get()
    private = reverse("registry:proposed_picture", args=[picture.pk])
    assert signed_in.get(private).headers["Content-Type"] == "image/webp"
    coordinator = account(Role.COORDINATOR)
    client.force_login(coordinator)
    assert client.get(private).status_code == 404  # drafts are the author's own
    client.force_login(signed_in.user)
    summary = reverse("registry:card_summary", args=["zuraw"])
    page = client.get(summary)
    client.post(summary, {"szkic": hidden(page, "szkic"), "widziane": hidden(page, "widziane")})
    client.force_login(coordinator)
    assert client.get(private).status_code == 200
    proposal = Proposal.objects.get()
    client.post(reverse("admin:registry_proposal_change", args=[proposal.pk]), _all(client, proposal, "wszystko"))
    assert OfferPicture.objects.get(offer=offer).alt == "Tort na stole"
    assert default_storage.exists(OfferPicture.objects.get().image.name)


def test_a_picture_without_words_or_that_is_none_is_refused_beside_its_field(signed_in):
    offer = OfferFactory(organisation=signed_in.card)
    address = reverse("registry:card_pictures", args=["zuraw", offer.pk])
    page = signed_in.post(address, {"image": SimpleUploadedFile("a.jpg", b"nie"), "alt": "Tort"})
    assert page.status_code == 422
    assert "To nie jest zdjęcie" in page.content.decode()
    assert signed_in.post(address, {"image": jpeg(), "alt": ""}).status_code == 422
    assert not Proposal.objects.exists()


def _all(client, proposal, decision, **more):
    page = client.get(reverse("admin:registry_proposal_change", args=[proposal.pk]))
    seen = {f"widziane-{one.change.pk}": one.seen for one in page.context["lines"]}
    return seen | {"decyzja": decision} | more


def test_the_coordinators_page_shows_both_sides_and_keeps_what_was_chosen(signed_in, client):
    proposal = sent(
        signed_in.card, signed_in.user, kontakt={"email": "nowy@example.pl"}, dane={"name": "Spółdzielnia Żuraw"}
    )
    client.force_login(account(Role.COORDINATOR))
    address = reverse("admin:registry_proposal_change", args=[proposal.pk])
    told = client.get(address).content.decode()
    assert "<del>biuro@example.pl</del>" in told
    assert "sprawdź w rejestrze publicznym" in told
    first = proposal.changes.first()
    page = client.post(address, _all(client, proposal, "kazda", **{f"zmiana-{first.pk}": "tak", "slowa": "Dzięki"}))
    assert page.status_code == 422
    told = page.content.decode()
    assert "przy każdej zmianie" in told
    assert ">Dzięki</textarea>" in told
    assert re.search(rf'name="zmiana-{first.pk}" value="tak" checked', told)
    assert client.post(address, _all(client, proposal, "nic")).status_code == 302
    assert fresh(signed_in.card).party.email == "biuro@example.pl"
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("junk", ["\0", "9" * 5000, "x"])
def test_no_answer_of_a_coordinator_breaks_the_page(signed_in, client, junk):
    proposal = sent(signed_in.card, signed_in.user, kontakt={"email": "nowy@example.pl"})
    client.force_login(account(Role.COORDINATOR))
    pk = proposal.changes.get().pk
    data = {f"zmiana-{pk}": junk, f"uwaga-{pk}": junk, f"widziane-{pk}": junk, "decyzja": junk, "slowa": junk}
    assert client.post(reverse("admin:registry_proposal_change", args=[proposal.pk]), data).status_code == 422


def test_drafts_are_not_in_the_queue(signed_in, client):
    type_into(signed_in.card, signed_in.user, "kontakt", email="nowy@example.pl")
    draft = Proposal.objects.get()
    client.force_login(account(Role.COORDINATOR))
    assert client.get(reverse("admin:registry_proposal_change", args=[draft.pk])).status_code == 404
    assert "0 wyników" in client.get(reverse("admin:registry_proposal_changelist")).content.decode()


def test_the_card_offers_its_people_to_change_it(signed_in, client):
    address = signed_in.card.get_absolute_url()
    assert "Zaproponuj zmianę" in signed_in.get(address).content.decode()
    client.logout()
    assert "Zaproponuj zmianę" not in client.get(address).content.decode()


def test_lists_ask_as_often_of_thirty_as_of_one(signed_in, client, django_assert_max_num_queries):
    card, user = signed_in.card, signed_in.user
    own = [OfferFactory(organisation=card) for _ in range(2)]
    coordinator = account(Role.COORDINATOR)

    def asked():
        pages = [("registry:card_editing", user), ("registry:card_summary", user), ("registry:proposal_list", user)]
        counts = []
        for name, person in pages:
            client.force_login(person)
            with django_assert_max_num_queries(60) as queries:
                assert client.get(reverse(name, args=["zuraw"])).status_code == 200
            counts.append(len(queries))
        client.force_login(coordinator)
        for address in (
            reverse("admin:registry_proposal_changelist"),
            reverse("admin:registry_proposal_change", args=[Proposal.objects.exclude(state="szkic").first().pk]),
        ):
            with django_assert_max_num_queries(60) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    proposal = sent(card, user, **{f"oferty:{own[0].pk}": {"description": "Nowy opis"}})
    type_into(card, user, f"oferty:{own[1].pk}", description="Inny opis", cpv="90910000")
    one = asked()
    template = proposal.changes.get()
    for number in range(29):
        offer = OfferFactory(organisation=card)
        template.pk, template.target, template.section = None, offer.pk, f"oferty:{offer.pk}"
        template.save(force_insert=True)
        type_into(card, user, f"oferty:{offer.pk}", description=f"Opis {number}", cpv="90910000")
        Proposal.objects.create(
            organisation=OrganisationFactory() if number % 2 else card, author=user, state=ProposalState.SENT,
            opened_at=NOW, saved_at=NOW, sent_at=NOW,
        )  # fmt: skip
    many = asked()
    assert many == one
