"""Letters about signing in: what each kind is called, and the way from the library to the outbox."""

import hashlib
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from notifications import outbox
from notifications.letters import Letter

FOLDER = "accounts/email"

# The library's name of a letter → ours.
OF_LIBRARY = {
    "account/email/email_confirmation_signup": "confirm_sign_up",
    "account/email/email_confirmation": "confirm_address",
    "account/email/account_already_exists": "already_registered",
    "account/email/unknown_account": "unknown_account",
    "account/email/password_reset_key": "reset_password",
    "account/email/password_changed": "password_changed",
    "account/email/password_reset": "password_changed",
    "account/email/password_set": "password_changed",
    "account/email/email_changed": "address_changed",
    "mfa/email/totp_activated": "factor_added",
    "mfa/email/webauthn_added": "factor_added",
    "mfa/email/totp_deactivated": "factor_removed",
    "mfa/email/webauthn_removed": "factor_removed",
    "mfa/email/recovery_codes_generated": "recovery_codes_new",
}
# Anybody may ask for these in somebody else's name, so one in five minutes is enough; its link stays good.
ASKED_BY_ANYBODY = {"confirm_sign_up", "confirm_address", "already_registered", "unknown_account", "reset_password"}
PAUSE_SECONDS = 300
# Whoever reads their link can act for the person.
WITH_KEY = {"confirm_sign_up", "confirm_address", "reset_password", "invitation"}

LABELS = {
    "confirm_sign_up": "Potwierdzenie nowego konta",
    "confirm_address": "Potwierdzenie nowego adresu",
    "already_registered": "Konto już istnieje",
    "unknown_account": "Nie ma konta o tym adresie",
    "reset_password": "Odsyłacz do nowego hasła",
    "password_changed": "Hasło zmienione",
    "address_changed": "Adres zmieniony",
    "factor_added": "Drugi składnik dodany",
    "factor_removed": "Drugi składnik usunięty",
    "recovery_codes_new": "Nowe kody zapasowe",
    "invitation": "Zaproszenie do roli",
    "account_closed": "Konto wyłączone",
    "account_opened": "Konto włączone",
    "factor_taken_off": "Drugi składnik usunięty przez koordynatora",
    "address_corrected": "Adres poprawiony przez koordynatora",
}


def example():
    link = f"{settings.SITE_URL}/konto/przyklad/"
    return {
        "link": link,
        "sign_up": link,
        "reset": link,
        "old_address": "stary@example.pl",
        "new_address": "nowy@example.pl",
        "reason": "Prośba przez telefon, tożsamość sprawdzona.",
        "role": "asesor",
        "inviter": "Koordynator Demo",
        "until": date(2026, 12, 7),
    }


LETTERS = tuple(
    Letter(f"{FOLDER}/{name}", label, example, secrets=("link",) if name in WITH_KEY else ())
    for name, label in LABELS.items()
)


def send_for_library(library_name, *, to, context, now):
    """One letter of the library into the outbox. A name that is not in the table is a mistake of ours: KeyError."""
    name = OF_LIBRARY[library_name]
    ours = {
        "link": context.get("activate_url") or context.get("password_reset_url"),
        "sign_up": settings.SITE_URL + reverse("account_signup"),
        "reset": settings.SITE_URL + reverse("account_reset_password"),
        "old_address": context.get("from_email"),
        "new_address": context.get("to_email"),
    }
    with transaction.atomic():
        outbox.enqueue(
            to=to,
            user=context.get("user"),
            template=f"{FOLDER}/{name}",
            context=ours,
            dedupe_key=_key(name, to, context, now),
            now=now,
        )


def _key(name, to, context, now):
    """What makes it the same letter. The password's hash is in it, as a changed one ends the links sent before."""
    moment = int(now.timestamp() // PAUSE_SECONDS) if name in ASKED_BY_ANYBODY else now.timestamp()
    user = context.get("user")
    about = f"{to.lower()}|{user.password if user else ''}|{context.get('to_email', '')}"
    return f"accounts:{name}:{moment}:{hashlib.sha256(about.encode()).hexdigest()[:32]}"
