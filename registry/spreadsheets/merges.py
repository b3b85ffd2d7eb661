"""Cells merged downwards: the value of the top one counts for each of the rows it covers."""

import heapq


class Merges:
    """Ranges over more than one row, by their left column; `fill` is called with the rows in order."""

    def __init__(self, ranges=()):
        self._ranges = list(ranges)

    @property
    def count(self):
        return len(self._ranges)

    def add(self, column, top, bottom):
        if bottom > top and column >= 0:
            self._ranges.append((top, bottom, column))

    def fresh(self):
        """A copy that begins at the top of the sheet."""
        merges = Merges(self._ranges)
        merges._waiting = list(merges._ranges)
        heapq.heapify(merges._waiting)
        merges._open = {}
        return merges

    def fill(self, row):
        """Writes the values lent to this row into it, and remembers those it lends."""
        if not self._waiting and not self._open:
            return
        while self._waiting and self._waiting[0][0] <= row.number:
            top, bottom, column = heapq.heappop(self._waiting)
            if top == row.number and column < len(row.cells) and row.cells[column]:
                self._open[column] = (bottom, row.cells[column])
        lent = False
        for column, (bottom, value) in list(self._open.items()):
            if bottom < row.number:
                del self._open[column]
            elif column >= len(row.cells) or not row.cells[column]:
                row.cells.extend([""] * (column + 1 - len(row.cells)))
                row.cells[column] = value
                lent = True
        # A reader only hands on rows with a content of their own, so `own` stays true here.
        row.lent = lent
