"""/api/v1/: what there is."""

from rest_framework.response import Response
from rest_framework.reverse import reverse

from core.versions import release
from open_data.api.collections.listed import LISTS
from open_data.api.problems import Invalid
from open_data.api.schema import answers
from open_data.api.views.base import ApiView


class RootView(ApiView):
    """Names, titles and addresses of all lists."""

    def described(self, operation):
        text = {"type": "string"}
        one = {name: text for name in ("name", "title", "description", "url")}
        lists = {"type": "array", "items": {"type": "object", "properties": one, "required": list(one)}}
        schema = {
            "type": "object",
            "properties": {"title": text, "schema": text, "docs": text, "changes": text, "lists": lists},
        }
        return {
            "operationId": "root",
            "summary": "Spis list",
            "description": "Jakie są listy i pod jakimi adresami.",
            "responses": answers(operation, operation.component("Root", schema)),
        }

    def version(self):
        return release()

    def answer(self, request):
        if request.GET:
            raise Invalid(dict.fromkeys((name[:40] for name in request.GET), "Ten adres nie przyjmuje parametrów."))
        told = {
            "title": "API portalu ekonomii społecznej",
            "schema": f"{self.site}/api/v1/schema/",
            "docs": f"{self.site}/api/v1/docs/",
            "changes": f"{self.site}/api/v1/zmiany/",
            "lists": [
                {
                    "name": one.name,
                    "title": one.title,
                    "description": one.about,
                    "url": reverse(f"open_data:{one.name}", request=request),
                }
                for one in LISTS.values()
            ],
        }
        return Response(told)
