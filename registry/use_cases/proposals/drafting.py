"""Typing: one draft for each person and card, kept at every field, whatever was typed."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from core.exceptions import Refused
from core.weaving import fingerprint, woven
from registry.choices import ProposalState, Subject
from registry.models import OfferPicture, Organisation, Proposal, ProposedPicture
from registry.pictures import SUFFIX, small_name
from registry.use_cases import pictures

MOST_SECTIONS = 100
CHANGED_AWAY = "Twój szkic wysłano lub porzucono w innym oknie. Odśwież stronę."


@transaction.atomic
def save(*, organisation_id, section, sent, seen, shown, page="", actor, now):
    """Keep what was typed in a section. Returns the draft, with `differing` the names of fields that the same person
    has changed in another window since this page was drawn: these stay as they are saved.

    `sent` and `shown` are {field: text}: what came from the page, and what the register said on it; what equals it is
    no change. `seen` tells what the page showed of the draft, `page` names it (core.weaving).
    """
    draft = _draft(organisation_id, actor, now)
    code = section.code
    if code not in draft.typed and len(draft.typed) >= MOST_SECTIONS:
        raise Refused("W jednej propozycji jest już bardzo dużo zmian. Wyślij je, a potem zacznij następną.")
    before = draft.typed.get(code, {})
    saved = {name: before.get(name, shown.get(name, "")) for name in sent}
    is_same_page = bool(page) and draft.last_pages.get(code) == page
    stored, draft.differing = woven(sent, saved, seen, is_same_page=is_same_page)
    typed = {name: text for name, text in stored.items() if fingerprint(text) != fingerprint(shown.get(name, ""))}
    # Of what this page did not show nothing is lost.
    typed = {name: text for name, text in before.items() if name not in sent} | typed
    if typed:
        draft.typed[code] = typed
        draft.shown[code] = {name: shown.get(name, "") for name in typed}
        # A page that was told of another window contends with it until both have been seen beside each other.
        draft.last_pages[code] = "" if draft.differing else page
        draft.removed = [one for one in draft.removed if one != code]
    else:
        for kept in (draft.typed, draft.shown, draft.last_pages):
            kept.pop(code, None)
    _keep(draft, now)
    return draft


@transaction.atomic
def propose_removal(*, organisation_id, section, actor, now):
    """Propose that a row goes; of one that was only proposed nothing is left, nor of its pictures."""
    draft = _draft(organisation_id, actor, now)
    for kept in (draft.typed, draft.shown, draft.last_pages):
        kept.pop(section.code, None)
    if section.kind.subject == Subject.OFFER:
        draft.pictures.filter(offer=section.code).delete()
    if not section.is_new and section.code not in draft.removed and len(draft.removed) < MOST_SECTIONS:
        draft.removed.append(section.code)
    _keep(draft, now)
    return draft


@transaction.atomic
def take_back(*, organisation_id, section, actor, now):
    """Leave a section as the register has it."""
    draft = _draft(organisation_id, actor, now)
    draft.removed = [one for one in draft.removed if one != section.code]
    for kept in (draft.typed, draft.shown, draft.last_pages):
        kept.pop(section.code, None)
    _keep(draft, now)
    return draft


@transaction.atomic
def discard(*, organisation_id, actor):
    """Throw the draft away, with its pictures. Twice is not an error."""
    drafts = Proposal.objects.select_for_update(of=("self",)).filter(
        organisation=organisation_id, author=actor, state=ProposalState.DRAFT
    )
    for draft in drafts:
        draft.delete()


@transaction.atomic
def add_picture(*, organisation_id, offer, upload, alt, actor, now):
    """Keep a picture for the offer of a section, drawn anew and seen by nobody else before it is accepted.

    Refused as registry.use_cases.pictures.add_picture().
    """
    alt = pictures.described(alt)
    large, small, size = pictures.drawn_anew(upload)
    draft = _draft(organisation_id, actor, now)
    kept = list(draft.pictures.filter(offer=offer.code))
    digest = hashlib.sha256(large).hexdigest()[:24]
    public = OfferPicture.objects.filter(offer=offer.row) if offer.row else OfferPicture.objects.none()
    if len(kept) + public.count() >= pictures.MAX_PICTURES:
        raise Refused(f"Oferta może mieć najwyżej {pictures.MAX_PICTURES} zdjęć.", field="image")
    if any(digest in one.image.name for one in [*kept, *public]):
        raise Refused("To zdjęcie już jest przy tej ofercie.", field="image")
    picture = ProposedPicture(proposal=draft, offer=offer.code, alt=alt, added_at=now)
    try:
        picture.image.save(digest + SUFFIX, ContentFile(large), save=False)
        default_storage.save(small_name(picture.image.name), ContentFile(small))
        picture.width, picture.height = size
        picture.save()
        _keep(draft, now)
    except BaseException:
        pictures.delete_files(picture)  # a row that was not written must not leave its files behind
        raise
    return picture


@transaction.atomic
def drop_picture(*, organisation_id, picture_id, actor, now):
    """Take a proposed picture back. Twice is not an error."""
    draft = _draft(organisation_id, actor, now)
    draft.pictures.filter(pk=picture_id).delete()
    _keep(draft, now)


def own_draft(organisation, user):
    """The person's draft of this card, or None."""
    drafts = Proposal.objects.filter(organisation=organisation, author=user, state=ProposalState.DRAFT)
    return drafts.first()


def _draft(organisation_id, actor, now):
    """The draft of this person, locked; a new one when there is none."""
    own = {"organisation_id": organisation_id, "author": actor, "state": ProposalState.DRAFT}
    if not Organisation.objects.living().filter(pk=organisation_id).exists():
        raise Refused("Tego podmiotu nie ma już w rejestrze.")
    rows = Proposal.objects.select_for_update(of=("self",)).filter(**own)
    if draft := rows.first():
        return draft
    try:
        with transaction.atomic():
            return Proposal.objects.create(**own, opened_at=now, saved_at=now)
    except IntegrityError:  # another window was quicker
        if draft := rows.first():
            return draft
        raise Refused(CHANGED_AWAY) from None


def _keep(draft, now):
    """Save it, or let it go when nothing is left of it."""
    if not (draft.typed or draft.removed or draft.pictures.exists()):
        draft.delete()
        return
    draft.saved_at = now
    draft.save(update_fields=["typed", "shown", "removed", "last_pages", "saved_at"])
