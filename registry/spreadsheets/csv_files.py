"""CSV in the encodings and with the separators that Polish offices use, read line by line."""

import csv
import itertools

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.headings import known_fields
from registry.spreadsheets.rows import RawRow, UnreadableFile
from registry.spreadsheets.tables import Budget

_CHUNK = 1024 * 1024
_SAMPLE_LINES = 60
_DELIMITERS = ";,\t|"
# Letters on which CP1250 and ISO-8859-2 disagree: Ą ą Ś ś Ź ź.
_WINDOWS_LETTERS = b"\xa5\xb9\x8c\x9c\x8f\x9f"
_ISO_LETTERS = b"\xa1\xb1\xa6\xb6\xac\xbc"
_POLISH_UTF8 = tuple(letter.encode() for letter in "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")


class CsvFile:
    """One table; `notes` tell in Polish what had to be assumed about the file."""

    format = "csv"

    def __init__(self, path, limits, *, remembered=None):
        self._path, self._limits = path, limits
        self.notes = []
        self.encoding, self._errors = self._find_encoding()
        sample = list(itertools.islice(self._lines(), _SAMPLE_LINES))
        self._has_separator_line = (
            bool(sample) and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5
        )
        if self._has_separator_line:
            self.delimiter = sample[0][4]
        else:
            self.delimiter = _find_delimiter(sample, remembered)

    def close(self):
        """Nothing stays open between passes."""

    def tables(self):
        return [self]

    name = ""
    hidden = False

    def raw_rows(self):
        """RawRow for every record, blank ones included; the number is the row a spreadsheet program shows."""
        budget = Budget(self._limits)
        lines = _Lines(self._lines(), self._limits)
        if self._has_separator_line:
            lines.skip()
        reader = csv.reader(lines, delimiter=self.delimiter)
        for number in itertools.count(1):
            lines.begin(number)
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise UnreadableFile(_swallowed(number)) from error
            if cells is None:
                return
            if lines.taken > 1:
                self._check_swallowed(cells, lines, number)
            budget.spend(len(cells))
            yield RawRow(number, [cell_text(cell) for cell in cells])

    def first_rows(self, count):
        return list(itertools.islice(self.raw_rows(), count))

    def _check_swallowed(self, cells, lines, number):
        """A quotation mark that nobody closed takes whole records into one cell: better to stop than to lose them."""
        if lines.ended and lines.marks % 2:
            raise UnreadableFile(_swallowed(number))
        longest = max(cells, key=len, default="")
        inner = longest.splitlines()[1:]
        full = sum(1 for line in inner if line.count(self.delimiter) >= max(2, len(cells) - 1))
        if full >= 3 and full * 2 >= len(inner):
            raise UnreadableFile(_swallowed(number))

    def _lines(self):
        limit = self._limits.line
        with self._path.open(encoding=self.encoding, errors=self._errors, newline="") as source:
            for number in itertools.count(1):
                line = source.readline(limit)
                if not line:
                    return
                if len(line) >= limit:
                    raise UnreadableFile(f"Linia {number} pliku ma ponad {limit} znaków, więc to nie jest tabela CSV.")
                yield line

    def _find_encoding(self):
        """(encoding, error handling) from a pass over the whole file, so that nothing fails half-way."""
        with self._path.open("rb") as source:
            start = source.read(4)
            if start.startswith((b"\xff\xfe", b"\xfe\xff")):
                return "utf-16", "replace"
            source.seek(0)
            votes = {"valid": True, "utf8": 0, "windows": 0, "iso": 0, "odd": 0}
            tail = b""
            while chunk := source.read(_CHUNK):
                tail = _count(tail + chunk, votes)
        if votes["valid"] and not tail:
            return "utf-8-sig", "strict"
        if votes["utf8"] > 3 * votes["odd"]:
            self.notes.append("Kilka znaków pliku było uszkodzonych; zastąpiono je znakiem �.")
            return "utf-8-sig", "replace"
        return ("iso8859_2" if votes["iso"] > votes["windows"] else "cp1250"), "replace"


def _count(data, votes):
    """Adds the evidence of one piece; returns the bytes of a letter cut by its end."""
    if b"\x00" in data:
        raise UnreadableFile(
            "Plik zawiera bajty zerowe, więc nie jest plikiem CSV. Zapisz dane ponownie jako CSV lub XLSX."
        )
    tail = b""
    if votes["valid"]:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
                tail = data[error.start :]
            else:
                votes["valid"] = False
    letters = sum(data.count(letter) for letter in _POLISH_UTF8)
    votes["utf8"] += letters
    votes["odd"] += max(0, len(data) - len(data.translate(None, bytes(range(128, 256)))) - 2 * letters)
    votes["windows"] += sum(data.count(code) for code in _WINDOWS_LETTERS)
    # Bytes 0x80-0x9F are quotation marks and dashes of Windows, and nothing at all in ISO.
    votes["windows"] += len(data) - len(data.translate(None, bytes(range(0x80, 0xA0))))
    votes["iso"] += sum(data.count(code) for code in _ISO_LETTERS)
    return tail


def _find_delimiter(sample, remembered):
    """The separator under which most headings are known; then the one that gives the steadiest rows."""

    def worth(delimiter):
        try:
            records = [record for record in csv.reader(sample, delimiter=delimiter) if record]
        except csv.Error:
            return (0, 0, 0)
        known = max((len(known_fields(record, remembered=remembered)) for record in records[:40]), default=0)
        widths = [len(record) for record in records]
        usual = max(set(widths), key=widths.count, default=1)
        steady = widths.count(usual) if usual > 1 else 0
        return (known, steady, usual)

    return max(_DELIMITERS, key=worth)


def _swallowed(number):
    return f"W wierszu {number} zaczyna się cudzysłów, który nie ma zamknięcia. Popraw go i wgraj plik ponownie."


class _Lines:
    """Lines for csv.reader, watched: how many one record took and how many quotation marks they held."""

    def __init__(self, lines, limits):
        self._lines, self._limits = lines, limits
        self.ended = False
        self.begin(1)

    def begin(self, number):
        self._number, self.taken, self.marks = number, 0, 0

    def skip(self):
        next(self._lines, None)

    def __iter__(self):
        return self

    def __next__(self):
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.taken += 1
        if self.taken > 1 or '"' in line:
            self.marks += line.count('"')
        if self.taken > self._limits.record_lines:
            raise UnreadableFile(_swallowed(self._number))
        return line
