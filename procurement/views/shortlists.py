"""Shortlists that officers keep for the authority, and putting somebody on one or on a visitor's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from accounts.permissions import Action, may
from core import links
from core.exceptions import Refused
from core.http import accepts, paginate
from core.polish import fold
from procurement.matching import lists, offices, own_list
from procurement.matching.asked import asked
from procurement.matching.forms import NEW, AddingForm, NameForm
from procurement.models import Posting, Shortlist
from procurement.use_cases.matching import shortlists
from procurement.views.own_shortlist import SHORTLIST, list_file, number_of
from procurement.views.who_can import found_for
from registry.models import Organisation

PER_PAGE, MOST_CHOSEN = 20, 50


@accepts("GET", "HEAD", "POST")
def shortlist_adding(request):
    """What was ticked in "kto to zrobi": where to put it. Nothing is kept before the button is pressed."""
    data = request.POST if request.method == "POST" else request.GET
    chosen = _chosen(data)
    search = data.get("szukano", "")[:2000]
    question, rows, total = _searched(search)
    by_id = {row.organisation_id: row for row in rows}
    found = [_entry(card, by_id.get(card.pk)) for card in chosen]
    form = _adding_form(request, question)
    context = {"cards": chosen, "search": search, "form": form, "words": question.words if question else ""}
    if request.method == "POST" and chosen and (form is None or form.is_valid()):
        record = _record(question, rows, total)
        try:
            return redirect(_add(request, form, found, record, question))
        except Refused as refusal:
            form.refuse(refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "procurement/matching/adding.html", context, status=status)


@login_required
def shortlist_list(request):
    """Lists of the offices that the person buys for."""
    if not (offices.offices_of(request.user) or offices.is_everywhere(request.user)):
        raise Http404
    rows = offices.seen_by(request.user, Shortlist.objects.with_owner())
    page = paginate(request, rows, PER_PAGE)
    return render(request, "procurement/matching/shortlist_list.html", {"page": page, "total": page.paginator.count})


@accepts("GET", "HEAD", "POST")
@login_required
def shortlist_detail(request, pk):
    shortlist = _own(request, pk)
    form = NameForm(initial={"name": shortlist.name})
    status = 200
    if request.method == "POST":
        form = NameForm(request.POST) if request.POST.get("do") == "rename" else form
        try:
            if address := _change(request, shortlist, form):
                return redirect(address)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("procurement:shortlist", pk)
        status = 422
    context = {
        "shortlist": shortlist,
        "form": form,
        "lines": lists.lines_of(shortlist),
        "searches": shortlist.searches.all(),
        "inquiries": shortlist.inquiries.all(),
        "share": request.build_absolute_uri(
            reverse("procurement:shared_shortlist", args=[links.token(SHORTLIST, shortlist)])
        ),
    }
    return render(request, "procurement/matching/shortlist_detail.html", context, status=status)


@login_required
def shortlist_file(request, pk, extension):
    shortlist = _own(request, pk)
    return list_file(request, lists.lines_of(shortlist), extension, slugify(fold(shortlist.name))[:60] or "lista")


def _own(request, pk):
    shortlist = get_object_or_404(Shortlist.objects.with_owner(), pk=pk)
    if not may(request.user, Action.BUY, shortlist.owner):
        raise Http404
    return shortlist


def _chosen(data):
    """Cards that visitors see, in the order in which they were ticked."""
    ids = list(dict.fromkeys(filter(None, map(number_of, data.getlist("organisation")))))[:MOST_CHOSEN]
    cards = Organisation.objects.published().with_party().in_bulk(ids)
    return [cards[pk] for pk in ids if pk in cards]


def _searched(search):
    try:
        given = QueryDict(search)
    except ValueError:
        return None, [], 0
    # What is percent-encoded in the text comes out only here.
    if not search or any("\0" in value for values in given.lists() for value in values[1]):
        return None, [], 0
    question = asked(given)
    rows, total, _ = found_for(question)
    return (question, rows, total) if question.is_question and not question.errors else (None, [], 0)


def _entry(card, row):
    if row is None:
        return {"organisation": card.pk, "offer": None, "why": "", "score": None}
    return {"organisation": card.pk, "offer": row.offer_id, "why": row.why, "score": row.score}


def _record(question, rows, total):
    if question is None:
        return None
    found = [[row.name, row.score, row.why] for row in rows]
    return {"words": question.words, "found": found, "total": total}


def _adding_form(request, question):
    """Where an officer may put it; None for whoever only has a list of their own."""
    if not request.user.is_authenticated:
        return None
    owners = [(offices.value_of(*one), offices.words_of(*one)) for one in offices.offices_of(request.user)]
    if not owners:
        return None
    kept = offices.seen_by(request.user, Shortlist.objects.with_owner())[:30]
    options = [(str(one.pk), f"{one.name} ({one.owner})") for one in kept]
    name = question.q[:200] if question else ""
    data = request.POST if request.method == "POST" else None
    return AddingForm(data, lists=options, owners=owners, initial={"name": name})


def _add(request, form, found, record, question):
    """Puts it there and gives the address of the list."""
    now = timezone.now()
    if form is None:
        # All that were found stand in the page of the search again; in a cookie's session their number is enough.
        short = record and {"words": record["words"], "found": record["total"]}
        own_list.add(request, found=found, search=short)
        return reverse("procurement:own_shortlist")
    chosen = form.cleaned_data["list"]
    if chosen == NEW:
        offers = {offices.value_of(*one): one for one in offices.offices_of(request.user)}
        authority, unit = offers[form.cleaned_data["owner"] or next(iter(offers))]
        posting = Posting.objects.filter(pk=question.posting).first() if question and question.posting else None
        shortlist = shortlists.make_shortlist(
            authority=authority, unit=unit, name=form.cleaned_data["name"], posting_id=posting and posting.pk,
            actor=request.user, now=now,
        )  # fmt: skip
    else:
        shortlist = _own(request, int(chosen))
    shortlists.put_on(shortlist=shortlist, found=found, search=record, actor=request.user, now=now)
    return reverse("procurement:shortlist", args=[shortlist.pk])


def _change(request, shortlist, form):
    """What a button asks for; the address to go to, or None when the form has to be shown again."""
    do, common = request.POST.get("do"), {"shortlist": shortlist, "actor": request.user}
    here = reverse("procurement:shortlist", args=[shortlist.pk])
    if do == "rename":
        if not form.is_valid():
            return None
        shortlists.rename(name=form.cleaned_data["name"], now=timezone.now(), **common)
    elif do == "remove" and (organisation := number_of(request.POST.get("organisation", ""))):
        shortlists.take_off(organisation_id=organisation, now=timezone.now(), **common)
    elif do == "link":
        shortlists.renew_link(now=timezone.now(), **common)
        messages.success(request, "Poprzednie odsyłacze już nie działają. Nowy stoi niżej.")
    elif do == "delete":
        shortlists.delete_shortlist(**common)
        return reverse("procurement:shortlists")
    return here
