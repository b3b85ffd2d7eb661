"""Addresses on which a card is edited, and everybody who may ask for them."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from tests.permission_rows import AWAY, NONE, OFFICE, OK, SIGN_IN, row
from tests.registry.factories import NOW
from tests.registry.proposals.factories import sent, type_into

OWN = {OK: ("representative",)}
LED_ON = {AWAY: ("representative",)}


def of_card(but, **of):
    return row(SIGN_IN, NONE, but=but, slug="zielony-prog", **of)


ROW = {"kind": "oferty", "key": "n0000aa"}
ROWS = {
    "registry:card_editing": of_card(OWN),
    "registry:card_summary": of_card(OWN),
    "registry:card_discard": of_card(OWN),
    "registry:card_new_row": of_card(LED_ON, kind="oferty"),
    "registry:card_section": of_card(OWN, page="kontakt"),
    "registry:card_row": of_card(OWN, **ROW),
    # Buttons on other pages.
    "registry:card_row_removal": of_card({}, **ROW),
    "registry:card_row_back": of_card({}, **ROW),
    "registry:card_pictures": of_card(OWN, key="offer"),
    "registry:proposal_list": of_card(OWN),
    "registry:proposal": of_card(OWN, pk="proposal"),
    "registry:proposal_withdrawal": of_card({}, pk="proposal"),
    "registry:proposed_picture": row(SIGN_IN, NONE, but={OK: ("representative", *OFFICE)}, pk="proposed_picture"),
}
MODELS = {"registry_proposal": ("vc", "vc"), "registry_trustedfield": ("vc", "vc")}


def of_proposals(organisation):
    """A proposal with a picture that was sent, and the draft of another, both of this card's representative."""
    user = User.objects.get(grants__organisation=organisation)
    proposal = sent(organisation, user, kontakt={"email": "nowy@example.pl"})
    picture = proposal.pictures.model(proposal=proposal, offer="oferty:n0000aa", alt="Tort na stole", added_at=NOW)
    picture.image.save("a.webp", _file(), save=False)
    picture.width = picture.height = 2
    picture.save()
    type_into(organisation, user, "kontakt", email="inny@example.pl")
    return {"proposal": proposal.pk, "proposed_picture": picture.pk}


def _file():
    content = io.BytesIO()
    Image.new("RGB", (2, 2)).save(content, "WEBP")
    return ContentFile(content.getvalue())
