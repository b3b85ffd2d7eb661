"""What was proposed for a card before: the list, one proposal with its answer, taking it back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, paginate
from registry.choices import ProposalState
from registry.models import Proposal
from registry.proposals.lines import lines_of_sent
from registry.use_cases.proposals import sending
from registry.views.proposals.doors import for_editor

PER_PAGE = 20


@for_editor
def proposal_list(request, organisation):
    """Everybody who acts for the organisation sees what was sent in its name."""
    rows = _sent(organisation).prefetch_related("changes").order_by("-opened_at", "-pk")
    page = paginate(request, rows, PER_PAGE)
    return render(request, "registry/proposals/list.html", {"organisation": organisation, "page": page})


@for_editor
def proposal(request, organisation, pk):
    row = get_object_or_404(_sent(organisation), pk=pk)
    is_own = row.author_id == request.user.pk
    context = {
        "organisation": organisation,
        "proposal": row,
        "lines": lines_of_sent(list(row.changes.select_related("picture").order_by("position")), organisation),
        "may_withdraw": is_own and row.state == ProposalState.SENT,
    }
    return render(request, "registry/proposals/proposal.html", context)


@accepts("POST")
@for_editor
def proposal_withdrawal(request, organisation, pk):
    if request.method != "POST":
        raise Http404
    row = get_object_or_404(_sent(organisation).filter(author=request.user), pk=pk)
    to_draft = request.POST.get("co") == "popraw"
    try:
        sending.withdraw(proposal_id=row.pk, to_draft=to_draft, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("registry:proposal", organisation.slug, row.pk)
    if to_draft:
        messages.success(request, "Propozycja jest znowu szkicem. Popraw ją i wyślij.")
        return redirect("registry:card_editing", organisation.slug)
    messages.success(request, "Propozycję wycofano.")
    return redirect("registry:proposal", organisation.slug, row.pk)


def _sent(organisation):
    rows = Proposal.objects.filter(organisation=organisation).exclude(state=ProposalState.DRAFT)
    return rows.select_related("author", "decided_by")
