"""The data sets that anybody may take whole. An app adds its own in `AppConfig.ready()`."""

from open_data.datasets.dataset import Dataset, Words

__all__ = ["Dataset", "Words", "all_datasets", "find", "register"]

_datasets = {}


def register(*datasets):
    """Names are promises: a slug once published stays."""
    _datasets.update({one.slug: one for one in datasets})


def find(slug):
    """LookupError when no app has registered it."""
    return _datasets[slug]


def all_datasets():
    """In the order in which they came: organisations first."""
    return list(_datasets.values())
