"""Bulk actions: one use case, row by row; what was refused comes back in words with the names it concerns."""

from collections import defaultdict

from django.contrib import messages
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.decorators import action

from core.exceptions import Refused
from core.templatetags.portal import plural
from registry.choices import Verifier
from registry.use_cases import offers, organisations

NAMES_SHOWN = 5


def each(request, rows, do, *, done):
    """Call `do(pk)` for each row of a queryset and tell the person how it went. `done` are words: "Opublikowano"."""
    count, refused = 0, defaultdict(list)
    # The keys first: the filter itself may stop matching a row that was changed.
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        try:
            do(pk)
        except Refused as refusal:
            refused[str(refusal)].append(pk)
        else:
            count += 1
    if count:
        messages.success(request, f"{done}: {count} {plural(count, 'pozycję,pozycje,pozycji')}.")
    for words, keys in refused.items():
        messages.warning(request, f"Nie zmieniono {len(keys)}: {words} {_names(rows.model, keys)}")


def _names(model, keys):
    shown = model.objects.filter(pk__in=keys[:NAMES_SHOWN])
    shown = shown.with_party() if hasattr(shown, "with_party") else shown
    names = "; ".join(sorted(str(row) for row in shown))
    more = len(keys) - NAMES_SHOWN
    return f"({names}{f' i jeszcze {more}' if more > 0 else ''})"


class CardActions:
    """Mixed into the admin of cards."""

    actions = ["publish", "withdraw", "verify", "confirm_offers", "remove"]

    @action(description="Opublikuj", permissions=["change"])
    def publish(self, request, queryset):
        now = timezone.now()
        each(request, queryset, lambda pk: organisations.publish(organisation_id=pk, now=now), done="Opublikowano")

    @action(description="Wycofaj z katalogu", permissions=["change"])
    def withdraw(self, request, queryset):
        now = timezone.now()
        each(request, queryset, lambda pk: organisations.withdraw(organisation_id=pk, now=now), done="Wycofano")

    @action(description="Dane potwierdzone dzisiaj", permissions=["change"])
    def verify(self, request, queryset):
        now = timezone.now()

        def confirm(pk):
            organisations.verify(organisation_id=pk, verifier=Verifier.COORDINATOR, now=now)

        each(request, queryset, confirm, done="Potwierdzono dane")

    @action(description="Potwierdź klasyfikację ofert", permissions=["change"])
    def confirm_offers(self, request, queryset):
        now = timezone.now()

        def confirm(pk):
            offers.confirm_classification_of_card(organisation_id=pk, now=now)

        each(request, queryset, confirm, done="Potwierdzono klasyfikację ofert")

    @action(description="Usuń z rejestru…", permissions=["change"])
    def remove(self, request, queryset):
        if "confirmed" not in request.POST:
            return ask_first(self, request, queryset, action="remove", question=REMOVE)
        now = timezone.now()
        each(
            request, queryset, lambda pk: organisations.remove(organisation_id=pk, now=now), done="Usunięto z rejestru"
        )
        return None


REMOVE = (
    "Usunięty podmiot znika z katalogu i z list panelu, a jego NIP, REGON i KRS są znów wolne. "
    "Historia zmian zostaje. Tego nie cofnie się jednym kliknięciem."
)


def ask_first(model_admin, request, queryset, *, action, question):
    """A page that shows what will happen and to how many rows, and sends the same choice again."""
    count = queryset.count()
    rows = queryset.with_party() if hasattr(queryset, "with_party") else queryset
    context = model_admin.admin_site.each_context(request) | {
        "title": f"Usunąć {count} {plural(count, 'podmiot,podmioty,podmiotów')}?",
        "opts": model_admin.opts,
        "question": question,
        "shown": list(rows[:20]),
        "more": max(0, count - 20),
        "action": action,
        "selected": request.POST.getlist("_selected_action"),
        "select_across": request.POST.get("select_across", "0"),
        "index": request.POST.get("index", "0"),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/registry/confirm_action.html", context)
