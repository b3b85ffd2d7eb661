"""Where each object stands: in the API, and on a page for people."""

from django.urls import reverse

from events.models import Event
from open_data.choices import Dataset
from procurement.models import PostingEntry
from procurement.models.postings import posting_address
from quality_mark.models import Mark
from quality_mark.register.numbers import page_of
from registry.models import CatalogueEntry, OfferEntry
from registry.models.offers import offer_address

PATH = "/api/v1/zmiany/"
_ROW = "/api/v1/{dataset}/{key}/"


def api_address(told):
    """It answers 404 or 410 when the object has been withdrawn."""
    return _ROW.format(dataset=told.dataset.label, key=told.key)


def pages_of(changes):
    """{(data set, id): path of a page} of the changes whose object has one now. One query for each data set."""
    found = {}
    for dataset in Dataset:
        ids = [one.object_id for one in changes if one.dataset == dataset and not one.is_withdrawn]
        if ids:
            found |= {(dataset, pk): path for pk, path in _PAGES[dataset](ids)}
    return found


def _cards(ids, key="organisation_id", **of):
    found = CatalogueEntry.objects.filter(**{f"{key}__in": ids}, **of).values_list(key, "slug")
    return ((pk, reverse("registry:organisation_detail", args=[slug])) for pk, slug in found)


def _offers(ids):
    return (
        (pk, offer_address(pk, name)) for pk, name in OfferEntry.objects.filter(pk__in=ids).values_list("pk", "name")
    )


def _statuses(ids):
    return _cards(ids, "organisation__institution__ps_statuses", organisation__unit=None)


def _events(ids):
    found = Event.objects.public().filter(pk__in=ids).values_list("pk", "slug")
    return ((pk, reverse("events:event_detail", args=[slug])) for pk, slug in found)


def _orders(ids):
    found = PostingEntry.objects.filter(pk__in=ids).values_list("pk", "subject")
    return ((pk, posting_address(pk, subject)) for pk, subject in found)


def _marks(ids):
    return ((pk, page_of(number)) for pk, number in Mark.objects.filter(pk__in=ids).values_list("pk", "number"))


_PAGES = {
    Dataset.ORGANISATIONS: _cards,
    Dataset.OFFERS: _offers,
    Dataset.UNITS: _cards,
    Dataset.STATUSES: _statuses,
    Dataset.EVENTS: _events,
    Dataset.PROCUREMENT: _orders,
    Dataset.MARK_HOLDERS: _marks,
}
