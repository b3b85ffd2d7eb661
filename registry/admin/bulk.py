"""Bulk actions of the lists: few rows at once, many in a task with a page that shows how far it is."""

import uuid
from urllib.parse import quote

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.templatetags.portal import plural
from registry import tasks
from registry.use_cases import bulk

# What a person waits for without wondering: some three seconds.
AT_ONCE = 200
NAMES_SHOWN = 5
DONE = {
    "publish": "Opublikowano",
    "withdraw": "Wycofano z katalogu",
    "verify": "Potwierdzono dane",
    "remove": "Usunięto z rejestru",
    "confirm_offers": "Potwierdzono klasyfikację ofert",
    "confirm_offer": "Potwierdzono klasyfikację",
    "remove_offer": "Usunięto z karty",
}


def do(model_admin, request, rows, verb):
    """Do the verb to every row of a queryset and tell how it went, now or on the page of the task."""
    # Only the keys, and before the first change: the filter may stop matching a row that was changed.
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(keys) > AT_ONCE:
        return _in_background(model_admin, request, keys, verb)
    outcome = bulk.run(verb=verb, keys=keys, now=timezone.now())
    for level, words in sentences(model_admin.model, verb, outcome.changed, outcome.refused):
        messages.add_message(request, level, words)
    return None


def sentences(model, verb, changed, refused):
    """[(level, words)]: one about what was done, one about each reason of refusal, with some names."""
    told = []
    if changed or not refused:
        told.append((messages.SUCCESS, f"{DONE[verb]}: {changed} {plural(changed, 'pozycja,pozycje,pozycji')}."))
    for reason, keys in refused.items():
        told.append((messages.WARNING, f"Nie zmieniono {len(keys)}: {reason} ({_names(model, keys)})"))
    return told


def _names(model, keys):
    rows = model.objects.filter(pk__in=keys[:NAMES_SHOWN])
    names = sorted(str(row) for row in (rows.with_party() if hasattr(rows, "with_party") else rows))
    more = len(keys) - NAMES_SHOWN
    return "; ".join(names) + (f" i jeszcze {more}" if more > 0 else "")


def _in_background(model_admin, request, keys, verb):
    job = uuid.uuid4().hex
    try:
        tasks.bulk.do_to_rows.delay(job=job, verb=verb, keys=keys, actor_id=request.user.pk)
    except OperationalError:
        messages.error(request, "Kolejka zadań teraz nie odpowiada. Spróbuj za chwilę.")
        return None
    name = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_job"
    return HttpResponseRedirect(f"{reverse(name, args=[job])}?back={quote(request.get_full_path())}")


def show_job(model_admin, request, job):
    """How far a task is; when it is done, how it went."""
    if not model_admin.has_change_permission(request):
        raise Http404
    told = cache.get(tasks.bulk.progress_key(job))
    outcome = told and told["outcome"]
    list_address = reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
    back = request.GET.get("back", "")
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": DONE[told["verb"]] if told else "Praca w toku",
        "percent": 100 * told["done"] // told["total"] if told else None,
        "detail": f"{told['done']} z {told['total']}" if told else "Czeka na wolny proces.",
        "refresh": None if outcome else 2,
        "sentences": [
            words for _, words in sentences(model_admin.model, told["verb"], outcome["changed"], outcome["refused"])
        ]
        if outcome
        else None,
        "back": back if back.startswith(list_address) else list_address,
    }
    return TemplateResponse(request, "admin/registry/job.html", context)
