"""What may come as a signed form, told by its content: a page on paper, or a file with an electronic signature."""

import io
import struct
import warnings
import zipfile

from PIL import Image, ImageOps, UnidentifiedImageError

from core.exceptions import Refused

MAX_MEGABYTES = 25
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
MAX_FILES = 40
# Megabytes of one sending.
MAX_TOGETHER = 100
# A page of A4 at 200 dots an inch.
LONGEST_SIDE = 2400
MAX_PIXELS = 100_000_000
PDF, JPEG, XML = "application/pdf", "image/jpeg", "application/xml"
# ETSI EN 319 162-1 (ASiC) and RFC 5652 (CMS).
ASICE, CMS = "application/vnd.etsi.asic-e+zip", "application/pkcs7-signature"
SUFFIXES = {PDF: "pdf", JPEG: "jpg", XML: "xml", ASICE: "asice", CMS: "sig"}
# What Pillow says of files that are not, or no longer, pictures; the last two of what cameras write in their own way.
BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, TypeError, struct.error,
)  # fmt: skip
PICTURES = ("JPEG", "PNG", "WEBP", "TIFF")
HINT = (
    f"PDF, zdjęcia stron (JPG, PNG) albo plik podpisany elektronicznie (PDF, .asice, .xml, .sig). "
    f"Każdy plik do {MAX_MEGABYTES} MB."
)
TOO_LARGE = (
    f"Plik „{{name}}” ma {{size}} MB, a może mieć najwyżej {MAX_MEGABYTES} MB. Zeskanuj strony w niższej "
    "rozdzielczości (200 dpi wystarczy) albo zrób zdjęcie każdej strony."
)
WRONG = "Plik „{name}” nie jest tym, na co wygląda: to nie jest PDF, zdjęcie ani plik z podpisem elektronicznym."


def taken(upload):
    """(content type, bytes) of what is kept. Pictures are drawn anew: upright, small, without place and camera.

    Refused: empty, more than MAX_BYTES, anything that is none of these inside.
    """
    name = str(upload.name)[:60]
    if upload.size > MAX_BYTES:
        size = -(-upload.size // (1024 * 1024))
        raise Refused(TOO_LARGE.format(name=name, size=size), field="files")
    upload.seek(0)
    content = upload.read()
    if not content:
        raise Refused(f"Plik „{name}” jest pusty.", field="files")
    found = _document(content)
    if found:
        return found, content
    try:
        return JPEG, _page(content)
    except BROKEN as error:
        raise Refused(WRONG.format(name=name), field="files") from error


def has_signature(content_type, content):
    """Whether what was `taken` is signed electronically: a file of a signature, or a PDF that holds one."""
    return content_type not in (PDF, JPEG) or (content_type == PDF and b"/ByteRange" in content)


def _document(content):
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return ASICE if _is_container(content) else None
    beginning = content[:4096]
    if beginning.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and b"http://www.w3.org/2000/09/xmldsig#" in content:
        return XML
    # SEQUENCE, then the object identifier 1.2.840.113549.1.7.2 (signedData); or the same in PEM.
    if content.startswith(b"\x30") and b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" in content[:32]:
        return CMS
    if beginning.startswith((b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")):
        return CMS
    return None


def _is_container(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        # A version of ZIP that nobody writes, names that are no text, sizes that lead outside of the file.
        return False
    return any(name.startswith("META-INF/") and "signature" in name.lower() for name in names)


def _upright(image):
    """As the camera was held; as it lies in the file when what the camera wrote cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except (struct.error, TypeError):
        return image


def _page(content):
    with warnings.catch_warnings():
        # Our own limit on pixels stands below; Pillow's softer one would only warn.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(content), formats=PICTURES)
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        page = _upright(image).convert("RGB")
    page.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    page.save(drawn, "JPEG", quality=80)
    return drawn.getvalue()
