"""Which line of a file is which position of a plan."""

from collections import defaultdict

from core.polish import fold
from procurement.plan_sheets import natures


def match(drafts, known):
    """{row index of a draft: Content} for the drafts that are a known position; each position once.

    By the number of the form ("1.3.6"); else by subject and kind; else by a plain number, which shifts when a row is
    put in between.
    """
    found, free = {}, {content.position_id: content for content in known}
    for key in (_number, _subject, _plain_number):
        by_key = defaultdict(list)
        for content in free.values():
            if value := key(content.number, content.subject, content.nature):
                by_key[value].append(content)
        for index, draft in enumerate(drafts):
            value = key(draft["number"], draft["subject"], draft["nature"])
            if index in found or not by_key.get(value):
                continue
            content = by_key[value].pop(0)
            found[index] = content
            del free[content.position_id]
    return found


def _number(number, subject, nature):
    return number if natures.of_number(number) else None


def _subject(number, subject, nature):
    return fold(subject), nature


def _plain_number(number, subject, nature):
    return number or None
