"""What XLSX and ODS share: a row under construction and the text of a number."""

from registry.spreadsheets.cells import cell_text
from registry.spreadsheets.rows import UnreadableFile

NO_VALUE = "formuła bez zapisanego wyniku; komórkę pominięto"
ERROR_VALUE = "komórka zawiera błąd formuły; pominięto ją"


def number_text(digits):
    """Text of a stored number: "8831690460", "7.41E9" → "7410000000", "123.0" → "123"."""
    if digits.isdigit() and len(digits) < 16:
        return digits
    try:
        return cell_text(float(digits))
    except (ValueError, OverflowError):
        return ""


def small_number(digits, default, *, most=1_048_576):
    """A count or index from an attribute; nonsense becomes the default, more than `most` becomes `most`."""
    if not digits or len(digits) > 10 or not (digits.isascii() and digits.isdigit()):
        return default
    return min(int(digits), most) or default


class Budget:
    """Counts what was read of one table and stops at the limits."""

    def __init__(self, limits):
        self._limits = limits
        self._rows = self._cells = 0

    def spend(self, cells):
        self._rows += 1
        self._cells += cells
        if self._rows > self._limits.rows:
            raise UnreadableFile(f"Arkusz ma ponad {self._limits.rows} wierszy. Podziel go na mniejsze pliki.")
        if self._cells > self._limits.cells:
            raise UnreadableFile(f"Arkusz ma ponad {self._limits.cells} komórek. Podziel go na mniejsze pliki.")

    def text_length(self, length, row):
        if length > self._limits.line:
            raise UnreadableFile(f"Komórka w wierszu {row} ma ponad {self._limits.line} znaków.")
