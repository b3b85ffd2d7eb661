"""Bulk actions on cards; select "all that match" sends the filter, never a list of thousands of keys."""

from django.contrib import messages
from django.http import HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from unfold.decorators import action

from core.templatetags.portal import plural
from registry.admin import bulk
from registry.exports.formats import FORMATS
from registry.exports.panel import file_name
from registry.resources import PanelResource
from registry.use_cases.imports import duplicates

SHOWN = 20
# Rows of an export that a person waits for: some two seconds.
STREAMED = 20_000
REMOVE = (
    "Usunięty podmiot znika z katalogu i z list panelu, a jego NIP, REGON i KRS są znów wolne. "
    "Historia zmian zostaje. Tego nie cofnie się jednym kliknięciem."
)


class CardActions:
    """Mixed into the admin of cards."""

    actions = ["publish", "withdraw", "verify", "confirm_offers", "compare", "export_csv", "export_xlsx", "remove"]

    @action(description="Opublikuj", permissions=["change"])
    def publish(self, request, queryset):
        return bulk.do(self, request, queryset, "publish")

    @action(description="Wycofaj z katalogu", permissions=["change"])
    def withdraw(self, request, queryset):
        return bulk.do(self, request, queryset, "withdraw")

    @action(description="Dane potwierdzone dzisiaj", permissions=["change"])
    def verify(self, request, queryset):
        return bulk.do(self, request, queryset, "verify")

    @action(description="Potwierdź klasyfikację ofert", permissions=["change"])
    def confirm_offers(self, request, queryset):
        return bulk.do(self, request, queryset, "confirm_offers")

    @action(description="Porównaj dwa, może to ten sam podmiot", permissions=["change"])
    def compare(self, request, queryset):
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[:3])
        if len(keys) != 2:
            messages.warning(request, "Do porównania zaznacz dokładnie dwa podmioty.")
            return None
        case = duplicates.open_pair(organisation_id=keys[0], other_id=keys[1], why="wskazał koordynator")
        return HttpResponseRedirect(reverse("admin:registry_duplicatecase_change", args=[case.pk]))

    @action(description="Eksportuj do CSV", permissions=["view"])
    def export_csv(self, request, queryset):
        return _export(request, queryset, "csv")

    @action(description="Eksportuj do XLSX", permissions=["view"])
    def export_xlsx(self, request, queryset):
        return _export(request, queryset, "xlsx")

    @action(description="Usuń z rejestru…", permissions=["change"])
    def remove(self, request, queryset):
        if "confirmed" not in request.POST:
            return _ask_first(self, request, queryset)
        return bulk.do(self, request, queryset, "remove")


def _export(request, queryset, extension):
    """The rows that were chosen, published or not: streamed, or of many a file that a worker makes."""
    if queryset.count() > STREAMED:
        keys = list(queryset.values_list("pk", flat=True))
        given = {"keys": keys, "extension": extension, "site": request.build_absolute_uri("/").rstrip("/")}
        title = f"Eksport {len(keys)} podmiotów do {extension.upper()}"
        return bulk.ask(request, kind="registry.export_cards", title=title, given=given, total=len(keys))
    write, content_type = FORMATS[extension]
    resource = PanelResource(site=request.build_absolute_uri("/").rstrip("/"))
    response = StreamingHttpResponse(write(resource, queryset), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(extension)}"'
    return response


def _ask_first(model_admin, request, queryset):
    """A page that shows what will happen and to how many rows, and sends the same choice again."""
    count = queryset.count()
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Usunąć {count} {plural(count, 'podmiot,podmioty,podmiotów')}?",
        "opts": model_admin.opts,
        "question": REMOVE,
        "shown": list(queryset[:SHOWN]),
        "more": max(0, count - SHOWN),
        "action": "remove",
        "selected": request.POST.getlist("_selected_action"),
        "select_across": request.POST.get("select_across", "0"),
        "index": request.POST.get("index", "0"),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/registry/confirm_action.html", context)
