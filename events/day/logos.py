"""The strip of logos of an edition, as the documents take it."""

import logging

from core.pdf import can_be_drawn

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
        except OSError as error:
            logger.warning("logo %s cannot be read: %s", logo.pk, error)
            continue
        if not can_be_drawn(content):
            logger.warning("logo %s cannot be drawn", logo.pk)
            continue
        name = f"logo{logo.pk}"
        pictures[name] = content
        logos.append({"picture": name, "words": logo.words})
    return logos, pictures
