"""Pages of the commission as a whole: its sittings, terms and members."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.choices import Role
from accounts.models import RoleGrant
from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts, paginate
from quality_mark.choices import ApplicationState
from quality_mark.commission import seats
from quality_mark.decisions.opinions import unlisted_marks
from quality_mark.decisions.waiting import with_recommendation
from quality_mark.forms.judging.commission import MemberForm, SittingForm, TermForm
from quality_mark.models import AgendaItem, Application, Member, Sitting, Term
from quality_mark.own_cases import not_own
from quality_mark.use_cases import commission, terms
from quality_mark.views.judging.doors import needs, number

PER_PAGE = 30


def sittings_for(user):
    """All of them for the office, for members those they were called to."""
    if may(user, Action.HANDLE_MARK):
        return Sitting.objects.all()
    return seats.sittings_of(user, timezone.localdate())


def unlisted(user):
    """Cases with the commission that no sitting has yet and that nobody has voted on."""
    listed = AgendaItem.objects.filter(application=OuterRef("pk"), sitting__signed_at=None)
    rows = with_recommendation(not_own(Application.objects.filter(state=ApplicationState.COMMISSION), user))
    return (
        rows.filter(~Exists(listed), recommendation=None)
        .select_related("rulebook", "offer__organisation__institution", "offer__organisation__unit")
        .prefetch_related("pauses")
        .order_by("due_at", "pk")
    )


@accepts("GET", "HEAD", "POST")
@needs(Action.VOTE_ON_MARK, Action.HANDLE_MARK)
def overview(request):
    is_office = may(request.user, Action.HANDLE_MARK)
    forms = {"sitting_form": SittingForm(), "term_form": TermForm()}
    if request.method == "POST":
        if not is_office:
            raise Http404
        answer = _planned(request, forms) if request.POST.get("co") == "posiedzenie" else _begun(request, forms)
        if answer:
            return answer
    rows = sittings_for(request.user).select_related("term").annotate(cases=Count("items"))
    context = {"page": paginate(request, rows.order_by("-starts_at", "-pk"), PER_PAGE), "is_office": is_office}
    if is_office:
        context |= forms | {"terms": Term.objects.all(), "unlisted": unlisted(request.user)[:PER_PAGE]}
        context["unlisted_marks"] = unlisted_marks(request.user)[:PER_PAGE]
    is_wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "quality_mark/judging/commission.html", context, status=422 if is_wrong else 200)


def _planned(request, forms):
    form = forms["sitting_form"] = SittingForm(request.POST)
    if not form.is_valid():
        return None
    given = form.cleaned_data
    starts_at = timezone.make_aware(datetime.combine(given.pop("day"), given.pop("time")))
    day = timezone.localdate(starts_at)
    term = Term.objects.filter(starts_on__lte=day).exclude(ends_on__lt=day).first()
    if term is None:
        form.add_error("day", "W tym dniu nie trwa żadna kadencja.")
        return None
    try:
        planned = commission.plan_sitting(term_id=term.pk, starts_at=starts_at, **given, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    return redirect("quality_mark:sitting", planned.pk)


def _begun(request, forms):
    form = forms["term_form"] = TermForm(request.POST)
    if not form.is_valid():
        return None
    try:
        begun = terms.begin_term(**form.cleaned_data, actor=request.user)
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    return redirect("quality_mark:term", begun.pk)


@accepts("GET", "HEAD", "POST")
@needs(Action.HANDLE_MARK)
def term(request, pk):
    found = get_object_or_404(Term, pk=pk)
    people = [one.user for one in RoleGrant.objects.held_by_active(Role.COMMISSION, timezone.localdate())]
    form = MemberForm(people=people)
    if request.method == "POST":
        sent = {"actor": request.user, "now": timezone.now()}
        if request.POST.get("co") == "koniec":
            member = get_object_or_404(found.members, pk=number(request.POST.get("osoba", "")))
            terms.end_membership(member_id=member.pk, **sent)
            messages.success(request, "Członkostwo jest zakończone.")
            return redirect("quality_mark:term", pk)
        form = MemberForm(request.POST, people=people)
        if form.is_valid() and _added(form, pk, sent):
            return redirect("quality_mark:term", pk)
    members = Member.objects.filter(term=found).select_related("person")
    context = {"term": found, "members": members, "form": form}
    return render(request, "quality_mark/judging/term.html", context, status=422 if form.errors else 200)


def _added(form, pk, sent):
    what = form.cleaned_data["as_what"]
    kinds = {"is_chair": what == "przewodniczacy", "is_substitute": what == "zastepca"}
    try:
        terms.add_member(term_id=pk, person_id=form.cleaned_data["person"], **kinds, **sent)
    except Refused as refusal:
        form.add_error("person" if refusal.field == "person" else "as_what", str(refusal))
        return False
    return True
