"""The link in a letter by which one says no to its kind, without signing in (RFC 8058)."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from notifications import letters
from notifications.models import OutgoingEmail


def url(email):
    """It names the letter, not the address. It works as long as the letter is kept."""
    return settings.SITE_URL + reverse("notifications:unsubscribe", args=[_signer().sign(email.pk)])


def letter_of(token):
    """The letter that a link was in, or None when it is forged, forgotten or no letter that one may refuse."""
    try:
        email = OutgoingEmail.objects.filter(pk=_signer().unsign(token)).first()
    except BadSignature:
        return None
    return email if email and not letters.is_duty(email.template) else None


def _signer():
    return Signer(salt="notifications.unsubscribe")
