"""The strip of logos of an edition, as the documents take it."""

import io
import logging
from xml.parsers import expat

from PIL import Image

logger = logging.getLogger(__name__)


def strip(edition):
    """([{"picture", "words"}], {name: bytes}) for core.pdf.document; of no edition both are empty.

    A file that is gone or broken is left out: the document is more needed than the picture.
    """
    logos, pictures = [], {}
    for logo in edition.logos.all() if edition else ():
        try:
            with logo.picture.open("rb") as file:
                content = file.read()
            _check(content)
        except (OSError, SyntaxError, ValueError, expat.ExpatError, Image.DecompressionBombError) as error:
            logger.warning("logo %s cannot be shown: %s", logo.pk, error)
            continue
        name = f"logo{logo.pk}"
        pictures[name] = content
        logos.append({"picture": name, "words": logo.words})
    return logos, pictures


def _check(content):
    """Raises for what Typst could not draw."""
    if b"<svg" in content[:2000]:
        expat.ParserCreate().Parse(content, True)
    else:
        Image.open(io.BytesIO(content), formats=("PNG", "JPEG")).load()
