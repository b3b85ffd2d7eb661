"""The shortlist of a visitor, in the session, and what a link to anybody's list shows."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import links
from core.http import accepts
from core.navigation import has_session
from procurement.matching import lists, offices, own_list
from procurement.models import Shortlist

# The purpose of links to an officer's list (core.links).
SHORTLIST = "shortlist"


@accepts("GET", "HEAD", "POST")
@never_cache
def own_shortlist(request):
    """The list of a visitor. Without a session there is none, and none is begun."""
    if request.method == "POST":
        _change_own(request)
        return redirect("procurement:own_shortlist")
    entries = own_list.entries(request) if has_session(request) else []
    context = {
        "name": own_list.name(request) if entries else "",
        "lines": lists.lines_of_session(entries),
        "searches": lists.moments_of(own_list.searches(request)) if entries else [],
        "share": _share_own(request) if entries else "",
        "offices": offices.offices_of(request.user) if entries and request.user.is_authenticated else [],
    }
    return render(request, "procurement/matching/own_shortlist.html", context)


@never_cache
def own_shortlist_file(request, extension):
    if not has_session(request):
        raise Http404
    return list_file(request, lists.lines_of_session(own_list.entries(request)), extension, "lista-wykonawcow")


@never_cache
def shared_shortlist(request, token):
    """Whoever has the link reads the list; what has left the catalogue is left out."""
    shortlist = links.find(SHORTLIST, token, Shortlist.objects.with_owner())
    if shortlist:
        context = {"name": shortlist.name, "owner": shortlist.owner, "lines": lists.lines_of(shortlist)}
        context["searches"] = [{"at": one.searched_at, "words": one.words} for one in shortlist.searches.all()]
    elif own := lists.shared(token):
        name, at, entries, searches = own
        context = {"name": name, "shared_at": at, "lines": lists.lines_of_session(entries), "searches": searches}
    else:
        raise Http404
    response = render(request, "procurement/matching/shared_shortlist.html", context)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def number_of(text):
    """The number of a card; None of anything else that somebody sends, "²" too."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _change_own(request):
    do = request.POST.get("do")
    if do == "remove":
        own_list.remove(request, number_of(request.POST.get("organisation", "")))
    elif do == "rename":
        own_list.rename(request, " ".join(request.POST.get("name", "").replace("\0", " ").split())[:200])
    elif do == "forget":
        own_list.forget(request)


def _share_own(request):
    token = lists.shared_token(own_list.name(request), own_list.entries(request), own_list.searches(request))
    return request.build_absolute_uri(reverse("procurement:shared_shortlist", args=[token]))


def list_file(request, lines, extension, name):
    if extension not in lists.FILES:
        raise Http404
    write, content_type = lists.FILES[extension]
    response = HttpResponse(write(lines, absolute=request.build_absolute_uri), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.{extension}"'
    return response
