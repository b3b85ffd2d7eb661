"""Bulk actions of the lists: few rows at once, many by a worker, with a page that shows how far it is."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils import timezone

from accounts.jobs import orders
from core.templatetags.portal import plural
from registry.use_cases import bulk

# What a person waits for without wondering: some three seconds.
AT_ONCE = 200


def do(model_admin, request, rows, verb):
    """Do the verb to every row of a queryset and tell how it went, now or on the page of the job."""
    # Only the keys, and before the first change: the filter may stop matching a row that was changed.
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if len(keys) > AT_ONCE:
        many = plural(len(keys), "pozycja,pozycje,pozycji")
        title = f"{bulk.WORK[verb]}: {len(keys)} {many}"
        return ask(
            request, kind="registry.do_to_rows", title=title, given={"verb": verb, "keys": keys}, total=len(keys)
        )
    outcome = bulk.run(verb=verb, keys=keys, now=timezone.now())
    for is_refusal, words in bulk.sentences(verb, outcome):
        messages.add_message(request, messages.WARNING if is_refusal else messages.SUCCESS, words)
    return None


def ask(request, **wanted):
    """Order long work and lead to its page, from which one comes back here."""
    job = orders.ask(owner=request.user, back=request.get_full_path(), now=timezone.now(), **wanted)
    return HttpResponseRedirect(job.get_absolute_url())
