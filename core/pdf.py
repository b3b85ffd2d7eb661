"""Documents as PDF/UA, set by Typst from templates/typst/: tagged, with a title and a language, nothing fetched."""

import json
import re
import unicodedata

import typst
from django.conf import settings

from core.keeping import kept

FOLDER = settings.BASE_DIR / "templates" / "typst"
# PDF/UA-1 (ISO 14289-1): a document without a title or a picture without words is refused while it is being set.
STANDARDS = ("ua-1",)
# The same for the archive too (PDF/A-2a, ISO 19005-2).
ARCHIVE = ("ua-1", "a-2a")
# It is also refused for a single character that the font does not have, as in a name with an emoji. Typst names them,
# and what stands in their place brings none that was not there; but a mark that belongs to one may stay behind.
_UNSHOWN = re.compile(r'(?:the text|disallowed codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
# What the font has in any company: letters of the languages written in Latin, and the signs of print.
_NOT_PLAIN = re.compile("[^\t\n\r\x20-\x7e\xa0-\xac\xae-\u017f–—‘’‚“”„†•…‰′″€−]")
INSTEAD = "\N{WHITE SQUARE}"


class CannotSet(Exception):
    """Typst refused, and says in English why; or it panicked, as it does over some texts of several scripts."""


def document(template, data, *, pictures=None, standards=STANDARDS):
    """Bytes of a PDF. `template` is a file of templates/typst/, which reads `data` by `json(bytes(sys.inputs.data))`.

    `data` is anything that JSON holds; texts come as they are, nothing in them is read as markup; characters that
    cannot be set become a white square, control characters a space. `pictures`, {name: bytes of PNG, JPEG or SVG},
    stand there as `data.pictures.NAME`, for Typst's `image(bytes(…), alt: …)`; of those that people bring
    `can_be_drawn` is to be asked before. CannotSet: the template itself is wrong.
    """
    pictures = pictures or {}
    data = _changed(data, lambda text: _CONTROLS.sub(" ", text))
    try:
        return _set(template, data, pictures, standards)
    except CannotSet as error:
        unshown = _characters(str(error))
    table = str.maketrans(dict.fromkeys(unshown, INSTEAD))
    try:
        return _set(template, _changed(data, lambda text: text.translate(table)), pictures, standards)
    except CannotSet:
        return _set(template, _changed(data, _plain), pictures, standards)


def can_be_drawn(content):
    """Whether these bytes are a picture that a document can hold."""
    try:
        _set("picture.typ", {}, {"one": content}, STANDARDS)
    except CannotSet:
        return False
    return True


def kept_document(template, data):
    """The same, of what everybody may read: kept for the next visitor, set anew when a word of it has changed."""
    return kept("pdf", [json.dumps([template, data], sort_keys=True)], lambda: document(template, data))


def _set(template, data, pictures, standards):
    given = data | {"pictures": {name: list(content) for name, content in pictures.items()}}
    try:
        return typst.compile(
            str(FOLDER / template),
            root=str(FOLDER),
            sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
            pdf_standards=list(standards),
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise CannotSet(error.diagnostic) from error
    except BaseException as error:
        # A panic of Rust is no Exception of Python, and its class stands in no module.
        if type(error).__name__ != "PanicException":
            raise
        raise CannotSet("") from error


def _characters(diagnostic):
    """The characters that a diagnostic of Typst complains about, none that any font has among them."""
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSHOWN.findall(diagnostic))
    return {char for text in texts for char in text if not char.isascii()}


def _plain(text):
    return _NOT_PLAIN.sub(INSTEAD, unicodedata.normalize("NFC", text))


def _changed(value, change):
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(part, change) for key, part in value.items()}
    return [_changed(part, change) for part in value] if isinstance(value, list | tuple) else value
