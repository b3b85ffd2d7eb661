"""What every list of the API says of itself; views and schema are made from it alone."""

from dataclasses import dataclass, field

from open_data.api.columns import present
from open_data.api.keyset import Segment


@dataclass(frozen=True)
class Include:
    """Rows of another collection that go along: `read(keys, site)` gives {key of a row: [rows]}."""

    words: str
    of: str
    read: object = field(compare=False)


class Collection:
    """A list that can be walked through, and its rows by their keys."""

    # In the address; in the singular for names of the schema; in Polish for people.
    name, row_name, title, about = "", "", "", ""
    columns = ()
    # Parameters of the address that the filter knows but that mean nothing here.
    foreign = ("page", "view")
    usual_order = ""
    # Of the last part of a detail's address: integer keys unless said otherwise.
    key_schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
    key_words, key_route, key_example = "Numer wiersza (`id`)", "<int:id>", 1
    path_of_list = ""
    # A query string for people to begin with.
    example = ""

    def __init__(self, includes=None):
        """`includes` are {name: Include}: given from outside, because lists include one another."""
        self.includes = includes or {}

    def filter_of(self, data, now):
        """The filter of the pages, bound to a query string."""
        raise NotImplementedError

    def filter_names(self):
        raise NotImplementedError

    def errors(self, found):
        """{name: why} of unusable values."""
        return {name: " ".join(messages) for name, messages in found.form.errors.items()}

    def orders(self, found, at):
        """{sort: [Segment]}; `at` is the moment by which what is over is told from what is to come."""
        return {self.usual_order: [Segment((("pk", False),))]}

    def sort_of(self, found):
        return self.usual_order

    def fetch(self, found):
        """For keyset.walk."""
        raise NotImplementedError

    def count(self, found):
        raise NotImplementedError

    def version(self):
        """A text that changes with every change of what the list and its rows show."""
        raise NotImplementedError

    def rows(self, keys, site):
        """{key: row} for the columns, in a number of queries that does not grow."""
        raise NotImplementedError

    def find(self, key):
        """The primary key meant by the end of an address, or None. May raise a Problem that says more."""
        raise NotImplementedError

    def parameters(self):
        """OpenAPI parameters of the filters."""
        raise NotImplementedError

    def read(self, keys, site, *, columns=None, include=()):
        """[{name: value}] in the order of the keys; what is gone by now is left out."""
        told = self.read_by_key(keys, site, columns)
        for name in include:
            related = self.includes[name].read(keys, site)
            for key, row in told.items():
                row.setdefault("included", {})[name] = related.get(key, [])
        return list(told.values())

    def read_by_key(self, keys, site, columns=None):
        """{key: {name: value}} in the order of the keys."""
        found = self.rows(keys, site)
        keys = [key for key in keys if key in found]
        return dict(zip(keys, present(columns or self.columns, [found[key] for key in keys]), strict=True))
