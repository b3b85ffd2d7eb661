"""Addresses that let somebody in without a password, to one thing only: signed, and held to a key of that row.

A new key in the row ends every link that was sent before. The token names the row by number and is good as long as
the row's key is; what may be done there, and until when, the row's own state says.
"""

import secrets

from django.core import signing
from django.db import models

KEY_LENGTH = 16


def new_key():
    return secrets.token_hex(KEY_LENGTH // 2)


class LinkKeyField(models.CharField):
    """The part of a link that can be changed. No secret by itself: without SECRET_KEY nobody makes a token of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"max_length": KEY_LENGTH, "default": new_key, "editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for word in ("max_length", "default", "editable"):
            del kwargs[word]
        return name, path, args, kwargs


def token(purpose, row):
    """For the address of `row`, which has a `link_key`."""
    return signing.dumps([row.pk, row.link_key], salt=f"link:{purpose}")


def find(purpose, text, rows):
    """The row of the queryset `rows` that a token names, or None: forged, cut off, of another purpose, changed."""
    try:
        pk, key = signing.loads(text, salt=f"link:{purpose}")
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return rows.filter(pk=pk, link_key=key).first()
