"""What stands in the database so that a copy of it tells nothing: sealed with keys made of SECRET_KEY.

Before SECRET_KEY changes, the old one belongs into SECRET_KEY_FALLBACKS. Before it leaves there, `manage.py reseal`
must have run (core.resealing), or what it sealed is lost.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


def keys(purpose):
    """Fernet keys of one purpose, the newest first."""
    return [base64.urlsafe_b64encode(_digest(secret, purpose)) for secret in _secrets()]


def seal(purpose, text):
    return MultiFernet([Fernet(key) for key in keys(purpose)]).encrypt(text.encode()).decode()


def unseal(purpose, sealed):
    return MultiFernet([Fernet(key) for key in keys(purpose)]).decrypt(sealed.encode()).decode()


def resealed(purpose, sealed):
    """The same text sealed with the newest key, or None when it is so already."""
    try:
        Fernet(keys(purpose)[0]).decrypt(sealed.encode())
    except InvalidToken:
        return seal(purpose, unseal(purpose, sealed))
    return None


def fingerprint(purpose, text):
    """64 hexadecimal digits by which equal texts are known without being readable; made with the newest key."""
    return fingerprints(purpose, text)[0]


def fingerprints(purpose, text):
    """What a text may stand under in the database, as long as some of it was written before SECRET_KEY changed."""
    return [hmac.new(_digest(one, purpose), text.encode(), hashlib.sha256).hexdigest() for one in _secrets()]


class SealedTextField(models.TextField):
    """Text that the database holds sealed. Nobody can search for it; an empty text stays empty.

    `mark` names the field beside it that keeps the fingerprint of the text, if there is one.
    """

    def __init__(self, *args, purpose, mark="", **kwargs):
        self.purpose, self.mark = purpose, mark
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return seal(self.purpose, value) if value else value

    def from_db_value(self, value, expression, connection):
        return unseal(self.purpose, value) if value else value

    def get_lookup(self, lookup_name):
        """Two seals of one text differ, so only emptiness can be asked for."""
        return super().get_lookup(lookup_name) if lookup_name in ("exact", "isnull") else None


def _secrets():
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def _digest(secret, purpose):
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
