from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from registry import panel
from registry.exports.formats import FORMATS
from registry.filters import CatalogueFilter
from registry.models import CatalogueEntry
from registry.resources import OrganisationResource
from registry.versions import versioned


@versioned
def organisation_export(request, extension):
    """The whole result of the catalogue's query string as a file. An unusable filter is answered by 400 and why."""
    if extension not in FORMATS:
        raise Http404
    found = CatalogueFilter(request.GET, queryset=CatalogueEntry.objects.all())
    if not found.is_valid():
        reasons = "".join(f"{name}: {message}\n" for name, message in panel.errors(found).items())
        return HttpResponse(reasons, content_type="text/plain; charset=utf-8", status=400)
    write, content_type = FORMATS[extension]
    resource = OrganisationResource(site=request.build_absolute_uri("/").rstrip("/"))
    response = StreamingHttpResponse(write(resource, found.qs), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="katalog-{timezone.localdate()}.{extension}"'
    return response
