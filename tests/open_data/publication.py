"""Everything that is public, row by row: what a follower of the feed has to come to."""

from django.http import QueryDict
from django.utils import timezone

from open_data.api import keyset
from open_data.api.collections.listed import LISTS
from open_data.choices import Dataset

MANY = 10_000


def everything():
    """{(list, id): row} of all lists of the API that the feed tells of."""
    found, now = {}, timezone.now()
    for dataset in Dataset:
        collection = LISTS[dataset.label]
        asked = collection.filter_of(_whole(dataset), now)
        segments = collection.orders(asked, now)[collection.sort_of(asked)]
        keys, more = keyset.walk(segments, None, MANY, collection.fetch(asked))
        assert not more
        rows = collection.read([key[-1] for _, key in keys], "")
        found |= {(dataset.label, row["id"]): row for row in rows}
    return found


def _whole(dataset):
    """Without days the list of events begins today."""
    return QueryDict("from=1990-01-01" if dataset == Dataset.EVENTS else "")
