"""Documents as PDF/UA, set by Typst from templates/typst/: tagged, with a title and a language, nothing fetched."""

import json

import typst
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates" / "typst"
# PDF/UA-1 (ISO 14289-1): a document without a title or a picture without words is refused while it is being set.
STANDARDS = ("ua-1",)


def document(template, data, *, pictures=None, standards=STANDARDS):
    """Bytes of a PDF. `template` is a file of templates/typst/, which reads `data` by `json(bytes(sys.inputs.data))`.

    `data` is anything that JSON holds; texts come as they are, nothing in them is read as markup. `pictures`,
    {name: bytes of PNG, JPEG or SVG}, stand there as `data.pictures.NAME`, for Typst's `image(bytes(…), alt: …)`.
    """
    data = data | {"pictures": {name: list(content) for name, content in (pictures or {}).items()}}
    return typst.compile(
        str(FOLDER / template),
        root=str(FOLDER),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),
        ignore_system_fonts=True,
    )
