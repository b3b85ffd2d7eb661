"""Uploads are looked at by a virus scanner (clamd, settings.CLAMD_URL) before anything is kept of them.

In one place for all: every file field of every form asks it, in the admin too. Without CLAMD_URL nothing is asked.
"""

import io
import logging
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

logger = logging.getLogger(__name__)
# clamd must be told to take as much (StreamMaxLength); no form of the portal takes more.
MOST_MEGABYTES = 100
PING_SECONDS = 2
INFECTED = (
    "Program antywirusowy znalazł w tym pliku zagrożenie, dlatego nie przyjęliśmy go. Sprawdź swoje urządzenie "
    "i wybierz inny plik."
)
AWAY = (
    "Nie udało się teraz sprawdzić tego pliku programem antywirusowym, dlatego jeszcze go nie przyjęliśmy. Spróbuj "
    "ponownie za chwilę."
)
TOO_LARGE = f"Plik jest za duży: może mieć najwyżej {MOST_MEGABYTES} MB."


class ScannerAway(Exception):
    """Nobody knows whether the file is clean: no answer, half an answer, an answer that is none."""


def scan_all_uploads():
    """From now on every file field of a form refuses what is infected, beside the field."""
    # Fields of pictures have a list of their own.
    for field in (forms.FileField, forms.ImageField):
        if refuse_infected not in field.default_validators:
            field.default_validators = [*field.default_validators, refuse_infected]


def refuse_infected(upload):
    """ValidationError with a sentence for the person: a virus, or nobody could look. Leaves the file at its start."""
    if not settings.CLAMD_URL:
        return
    if upload.size > MOST_MEGABYTES * 2**20:
        raise ValidationError(TOO_LARGE)
    try:
        virus = found_in(upload)
    except ScannerAway as error:
        logger.error("an upload was refused, the scanner did not answer: %s", error)
        raise ValidationError(AWAY, code="unscanned") from error
    if virus:
        logger.warning("an upload was refused, the scanner found %s", virus)
        raise ValidationError(INFECTED, code="infected")


def found_in(file, *, seconds=None):
    """What the scanner calls what it found, or an empty text. ScannerAway when it did not say."""
    file.seek(0)
    try:
        answer = _clamd(seconds or settings.CLAMD_TIMEOUT).instream(file)
    except (ClamdError, OSError, ValueError) as error:
        raise ScannerAway(str(error) or type(error).__name__) from error
    finally:
        file.seek(0)
    # One file was shown, so there is one answer, whatever the scanner calls the file.
    status, words = next(iter(answer.values()), ("", None))
    if status == "OK":
        return ""
    if status == "FOUND":
        return str(words)
    raise ScannerAway(f"it said {status or 'nothing'}")


def standing():
    """A sentence for administrators when uploads are not scanned, else an empty text."""
    if not settings.CLAMD_URL:
        return "Przesyłanych plików nie sprawdza żaden program antywirusowy: ustawienie CLAMD_URL jest puste."
    try:
        found_in(io.BytesIO(), seconds=PING_SECONDS)
    except ScannerAway:
        return "Program antywirusowy nie odpowiada, więc portal nie przyjmuje teraz żadnych plików (CLAMD_URL)."
    return ""


def _clamd(seconds):
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        return ClamdUnixSocket(address.path, timeout=seconds)
    return ClamdNetworkSocket(address.hostname, address.port, timeout=seconds)
