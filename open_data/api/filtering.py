"""The filters of the pages for DRF: the same names, the same meaning; what a page would show as an error is a 400."""

from django.utils import timezone
from rest_framework.filters import BaseFilterBackend

from open_data.api.problems import Invalid

OF_PAGES = ("limit", "cursor", "count", "fields")
NO_PAGES = "API nie ma numerów stron: idź za odsyłaczem „next”."
ONLY_PAGES = "Ten parametr należy do strony w przeglądarce, API go nie przyjmuje."


class PortalFilter(BaseFilterBackend):
    """`collection` in, a bound valid filter out; Invalid with a reason for each parameter otherwise.

    A name that nobody knows is refused too: a misspelt filter that is left out without a word finds too much.
    """

    def filter_queryset(self, request, collection, view):
        errors = unknown_names(request, [*collection.filter_names(), *OF_PAGES, *_includes(collection)], collection)
        found = collection.filter_of(request.GET, timezone.now())
        if not found.is_valid():
            errors |= {_shown(name): why for name, why in collection.errors(found).items()}
        if errors:
            raise Invalid(errors)
        return found

    def get_schema_operation_parameters(self, view):
        return view.collection.parameters()


def unknown_names(request, known, collection):
    """{name: why} of parameters that mean nothing here."""
    foreign = {name: NO_PAGES if name == "page" else ONLY_PAGES for name in collection.foreign}
    known = [name for name in known if name not in foreign]
    words = f"Nie ma takiego parametru. Są: {', '.join(known)}."
    return {name[:40]: foreign.get(name, words) for name in request.GET if name not in known}


def _includes(collection):
    return ["include"] if collection.includes else []


def _shown(name):
    return name if name != "__all__" else "q"
