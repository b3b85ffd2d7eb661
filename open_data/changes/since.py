"""From the files of a day to what has changed since."""

from urllib.parse import urlencode

from open_data.changes.addresses import PATH
from open_data.choices import Dataset


def changes_since(dump, dataset=None):
    """Path of the feed from where it ended when these files were read, of one data set or of all.

    "" for a data set that the feed does not tell of.
    """
    query = [("cursor", dump.cursor)]
    if dataset is not None:
        if dataset.api not in Dataset.labels:
            return ""
        query.append(("dataset", dataset.api))
    return f"{PATH}?{urlencode(query)}"
