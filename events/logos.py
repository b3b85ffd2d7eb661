"""The strip of logos of an edition, as the documents take it."""

import logging

logger = logging.getLogger(__name__)


def strip(edition):
    """({"logos": [{"picture", "words"}]}, {name: bytes}) for core.pdf.document; of no edition both are empty.

    A file that is gone leaves its words to nobody: the document is more needed than the picture.
    """
    logos, pictures = [], {}
    for logo in edition.logos.all() if edition else ():
        try:
            with logo.picture.open("rb") as file:
                content = file.read()
        except OSError:
            logger.warning("the file of logo %s is gone", logo.pk)
            continue
        name = f"logo{logo.pk}"
        pictures[name] = content
        logos.append({"picture": name, "words": logo.words})
    return logos, pictures
