"""Documents as PDF/UA, set by Typst from templates/typst/: tagged, with a title and a language, nothing fetched."""

import json
import re

import typst
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates" / "typst"
# PDF/UA-1 (ISO 14289-1): a document without a title or a picture without words is refused while it is being set.
STANDARDS = ("ua-1",)
# It is also refused for a single character that the font does not have, as in a name with an emoji. Typst names them
# all at once; what stands in their place may bring none that was not there.
_UNSHOWN = re.compile(r'(?:the text|disallowed codepoint) `"((?:[^"\\]|\\.)+)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
INSTEAD = "\N{WHITE SQUARE}"


def document(template, data, *, pictures=None, standards=STANDARDS):
    """Bytes of a PDF. `template` is a file of templates/typst/, which reads `data` by `json(bytes(sys.inputs.data))`.

    `data` is anything that JSON holds; texts come as they are, nothing in them is read as markup; characters that
    cannot be set become a white square, control characters a space. `pictures`, {name: bytes of PNG, JPEG or SVG},
    stand there as `data.pictures.NAME`, for Typst's `image(bytes(…), alt: …)`.
    """
    given = {name: list(content) for name, content in (pictures or {}).items()}
    data = _changed(data, lambda text: _CONTROLS.sub(" ", text))
    try:
        return _set(template, data | {"pictures": given}, standards)
    except typst.TypstError as error:
        unshown = _characters(error.diagnostic)
        if not unshown:
            raise
        table = str.maketrans(dict.fromkeys(unshown, INSTEAD))
        data = _changed(data, lambda text: text.translate(table))
        return _set(template, data | {"pictures": given}, standards)


def _set(template, data, standards):
    return typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),
        ignore_system_fonts=True,
    )


def _characters(diagnostic):
    """The characters that a diagnostic of Typst complains about, none that any font has among them."""
    texts = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _UNSHOWN.findall(diagnostic))
    return {char for text in texts for char in text if not char.isascii()}


def _changed(value, change):
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _changed(part, change) for key, part in value.items()}
    return [_changed(part, change) for part in value] if isinstance(value, list | tuple) else value
