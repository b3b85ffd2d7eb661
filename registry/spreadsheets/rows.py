"""What every reader of files hands on, and the limits they all keep."""

from dataclasses import dataclass, field
from typing import NamedTuple


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message is one Polish sentence for the person who sent it."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may ask of the machine. Sizes in bytes, lines in characters."""

    size: int = 200 * 1024 * 1024
    unpacked: int = 1024 * 1024 * 1024
    # Real workbooks pack 10 to 40 times; a thousand times is what a bomb is made of.
    packing_ratio: int = 200
    line: int = 1024 * 1024
    record_lines: int = 200
    rows: int = 500_000
    columns: int = 300
    cells: int = 30_000_000
    sheets: int = 100
    merged_ranges: int = 200_000
    heading_rows: int = 30


class Row(NamedTuple):
    """One record. `number` is the line number a spreadsheet program shows; `cells` are texts.

    `doubts` holds (column index, Polish text) for cells that could not be taken as they stand in the file.
    """

    number: int
    cells: list
    doubts: tuple = ()


@dataclass(slots=True)
class RawRow:
    """A row as a reader found it, before the heading is known.

    `lent` tells that some of its cells were filled by merged ones above, `hidden` that the program does not show it.
    """

    number: int
    cells: list
    lent: bool = False
    doubts: list = field(default_factory=list)
    hidden: bool = False
