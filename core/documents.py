"""What a document that somebody sends really is: told by its content, whatever its name says."""

import warnings

from PIL import Image, UnidentifiedImageError

from core.exceptions import Refused

MAX_BYTES = 10 * 1024 * 1024
# Pillow's name of a format → suffix.
PICTURES = {"JPEG": "jpg", "PNG": "png"}
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
WRONG = "To nie jest plik PDF, JPG ani PNG albo jest uszkodzony."


def suffix_of(upload):
    """ "pdf", "jpg" or "png". Refused: empty, more than 10 MB, anything else inside. Leaves the file at its start."""
    if upload.size > MAX_BYTES:
        raise Refused("Dokument jest za duży: najwyżej 10 MB.", field="document")
    upload.seek(0)
    beginning = upload.read(1024)
    upload.seek(0)
    if not beginning:
        raise Refused("Plik jest pusty.", field="document")
    if beginning.startswith(b"%PDF-"):
        return "pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(upload, formats=tuple(PICTURES))
            suffix = PICTURES[image.format]
            image.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused(WRONG, field="document") from error
    upload.seek(0)
    return suffix
