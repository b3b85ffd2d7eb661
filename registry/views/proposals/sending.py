"""The summary of a draft, sending it, throwing it away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from registry.choices import ProposalState
from registry.proposals.beside import others
from registry.proposals.changes import of_draft
from registry.proposals.desk import Desk
from registry.proposals.lines import lines_of_draft
from registry.use_cases.proposals import drafting, sending
from registry.views.proposals.doors import for_editor


@accepts("GET", "HEAD", "POST")
@for_editor
def card_summary(request, organisation):
    draft = drafting.own_draft(organisation, request.user)
    refusal = ""
    if request.method == "POST":
        number = request.POST.get("szkic", "")
        number = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
        try:
            sent = sending.send(
                proposal_id=number, seen=request.POST.get("widziane", ""), actor=request.user, now=timezone.now()
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _words(sent))
            return redirect("registry:proposal", organisation.slug, sent.pk)
    if draft is None:
        messages.info(request, "Nie ma szkicu do wysłania.")
        return redirect("registry:card_editing", organisation.slug)
    found, names = of_draft(draft, Desk(organisation)), sending.trusted_names()
    context = {
        "organisation": organisation,
        "draft": draft,
        "gaps": found.gaps,
        "lines": lines_of_draft(found.changes, Desk(organisation), lambda one: sending.is_trusted(one, names)),
        "seal": sending.seal(found.changes),
        "others": others(organisation, request.user),
        "refusal": refusal,
    }
    return render(request, "registry/proposals/summary.html", context, status=422 if refusal else 200)


@accepts("GET", "HEAD", "POST")
@for_editor
def card_discard(request, organisation):
    draft = drafting.own_draft(organisation, request.user)
    if request.method == "POST":
        drafting.discard(organisation_id=organisation.pk, actor=request.user)
        messages.success(request, "Szkic porzucono. Karta się nie zmieniła.")
        return redirect("registry:card_editing", organisation.slug)
    if draft is None:
        messages.info(request, "Nie ma szkicu.")
        return redirect("registry:card_editing", organisation.slug)
    return render(request, "registry/proposals/discard.html", {"organisation": organisation, "draft": draft})


def _words(sent):
    if sent.state == ProposalState.DECIDED:
        return "Zmiany są już na karcie: tych pól nie trzeba sprawdzać."
    return "Wysłano. Propozycję sprawdzi koordynator, a odpowiedź przyjdzie listem."
