"""What the library of accounts reports, written into the trail. Never the address that somebody typed: it may be a
password, and of a stranger it is nobody's business."""

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as django
from django.utils import timezone

from accounts import sessions, trail
from accounts.choices import TrailKind
from accounts.factors import KINDS
from accounts.models import User
from notifications import saving

FACTORS = {
    Authenticator.Type.TOTP: "aplikacja",
    Authenticator.Type.WEBAUTHN: "klucz",
    Authenticator.Type.RECOVERY_CODES: "kody zapasowe",
}


def connect():
    for signal, receiver in (
        (account.user_logged_in, signed_in),
        (django.user_logged_out, signed_out),
        (django.user_login_failed, sign_in_refused),
        (mfa.authentication_failed, code_refused),
        (account.password_changed, password_changed),
        (account.password_set, password_changed),
        (account.password_reset, password_changed),
        (account.email_changed, address_changed),
        (account.email_confirmed, address_confirmed),
        (mfa.authenticator_added, factor_added),
        (mfa.authenticator_reset, factor_added),
        (mfa.authenticator_removed, factor_removed),
        (mfa.authenticator_used, factor_used),
    ):
        signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")


def _note(kind, user, about=""):
    trail.note(kind, actor=user, subject=user, about=about, now=timezone.now())


def signed_in(user, **kwargs):
    _note(TrailKind.SIGNED_IN, user)
    # An address may have been confirmed by an invitation, or asked for something since.
    for address in EmailAddress.objects.filter(user=user, verified=True):
        address_confirmed(address)


def address_confirmed(email_address, **kwargs):
    """What the address had asked for without an account becomes the account's."""
    saving.take_over(user=email_address.user, address=email_address.email)


def signed_out(user, **kwargs):
    if user is not None:
        _note(TrailKind.SIGNED_OUT, user)


def sign_in_refused(credentials, **kwargs):
    """Nobody has proved to be anybody: the trail names the account that was knocked at, when there is one."""
    subject = User.objects.filter(email__iexact=credentials.get("email", "")).first()
    trail.note(TrailKind.SIGN_IN_REFUSED, subject=subject, about="hasło", now=timezone.now())


def code_refused(user, authenticator, **kwargs):
    trail.note(TrailKind.SIGN_IN_REFUSED, subject=user, about="drugi składnik", now=timezone.now())


def password_changed(request, user, **kwargs):
    """Other devices are signed out by the new password; their lines go with them."""
    here = request.session.session_key if request.user.is_authenticated and request.user.pk == user.pk else ""
    sessions.end(user, except_key=here)
    _note(TrailKind.PASSWORD_CHANGED, user)


def address_changed(user, from_email_address, **kwargs):
    if from_email_address:  # the first address of a new account is none
        _note(TrailKind.EMAIL_CHANGED, user)


def factor_added(request, user, authenticator, **kwargs):
    """With the first factor every other session ends: it was opened by the password alone."""
    if Authenticator.objects.filter(user=user, type__in=KINDS).count() == 1 and authenticator.type in KINDS:
        sessions.end(user, except_key=request.session.session_key)
    _note(TrailKind.FACTOR_ADDED, user, FACTORS[authenticator.type])


def factor_removed(user, authenticator, **kwargs):
    _note(TrailKind.FACTOR_REMOVED, user, FACTORS[authenticator.type])


def factor_used(user, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note(TrailKind.RECOVERY_USED, user)
