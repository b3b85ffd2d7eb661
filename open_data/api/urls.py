"""Addresses under /api/v1/. A new list stands in collections.listed; anything else is a line of `urlpatterns` here.

Every view is an open_data.api.views.base.ApiView: limits, ETag and problem details come with it.
"""

from django.urls import path

from open_data.api.collections.listed import LISTS
from open_data.api.views.changes import ChangesView
from open_data.api.views.documents import SchemaView, docs
from open_data.api.views.lists import ListView, RowView
from open_data.api.views.root import RootView


def routes(collection):
    """Of the list and of one row."""
    base = f"api/v1/{collection.name}/"
    yield path(base, ListView.as_view(collection=collection), name=collection.name)
    yield path(f"{base}{collection.key_route}/", RowView.as_view(collection=collection), name=f"{collection.name}-row")


urlpatterns = [
    path("api/v1/", RootView.as_view(), name="api-root"),
    path("api/v1/schema/", SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs/", docs, name="api-docs"),
    path("api/v1/zmiany/", ChangesView.as_view(), name="changes"),
    *(route for collection in LISTS.values() for route in routes(collection)),
]
