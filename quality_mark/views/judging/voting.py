"""One case at a sitting: its papers, recusal, and the vote."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts
from quality_mark.access import is_own
from quality_mark.assessing.seeing import all_in
from quality_mark.choices import Actor, ApplicationState
from quality_mark.commission import seats
from quality_mark.forms.judging import ReasonForm, RecusalForm, VoteForm
from quality_mark.models import AgendaItem
from quality_mark.reading import case_of, sheets
from quality_mark.use_cases import commission, deciding, votes
from quality_mark.views.judging.commission import sittings_for
from quality_mark.views.judging.doors import needs


def _item_or_404(request, pk):
    rows = AgendaItem.objects.filter(sitting__in=sittings_for(request.user)).select_related(
        "sitting__term",
        "application__rulebook",
        "application__offer__organisation__institution",
        "application__offer__organisation__unit",
        "application__offer__organisation__kind",
    )
    found = get_object_or_404(rows, pk=pk)
    if is_own(request.user, found.application.offer.organisation):
        raise Http404
    return found


@accepts("GET", "HEAD", "POST")
@needs(Action.VOTE_ON_MARK, Action.HANDLE_MARK)
def item(request, pk):
    found = _item_or_404(request, pk)
    day, user = timezone.localdate(), request.user
    member = seats.membership(user, found.sitting.term_id, day)
    forms = {"vote_form": VoteForm(), "recusal_form": RecusalForm(), "reason_form": ReasonForm()}
    if request.method == "POST" and (answer := _post(request, found, forms)):
        return answer
    rows = list(found.votes.prefetch_related("ballots__voter__person"))
    open_vote = next((one for one in rows if not one.closed_at), None)
    own_recusal = found.recusals.filter(member=member).first() if member else None
    runs = may(user, Action.HANDLE_MARK) or (member is not None and member.is_chair)
    is_over = bool(found.sitting.signed_at) or commission.decided(found)
    context = forms | {
        "item": found,
        "application": found.application,
        "sitting": found.sitting,
        "member": member,
        "own_recusal": own_recusal,
        "votes": [(one, [str(ballot.voter) for ballot in one.ballots.all()]) for one in rows],
        "open_vote": open_vote,
        "has_voted": bool(open_vote and member and any(b.voter_id == member.pk for b in open_vote.ballots.all())),
        "has_begun": bool(open_vote and open_vote.opens_at <= timezone.now()),
        "runs": runs and not found.sitting.signed_at,
        "is_over": is_over,
        "may_open": runs and not is_over and not open_vote,
        "may_ask_more": runs and found.application.state == ApplicationState.COMMISSION and not open_vote,
        "recusals": found.recusals.select_related("member__person"),
    }
    if own_recusal is None:
        context |= case_of(found.application)
        # Back in assessment, a member who assesses as well sees nothing before they have sent their own.
        if all_in(found.application):
            context["criteria"], context["summaries"], context["found"] = sheets(found.application)
    is_wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "quality_mark/judging/agenda_item.html", context, status=422 if is_wrong else 200)


def _post(request, found, forms):
    sent, what, form = {"actor": request.user, "now": timezone.now()}, request.POST.get("co", ""), None
    try:
        if what == "glos":
            form = forms["vote_form"] = VoteForm(request.POST)
            vote = found.votes.filter(closed_at=None).first()
            if vote is None:
                raise Refused("To głosowanie jest już zamknięte.")
            if not form.is_valid():
                return None
            votes.cast(vote_id=vote.pk, choice=form.cleaned_data["choice"], **sent)
            messages.success(request, "Głos jest oddany.")
        elif what == "wylaczenie":
            form = forms["recusal_form"] = RecusalForm(request.POST)
            if not form.is_valid():
                return None
            commission.recuse(item_id=found.pk, reason=form.cleaned_data["reason"], **sent)
        elif what == "otworz":
            kinds = {"tajne": True, "jawne": False}
            votes.open_vote(item_id=found.pk, is_secret=kinds.get(request.POST.get("jak", "")), **sent)
        elif what == "zamknij":
            vote = found.votes.order_by("-number").first()
            if vote:
                votes.close(vote_id=vote.pk, **sent)
        elif what == "wyjasnienia":
            form = forms["reason_form"] = ReasonForm(request.POST)
            if not form.is_valid():
                return None
            _ask_for_more(request, found, form, sent)
        else:
            raise Http404
    except Refused as refusal:
        if form is not None:
            form.add_error(None, str(refusal))
            return None
        messages.error(request, str(refusal))
    return redirect("quality_mark:agenda_item", found.pk)


def _ask_for_more(request, found, form, sent):
    """By the chair or the office; every other member is refused by the same words as a stranger."""
    commission.check_runs(request.user, found.sitting, sent["now"])
    role = Actor.CLERK if may(request.user, Action.HANDLE_MARK) else Actor.CHAIR
    deciding.ask_for_more(application_id=found.application_id, reason=form.cleaned_data["reason"], role=role, **sent)
