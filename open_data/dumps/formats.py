"""Rows of a data set as bytes of each format. Equal rows make equal bytes: no file says when it was made."""

import csv
import io
import json
from itertools import islice
from operator import attrgetter

from open_data.choices import Format
from registry.exports.cells import Text
from registry.exports.xlsx import Book, sheet_row
from registry.resources import Column
from registry.spreadsheets import harmless

BATCH = 200
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(dataset, rows, targets):
    """Writes the rows into `targets`, {Format: something with write(bytes)}; returns how many there were.

    Values are read and made into cells once for all formats.
    """
    writers = []
    try:
        for one, target in targets.items():
            writers.append(_WRITERS[one](dataset, target))
        count = _write(dataset, rows, writers)
        for writer in writers:
            writer.close()
    except BaseException:
        for writer in writers:
            writer.abandon()
        raise
    return count


def _write(dataset, rows, writers):
    ways = [_way(column.field) for column in dataset.columns]
    count, rows = 0, iter(rows)
    while batch := list(islice(rows, BATCH)):
        # Column by column: what is done is looked up once for all rows of the batch.
        cells, plains = [], []
        for read, plain, render in ways:
            values = list(map(read, batch))
            plains.append(list(map(plain, values)))
            cells.append(list(map(render, values) if render else map(harmless, plains[-1])))
        cells, plains = list(zip(*cells, strict=True)), list(zip(*plains, strict=True))
        objects = _Objects(dataset, batch, plains)
        for writer in writers:
            writer.add(cells, objects)
        count += len(batch)
    return count


def _way(field):
    """(row to value, value to JSON, value to a cell); without the last a cell is the text of JSON made harmless."""
    read = attrgetter(field.column_name) if type(field) is Column else field.get_value
    has_own = type(field.widget).render is not Text.render
    return read, field.widget.plain, field.widget.render if has_own else None


class _Writer:
    """add() takes a batch, close() ends the file, abandon() lets go of one that nobody wants."""

    def close(self):
        pass

    def abandon(self):
        pass


class _Objects:
    """A batch of rows in JSON: `properties` without coordinates, and what coordinates there are."""

    def __init__(self, dataset, rows, plains):
        names = dataset.names
        self.rows, self.ids = rows, [line[0] for line in plains]
        place = {names.index("lat"), names.index("lon")} if dataset.has_place else set()
        kept = [number for number in range(len(names)) if number not in place]
        keys = [names[number] for number in kept]
        self.properties = [_encode(dict(zip(keys, [line[number] for number in kept], strict=True))) for line in plains]
        if place:
            lat, lon = names.index("lat"), names.index("lon")
            self.points = [(line[lat], line[lon]) for line in plains]


class _Csv(_Writer):
    """RFC 4180 in UTF-8 without a byte order mark, one header row (docs/decisions/0033)."""

    def __init__(self, dataset, target):
        self._target, self._buffer = target, io.StringIO()
        self._writer = csv.writer(self._buffer)
        self._writer.writerow(dataset.names)

    def add(self, cells, objects):
        self._writer.writerows(cells)
        self.close()
        self._buffer.seek(0)
        self._buffer.truncate()

    def close(self):
        self._target.write(self._buffer.getvalue().encode())


class _JsonLines(_Writer):
    """One object a line."""

    def __init__(self, dataset, target):
        self._target, self._has_place = target, dataset.has_place

    def add(self, cells, objects):
        lines = objects.properties
        if self._has_place:
            lines = [
                f'{text[:-1]},"lat":{_encode(lat)},"lon":{_encode(lon)}}}'
                for text, (lat, lon) in zip(lines, objects.points, strict=True)
            ]
        self._target.write(("\n".join(lines) + "\n").encode())


class _GeoJson(_Writer):
    """A FeatureCollection (RFC 7946); who has no place is there too, with a null geometry (3.2)."""

    def __init__(self, dataset, target):
        self._target, self._geometry, self._separator = target, dataset.geometry, ""
        target.write(b'{"type":"FeatureCollection","features":[\n')

    def add(self, cells, objects):
        features = [
            self._feature(*of)
            for of in zip(objects.rows, objects.ids, objects.properties, objects.points, strict=True)
        ]
        self._target.write((self._separator + ",\n".join(features)).encode())
        self._separator = ",\n"

    def close(self):
        self._target.write(b"\n]}\n")

    def _feature(self, row, key, properties, point):
        shape = self._geometry(row) if self._geometry else None
        if shape is None and point[0] is not None:
            shape = {"type": "Point", "coordinates": [point[1], point[0]]}
        return f'{{"type":"Feature","id":{_encode(key)},"geometry":{_encode(shape)},"properties":{properties}}}'


class _Xlsx(_Writer):
    def __init__(self, dataset, target):
        self._book = Book(target, title=dataset.slug)
        self._book.write(sheet_row(dataset.names))

    def add(self, cells, objects):
        self._book.write(b"".join(map(sheet_row, cells)))

    def close(self):
        self._book.close()

    def abandon(self):
        self._book.abandon()


_WRITERS = {Format.CSV: _Csv, Format.JSONL: _JsonLines, Format.GEOJSON: _GeoJson, Format.XLSX: _Xlsx}
