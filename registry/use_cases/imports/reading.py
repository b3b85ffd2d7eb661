"""The half of staging that needs no database: a sheet into rows, each clean and with codes of dictionaries."""

import itertools
from typing import NamedTuple

from registry.spreadsheets import Row
from registry.use_cases.imports.drafts import Draft


class Line(NamedTuple):
    """A row of the file, with its draft unless the last file of the source held it to the letter."""

    row: Row
    digest: bytes
    draft: Draft | None = None


class Drafting:
    """[Draft] of [(Row, digest)]: most of the work on a file, wherever it is done."""

    def __init__(self, reader):
        self._reader = reader

    def __call__(self, rows):
        return [self._reader.read(row, digest) for row, digest in rows]


def chunks(sheet, *, size, after, digest):
    """Lists of [(Row, digest)] of the rows below the number `after`."""
    rows = ((row, digest(row)) for row in sheet.rows() if row.number > after)
    while chunk := list(itertools.islice(rows, size)):
        yield chunk


def lines(chunk, known, drafting):
    """[Line] of a chunk; what is `known` by its digest is not looked into."""
    wanted = [pair for pair in chunk if pair[1] not in known]
    drafts = iter(drafting(wanted) if wanted else ())
    return [Line(row, digest, None if digest in known else next(drafts)) for row, digest in chunk]
