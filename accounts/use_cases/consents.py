"""Agreeing to a text of the portal, and taking it back."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Consent, ConsentDocument
from core.exceptions import Refused

TERMS = "regulamin"
_DRAFT = settings.BASE_DIR / "data" / "regulamin.txt"


def ship_draft_of_terms(*, now):
    """The first version of the terms, said to be a draft; left alone as soon as there is any. Safe to repeat."""
    if not ConsentDocument.objects.filter(slug=TERMS).exists():
        ConsentDocument.objects.get_or_create(
            slug=TERMS,
            version=1,
            defaults={
                "title": "Regulamin portalu (projekt)",
                "text": _DRAFT.read_text("utf-8"),
                "on_withdrawal": "Wycofanie nie zamyka konta; aby je zamknąć, poproś o usunięcie danych.",
                "valid_from": timezone.localdate(now),
            },
        )


@transaction.atomic
def give(*, user, slug, now):
    """The person agrees to the version that holds today. Returns the Consent, the same one when asked again.

    Refused when there is no such text. The row of the text is locked, so that it cannot change in the same moment.
    """
    document = ConsentDocument.objects.current(slug, day=timezone.localdate(now))
    if document is None:
        raise Refused("Tego dokumentu nie ma.")
    ConsentDocument.objects.select_for_update().get(pk=document.pk)
    consent, _ = Consent.objects.get_or_create(
        user=user, document=document, withdrawn_at=None, defaults={"given_at": now}
    )
    return consent


@transaction.atomic
def withdraw(*, user, consent_id, now):
    """Take one's own consent back. Refused when it is somebody else's or was taken back before."""
    consent = Consent.objects.select_for_update(of=("self",)).filter(pk=consent_id, user=user).first()
    if consent is None or consent.withdrawn_at:
        raise Refused("Tej zgody nie ma albo została już wycofana.")
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    return consent
