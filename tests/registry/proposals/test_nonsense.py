"""Nothing that anybody sends to the pages of proposals breaks one, and nothing forged is believed."""

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.choices import Role
from registry.models import Proposal, ProposedPicture
from tests.accounts.factories import account
from tests.registry.factories import OfferFactory
from tests.registry.proposals.factories import card_with_person, sent, type_into
from tests.registry.proposals.test_pages import hidden, jpeg, section, signed_in

__all__ = ["signed_in"]
pytestmark = pytest.mark.django_db
HUGE = "9" * 30
JUNK = ["\0", "ą" * 10_000, HUGE, "-1", "²", "<b>"]


@pytest.mark.parametrize("forged", ["", "x", "\0", "e30:1x:y", "ą" * 10_000, "other card", "other section"])
def test_what_was_shown_is_believed_only_of_this_card_and_section(signed_in, forged):
    address, typed = section(signed_in)
    if forged == "other card":
        card, user = card_with_person("ewa@example.pl", slug="inna")
        signed_in.force_login(user)
        forged = hidden(signed_in.get(reverse("registry:card_section", args=["inna", "kontakt"])), "shown")
        signed_in.force_login(signed_in.user)
    elif forged == "other section":
        forged = hidden(signed_in.get(reverse("registry:card_section", args=["zuraw", "opis"])), "shown")
    answer = signed_in.post(address, typed | {"shown": forged, "email": "nowy@example.pl"})
    # As if another window had written it: shown again with what was typed, and kept at the second press.
    assert answer.status_code == 409
    assert 'value="nowy@example.pl"' in answer.content.decode()
    assert not Proposal.objects.exists()
    again = {name: hidden(answer, name) for name in ("seen", "shown", "page")}
    signed_in.post(address, typed | again | {"email": "nowy@example.pl"})
    draft = Proposal.objects.get()
    assert (draft.typed, draft.shown) == (
        {"kontakt": {"email": "nowy@example.pl"}},
        {"kontakt": {"email": "biuro@example.pl"}},
    )


def test_signed_words_that_are_no_note_of_a_page_are_not_believed(signed_in):
    address, typed = section(signed_in)
    salt = f"registry.proposals.shown:{signed_in.card.pk}:kontakt"
    signed = signing.dumps(["email"], salt=salt, compress=True)
    assert signed_in.post(address, typed | {"shown": signed, "email": "a@example.pl"}).status_code < 500


@pytest.mark.parametrize("seen", ["\0", "[]", "{" * 5_000, '{"email": {"a": []}}', '{"email": 1e400}', "ą" * 30_000])
def test_nonsense_about_what_was_seen_breaks_nothing(signed_in, seen):
    address, typed = section(signed_in)
    for headers in ({}, {"HX-Request": "true"}):
        answer = signed_in.post(
            address, typed | {"seen": seen, "page": seen, "email": "a@example.pl"}, headers=headers
        )
        assert answer.status_code in (200, 302, 409, 422)


@pytest.mark.parametrize("junk", JUNK)
def test_nonsense_sent_with_a_picture_breaks_nothing(signed_in, junk):
    offer = OfferFactory(organisation=signed_in.card)
    address = reverse("registry:card_pictures", args=["zuraw", offer.pk])
    picture = SimpleUploadedFile(junk.replace("\0", "0")[:200], b"GIF89a" + junk.encode(), "image/jpeg")
    assert signed_in.post(address, {"image": picture, "alt": junk}).status_code == 422
    assert signed_in.post(address, {"usun": junk}).status_code == 302
    assert not ProposedPicture.objects.exists()


def test_a_picture_with_a_program_behind_it_is_kept_without_it(signed_in):
    offer = OfferFactory(organisation=signed_in.card)
    address = reverse("registry:card_pictures", args=["zuraw", offer.pk])
    evil = SimpleUploadedFile("a.php", jpeg().read() + b"<?php system('id'); ?><script>alert(1)</script>", "text/html")
    assert signed_in.post(address, {"image": evil, "alt": "Tort na stole"}).status_code == 302
    answer = signed_in.get(reverse("registry:proposed_picture", args=[ProposedPicture.objects.get().pk]))
    assert (answer.headers["Content-Type"], answer.content[8:12]) == ("image/webp", b"WEBP")
    assert b"script" not in answer.content
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_proposed_picture_is_nothing_to_others_before_it_is_sent_and_after(signed_in, client):
    offer = OfferFactory(organisation=signed_in.card)
    client.post(reverse("registry:card_pictures", args=["zuraw", offer.pk]), {"image": jpeg(), "alt": "Tort"})
    picture = ProposedPicture.objects.get()
    address = reverse("registry:proposed_picture", args=[picture.pk])
    _, other = card_with_person("ewa@example.pl")
    for _ in range(2):
        client.force_login(other)
        assert client.get(address).status_code == 404
        drop = reverse("registry:card_pictures", args=["zuraw", offer.pk])
        assert client.post(drop, {"usun": picture.pk}).status_code == 404
        client.logout()
        assert client.get(address).status_code == 302
        assert client.get(f"/oferty/zdjecia/{picture.pk}/{picture.image.name.rpartition('/')[2]}").status_code == 404
        if Proposal.objects.filter(state="szkic").exists():
            sent(signed_in.card, signed_in.user, kontakt={"email": "nowy@example.pl"})
    assert ProposedPicture.objects.filter(pk=picture.pk).exists()


@pytest.mark.parametrize("number", [0, 999_999, int(HUGE)])
def test_numbers_of_nothing_are_nothing(signed_in, client, number):
    own = reverse("registry:proposal", args=["zuraw", number])
    assert signed_in.get(own).status_code == 404
    assert signed_in.post(own + "wycofaj/").status_code == 404
    assert signed_in.get(reverse("registry:proposed_picture", args=[number])).status_code == 404
    client.force_login(account(Role.COORDINATOR))
    assert client.get(reverse("admin:registry_proposal_change", args=[number])).status_code == 404


@pytest.mark.parametrize("junk", JUNK)
def test_nonsense_asked_of_the_queue_breaks_nothing(signed_in, client, junk):
    client.force_login(account(Role.COORDINATOR))
    for name in ("q", "stan", "p", "o"):
        answer = client.get(reverse("admin:registry_proposal_changelist"), {name: junk}, follow=True)
        assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize("junk", JUNK)
def test_a_forged_summary_sends_nothing(signed_in, junk):
    type_into(signed_in.card, signed_in.user, "kontakt", email="nowy@example.pl")
    summary = reverse("registry:card_summary", args=["zuraw"])
    for szkic in (junk, Proposal.objects.get().pk):
        assert signed_in.post(summary, {"szkic": szkic, "widziane": junk}).status_code == 422
    assert Proposal.objects.get().state == "szkic"


def test_a_proposal_of_somebody_else_is_not_withdrawn(signed_in, client):
    other, person = card_with_person("ewa@example.pl", slug="inna")
    proposal = sent(other, person, kontakt={"email": "nowy@example.pl"})
    for slug in ("zuraw", "inna"):
        address = reverse("registry:proposal_withdrawal", args=[slug, proposal.pk])
        assert client.post(address, {"co": "wycofaj"}).status_code == 404
    proposal.refresh_from_db()
    assert proposal.state == "wyslana"
