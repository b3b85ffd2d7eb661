"""What a file really is, told by its content: logos, materials."""

import warnings
import zipfile
import zlib
from xml.etree import ElementTree

from PIL import Image, UnidentifiedImageError

from core.documents import CONTENT_TYPES, suffix_of
from core.exceptions import Refused

MAX_LOGO_BYTES = 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_MATERIAL_BYTES = 20 * 1024 * 1024
_SVG = "{http://www.w3.org/2000/svg}"
_RUNS = {"script", "foreignObject", "iframe", "handler", "animate", "set"}
_OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "ppt/presentation.xml": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_OPEN = "application/vnd.oasis.opendocument."
_OPEN_KINDS = {"text": "odt", "presentation": "odp", "spreadsheet": "ods"}


def logo_suffix(upload):
    """ "png", "jpg" or "svg". Refused: over 1 MB, anything else inside, a drawing that runs or fetches something."""
    if upload.size > MAX_LOGO_BYTES:
        raise Refused("Znak jest za duży: najwyżej 1 MB.", field="picture")
    beginning = _beginning(upload)
    if beginning.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        _refuse_unsafe_drawing(upload)
        return "svg"
    try:
        suffix = suffix_of(upload)
    except Refused as refusal:
        raise Refused("To nie jest plik PNG, JPG ani SVG albo jest uszkodzony.", field="picture") from refusal
    if suffix == "pdf":
        raise Refused("To jest plik PDF. Znak zapisz jako PNG, JPG albo SVG.", field="picture")
    return suffix


def material_type(upload):
    """(suffix, content type) of a PDF, a picture or an office document. Refused: over 20 MB, anything else."""
    if upload.size > MAX_MATERIAL_BYTES:
        raise Refused("Plik jest za duży: najwyżej 20 MB.", field="file")
    if _beginning(upload).startswith(b"PK"):
        return _office_type(upload)
    try:
        suffix = suffix_of(upload)
    except Refused as refusal:
        words = str(refusal) if "duży" in str(refusal) or "pusty" in str(refusal) else _NOT_MATERIAL
        raise Refused(words, field="file") from refusal
    return suffix, CONTENT_TYPES[suffix]


_NOT_MATERIAL = "To nie jest PDF, JPG, PNG ani dokument Word, PowerPoint, Excel lub OpenDocument."


def _office_type(upload):
    try:
        with zipfile.ZipFile(upload) as archive:
            names = set(archive.namelist())
            # Bounded: a name of a kind is short, whatever the archive says of its size.
            with archive.open("mimetype") if "mimetype" in names else archive.open("[Content_Types].xml") as first:
                mimetype = first.read(100).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError, ValueError) as error:
        raise Refused(_NOT_MATERIAL, field="file") from error
    finally:
        upload.seek(0)
    for part, known in _OFFICE.items():
        if part in names:
            return known
    if suffix := _OPEN_KINDS.get(mimetype.removeprefix(_OPEN)):
        return suffix, mimetype
    raise Refused(_NOT_MATERIAL, field="file")


def _refuse_unsafe_drawing(upload):
    content = upload.read()
    upload.seek(0)
    # Entities could grow without end or fetch files; a drawing needs none.
    if b"<!DOCTYPE" in content.upper() or b"<!ENTITY" in content.upper():
        raise Refused("Ten SVG ma nagłówek DOCTYPE. Zapisz go jako „zwykły SVG”.", field="picture")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - no document type, so no entities
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused("To nie jest plik PNG, JPG ani SVG albo jest uszkodzony.", field="picture") from error
    if root.tag != f"{_SVG}svg":
        raise Refused("To nie jest plik PNG, JPG ani SVG albo jest uszkodzony.", field="picture")
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        attributes = {key.rpartition("}")[2].lower(): value for key, value in element.attrib.items()}
        leads_away = any(
            key in ("href", "src") and not value.strip().startswith(("#", "data:image/"))
            for key, value in attributes.items()
        )
        if name in _RUNS or leads_away or any(key.startswith("on") for key in attributes):
            raise Refused("Ten SVG zawiera skrypt albo odsyłacz na zewnątrz. Zapisz sam rysunek.", field="picture")


def _beginning(upload):
    upload.seek(0)
    beginning = upload.read(256)
    upload.seek(0)
    if not beginning:
        raise Refused("Plik jest pusty.")
    return beginning


def refuse_no_photo(upload):
    """A look at the header only; use_cases.calendar.photos draws the picture anew and is as strict as it likes."""
    if upload.size > MAX_PHOTO_BYTES:
        raise Refused("Zdjęcie jest za duże: najwyżej 10 MB.", field="picture")
    _beginning(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            Image.open(upload, formats=("JPEG", "PNG", "WEBP"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Refused("To nie jest zdjęcie JPEG, PNG ani WebP albo plik jest uszkodzony.", field="picture") from error
    upload.seek(0)
