"""/api/v1/schema/ for programs and /api/v1/docs/ for people, both from the same document."""

from django.conf import settings
from django.shortcuts import render
from drf_spectacular.renderers import OpenApiYamlRenderer2
from rest_framework.response import Response

from core.versions import versioned_by
from open_data.api.docs import chapters, feed, with_code
from open_data.api.documents import schema_of, schema_version
from open_data.api.problems import WORDS, Invalid
from open_data.api.rendering import Json
from open_data.api.views.base import ApiView


class SchemaView(ApiView):
    """JSON, or YAML by the header Accept or by `?format=yaml`."""

    schema = None
    renderer_classes = [Json, OpenApiYamlRenderer2]

    def perform_content_negotiation(self, request, force=False):
        asked = {one.format: one for one in self.get_renderers()}.get(request.GET.get("format"))
        return (asked, asked.media_type) if asked else super().perform_content_negotiation(request, force)

    def version(self):
        return schema_version()

    def answer(self, request):
        wrong = {name[:40]: "Nie ma takiego parametru. Jest: format." for name in request.GET if name != "format"}
        if request.GET.get("format", "json") not in ("json", "yaml"):
            wrong["format"] = "Postać to json albo yaml."
        if wrong:
            raise Invalid(wrong)
        return Response(schema_of(request, self.version()))


@versioned_by(schema_version)
def docs(request):
    """Every list with its parameters, columns and commands to copy, without a script."""
    schema = schema_of(request, getattr(request, "version", None) or schema_version())
    context = {
        "info": schema["info"],
        "about": [with_code(one) for one in schema["info"]["description"].split("\n\n")],
        "chapters": chapters(schema),
        "feed": feed(schema),
        "kept_days": settings.CHANGES_KEPT_DAYS,
        "limit": settings.API_REQUESTS_PER_MINUTE,
        "parameter_columns": [{"label": "Parametr"}, {"label": "Wartość"}, {"label": "Co znaczy"}],
        "column_columns": [{"label": "Kolumna"}, {"label": "Wartość"}, {"label": "Co znaczy"}],
        "problems": [(status, *words) for status, words in WORDS.items() if status != 403],
    }
    return render(request, "open_data/api_docs.html", context)
