"""A list and one row of it, whatever it is a list of."""

from rest_framework.response import Response

from open_data.api.choosing import columns_for, includes_for
from open_data.api.filtering import PortalFilter, unknown_names
from open_data.api.paging import KeysetPages
from open_data.api.problems import Invalid, Problem
from open_data.api.schema import list_operation, row_operation
from open_data.api.views.base import ApiView


class CollectionView(ApiView):
    collection = None

    def version(self, **kwargs):
        return self.collection.version()

    def _chosen(self, request):
        collection, params = self.collection, request.GET
        return {"columns": columns_for(collection, params), "include": includes_for(collection, params)}


class ListView(CollectionView):
    def described(self, operation):
        return list_operation(operation, self.collection)

    def answer(self, request):
        pages = KeysetPages()
        found = PortalFilter().filter_queryset(request, self.collection, self)
        chosen = self._chosen(request)
        keys = pages.paginate_queryset(found, request, view=self)
        return pages.get_paginated_response(self.collection.read(keys, self.site, **chosen))


class RowView(CollectionView):
    def described(self, operation):
        return row_operation(operation, self.collection)

    def answer(self, request, *, id):
        collection = self.collection
        known = ["fields", *(["include"] if collection.includes else [])]
        if errors := unknown_names(request, known, collection):
            raise Invalid(errors)
        chosen = self._chosen(request)
        pk = collection.find(id) if not isinstance(id, int) or id < 2**63 else None
        rows = collection.read([pk], self.site, **chosen) if pk is not None else []
        if not rows:
            raise Problem(404)
        return Response(rows[0])
