"""Everything that is public, row by row: what a follower of the feed has to come to."""

from django.utils import timezone

from events.models import Event
from events.resources import EventResource
from open_data.choices import Dataset
from open_data.models.columns import PUBLIC
from procurement.models import PostingEntry
from procurement.resources import PostingResource
from quality_mark.models import Mark
from quality_mark.register import rows as marks
from registry.models import CatalogueEntry, OfferCpv, OfferEntry, SocialEnterpriseStatus, Unit
from registry.resources import OrganisationResource


def everything():
    """{(data set, id): row} as the exports have it; of offers, units and statuses their public columns."""
    today = timezone.localdate()
    found = {}
    for dataset, resource, entries in (
        (Dataset.ORGANISATIONS, OrganisationResource(), CatalogueEntry.objects.all()),
        (Dataset.EVENTS, EventResource(), Event.objects.public()),
        (Dataset.PROCUREMENT, PostingResource(), PostingEntry.objects.all()),
    ):
        columns = resource.get_export_fields()
        for row in resource.iter_queryset(entries):
            told = {column.column_name: column.widget.plain(column.get_value(row)) for column in columns}
            found[dataset.label, told["id"]] = told
    for offer in OfferEntry.objects.values("pk", *_of("registry.OfferEntry"), *_of("registry.Offer", "offer__")):
        codes = OfferCpv.objects.filter(offer=offer["pk"]).order_by("code").values_list("code", flat=True)
        found[Dataset.OFFERS.label, offer["pk"]] = offer | {"cpv": list(codes)}
    units = Unit.objects.filter(organisation__entry__isnull=False)
    for unit in units.values("pk", "operator__name", "operator__nip", *_of("registry.Unit")):
        found[Dataset.UNITS.label, unit["pk"]] = unit
    own = {"institution__organisations__entry__isnull": False, "institution__organisations__unit": None}
    for status in SocialEnterpriseStatus.objects.filter(**own).values("pk", *_of("registry.SocialEnterpriseStatus")):
        found[Dataset.STATUSES.label, status["pk"]] = status
    for mark in Mark.objects.told():
        found[Dataset.MARK_HOLDERS.label, mark.pk] = marks.row(mark, today) | {"history": str(marks.history(mark))}
    return found


def _of(model, prefix=""):
    return [f"{prefix}{name}" for name in PUBLIC[model].split()]
