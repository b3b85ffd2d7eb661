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
from quality_mark.commission.minutes import result_words
from quality_mark.forms.judging.commission import RecusalForm, VoteForm
from quality_mark.forms.judging.deciding import ReasonForm
from quality_mark.letters_of_judging import title_of
from quality_mark.models import AgendaItem
from quality_mark.reading import case_of, heard_of, sheets
from quality_mark.use_cases import commission, counting, deciding, votes
from quality_mark.views.judging.commission import sittings_for
from quality_mark.views.judging.doors import needs


def _item_or_404(request, pk):
    rows = AgendaItem.objects.filter(sitting__in=sittings_for(request.user)).select_related(
        "sitting__term",
        "mark",
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
    recusals = list(found.recusals.select_related("member__person"))
    # What the portal knows keeps a member out before a vote begins and it is written down.
    kept_out = _kept_out(member, recusals, found)
    runs = may(user, Action.HANDLE_MARK) or (member is not None and member.is_chair)
    is_over = bool(found.sitting.signed_at) or commission.decided(found)
    context = forms | {
        "item": found,
        "application": found.application,
        "sitting": found.sitting,
        "member": member,
        "kept_out": kept_out,
        "votes": [_told(one, found) for one in rows],
        "open_vote": open_vote,
        "has_voted": bool(open_vote and member and any(b.voter_id == member.pk for b in open_vote.ballots.all())),
        "has_begun": bool(open_vote and open_vote.opens_at <= timezone.now()),
        "runs": runs and not found.sitting.signed_at,
        "is_over": is_over,
        "may_open": runs and not is_over and not open_vote,
        "may_ask_more": runs and found.application.state == ApplicationState.COMMISSION and not open_vote,
        "recusals": recusals,
        "title": title_of(found),
        "window": counting.window_words(open_vote, found, timezone.now()) if open_vote and runs else "",
        "early": _early(open_vote, found) if open_vote and runs else "",
        "suspension": found.mark.suspensions.first() if found.mark else None,
    }
    if not kept_out:
        context |= case_of(found.application) | {"heard": [] if found.mark else heard_of(found.application)}
        # Back in assessment, a member who assesses as well sees nothing before they have sent their own.
        if all_in(found.application):
            context["criteria"], context["summaries"], context["found"] = sheets(found.application)
    is_wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "quality_mark/judging/agenda_item.html", context, status=422 if is_wrong else 200)


def _kept_out(member, recusals, item):
    """Why this member takes no part, in words."""
    if member is None:
        return ""
    said = next((one.reason for one in recusals if one.member_id == member.pk), "")
    return said or seats.bar(member.person, item.application)


def _told(vote, item):
    """(the vote, what it says, who voted; of an open vote that is closed also how)."""
    ballots = vote.ballots.all()
    if vote.is_secret or not vote.closed_at:
        return vote, result_words(vote, item), ", ".join(str(one.voter) for one in ballots)
    names = ", ".join(f"{one.voter} ({one.get_choice_display()})" for one in ballots)
    return vote, result_words(vote, item), names


def _early(vote, item):
    """What the chair should know before closing this vote now; empty when nobody is waited for."""
    missing = counting.waited_for(vote, item, timezone.now())
    return counting.early_words(missing, vote.is_secret) if missing else ""


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
                votes.close(vote_id=vote.pk, anyway="mimo" in request.POST, **sent)
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
