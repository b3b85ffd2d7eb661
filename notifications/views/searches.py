"""Saving a search of a list, with an account or with an address alone."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import antispam
from core.exceptions import Refused
from core.http import accepts, who_asks
from core.link_pages import opened
from notifications import saving, searches
from notifications.choices import SearchState
from notifications.counting import counted
from notifications.letters import find as letter
from notifications.models import SavedSearch
from notifications.preferences import frequency_of
from notifications.search_forms import AccountForm, FrequencyForm, VisitorForm
from notifications.search_letters import ALERT, PURPOSE


@accepts("GET", "HEAD", "POST")
@never_cache
def save_search(request, slug):
    """ "Powiadamiaj mnie o nowych": the query string is that of the list `slug`."""
    now, why, query = timezone.now(), "", ""
    try:
        search = searches.find(slug)
    except LookupError as error:
        raise Http404 from error
    try:
        query = searches.normalised(search, request.GET)
        found = searches.run(slug, query, now=now)
        why = found.why
    except Refused as refusal:
        found, why = None, str(refusal)
    context = {"search": search, "why": why, "list_url": search.url(query)}
    if why:
        return render(request, "notifications/searches/save.html", context, status=422)
    title = search.title(found.filter, query)
    has_account = request.user.is_authenticated
    form_class, initial = (AccountForm, {"title": title}) if has_account else (VisitorForm, None)
    form = form_class(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        keep = _keep_for_account if has_account else _ask
        try:
            if answer := keep(request, form, now, search=slug, query=query, title=title):
                return answer
        except Refused as refusal:
            form.add_error(None, str(refusal))
    [count] = counted([found], now)
    context |= {"form": form, "title": title, "count": count, "feed_url": search.feed_url(query)}
    return antispam.shown(request, "notifications/searches/save.html", context, form)


def search_asked(request):
    """The same for an address that is known, for one that is not, and for a machine."""
    return render(request, "notifications/searches/asked.html", {"days": settings.SEARCHES_WAITING_KEPT_DAYS})


@accepts("GET", "HEAD", "POST")
@opened(PURPOSE, lambda: SavedSearch.objects.select_related("user"))
def saved_search(request, row, token):
    """By the link in a letter: say yes, change how often, end, begin again. A GET only shows."""
    now, form = timezone.now(), FrequencyForm(None, row=row)
    if request.method == "POST":
        try:
            form = _act(request, row, now)
        except Refused as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else messages.warning(request, str(refusal))
        if not form.errors:
            return redirect("notifications:saved_search", token=token)
    found = searches.run(row.search, row.query, now=now)
    [count] = counted([found], now)
    context = {"row": row, "form": form, "found": found, "count": count, "state": SearchState(row.state).name}
    context["list_url"] = found.search.url(row.query) if found.search else ""
    return render(request, "notifications/searches/one.html", context, status=422 if form.errors else 200)


@login_required
def own_searches(request):
    """All of an account, with how many rows each finds now."""
    now, rows = timezone.now(), list(SavedSearch.objects.of(request.user))
    founds = _understood(rows, now)
    lines = [
        {
            "row": row,
            "found": found,
            "count": count,
            "list_url": found.search.url(row.query) if found.search else "",
            "feed_url": found.search.feed_url(row.query) if found.search else "",
        }
        for row, found, count in zip(rows, founds, counted(founds, now), strict=True)
    ]
    context = {
        "lines": lines,
        "searches": searches.all_searches(),
        "refused": frequency_of(ALERT, user=request.user, address=request.user.email) == "never",
        "kind": letter(ALERT).label,
    }
    return render(request, "notifications/searches/own.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def own_search(request, pk):
    """Another name, another frequency, or the end of it."""
    row, now = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk), timezone.now()
    form = AccountForm(request.POST or None, initial={"title": row.title, "frequency": row.frequency})
    if "zakoncz" in request.POST:
        saving.end(pk=row.pk, now=now)
        messages.success(request, "Zakończono. Nie napiszemy więcej o tym wyszukiwaniu.")
        return redirect("notifications:own_searches")
    if request.method == "POST" and form.is_valid():
        saving.change(pk=row.pk, now=now, **form.cleaned_data)
        messages.success(request, "Zapisano.")
        return redirect("notifications:own_searches")
    context = {"row": row, "form": form}
    return render(request, "notifications/searches/own_one.html", context, status=422 if form.errors else 200)


def _keep_for_account(request, form, now, **search):
    saving.save_for_account(user=request.user, now=now, **search | form.cleaned_data)
    messages.success(request, "Zapisano. Napiszemy, gdy pojawi się coś nowego.")
    return redirect("notifications:own_searches")


def _ask(request, form, now, **search):
    """None when it came too often; the form says so."""
    if not form.is_from_machine:
        who = who_asks("save-search", request)
        if antispam.held_back(form, "save-search", who, limit=settings.SEARCHES_PER_HOUR, seconds=3600):
            return None
        email, frequency = form.cleaned_data["email"], form.cleaned_data["frequency"]
        saving.ask_for_address(email=email, frequency=frequency, now=now, **search)
    return redirect("notifications:search_asked")


def _act(request, row, now):
    """Do what the button says; returns the form, faulty when the frequency was."""
    wanted = request.POST.get("co")
    form = FrequencyForm(request.POST if wanted == "zmien" else None, row=row)
    if wanted == "potwierdz":
        saving.confirm(pk=row.pk, now=now)
    elif wanted == "zakoncz":
        saving.end(pk=row.pk, now=now)
    elif wanted == "zmien" and form.is_valid():
        saving.change(pk=row.pk, now=now, frequency=form.cleaned_data["frequency"])
    return form


def _understood(rows, now):
    """[Found] of these SavedSearch, those of one list together."""
    places = {}
    for place, row in enumerate(rows):
        places.setdefault(row.search, []).append(place)
    founds = [None] * len(rows)
    for name, mine in places.items():
        queries = [rows[place].query for place in mine]
        for place, found in zip(mine, searches.understand(name, queries, now=now), strict=True):
            founds[place] = found
    return founds
