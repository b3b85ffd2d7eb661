"""The plans of a person: the list, a new one, one plan with its draft, its head."""

from django.db.models import Count, Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, paginate
from procurement.choices import PlanState
from procurement.forms.plans import COPY, EMPTY, FILE, HeadForm, NewPlanForm
from procurement.models import PlanVersion
from procurement.plans.access import plans_of
from procurement.plans.desk import allowed_days, deadline_of, standing
from procurement.plans.rows import items, rows, tables
from procurement.use_cases.plans import drafts, making
from procurement.views.plans.doors import for_buyers, for_planners, is_staff, posted, tried

PER_PAGE, ITEMS_PER_PAGE = 30, 100


@for_buyers
def plan_list(request):
    now, rules = timezone.now(), allowed_days()
    draft = PlanVersion.objects.filter(plan=OuterRef("pk"), state=PlanState.DRAFT)
    plans = (
        plans_of(request.user)
        .select_related("authority__institution", "unit", "current")
        .annotate(has_draft=Exists(draft), items_count=Count("current__items"))
        .order_by("-year", "authority__institution__sort_key", "unit__name", "pk")
    )
    page = paginate(request, plans, PER_PAGE)
    lines = [(plan, deadline_of(plan, rules), *standing(plan, rules, now)) for plan in page.object_list]
    return render(request, "procurement/plans/list.html", {"page": page, "lines": lines})


@accepts("GET", "HEAD", "POST")
@for_buyers
def new_plan(request):
    now = timezone.now()
    initial = {"year": timezone.localdate(now).year + (timezone.localdate(now).month > 9)}
    form = NewPlanForm(posted(request)[0], buyers=request.buyers, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        buyer, start = given.pop("buyer"), given.pop("start")
        try:
            plan = making.make_plan(
                authority=buyer.authority, unit=buyer.unit, **given, copied=start == COPY, actor=request.user, now=now
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            address = {FILE: "plan_file", EMPTY: "plan_item_new"}.get(start, "plan")
            return redirect(f"procurement:{address}", plan.pk)
    return render(request, "procurement/plans/new.html", {"form": form}, status=422 if form.errors else 200)


@for_planners
def plan(request, plan):
    """The draft when there is one, else what is published."""
    now, draft = timezone.now(), drafts.draft_of(plan)
    shown, rules = draft or plan.current, allowed_days()
    page = paginate(request, items(version=shown), ITEMS_PER_PAGE)
    found = rows(page.object_list)
    words, kind = standing(plan, rules, now)
    context = {
        "plan": plan,
        "draft": draft,
        "shown": shown,
        "page": page,
        "tables": tables(found),
        "count": page.paginator.count,
        "unfinished": sum(1 for row in found if row.warnings),
        "deadline": deadline_of(plan, rules),
        "standing": words,
        "standing_kind": kind,
        "versions": plan.versions.select_related("published_by").order_by("-number"),
        "imports": plan.imports.defer("drafts", "notes").order_by("-pk")[:5],
        "is_staff": is_staff(request),
        "may_edit": draft is not None,
    }
    return render(request, "procurement/plans/plan.html", context)


@accepts("GET", "HEAD", "POST")
@for_planners
def plan_head(request, plan):
    initial = {"budget_on": plan.budget_on, "bzp_number": plan.bzp_number, "url": plan.url}
    form = HeadForm(posted(request)[0], initial=initial)
    if request.method == "POST" and form.is_valid():
        making.change_plan(plan_id=plan.pk, **form.cleaned_data, now=timezone.now())
        return redirect("procurement:plan", plan.pk)
    return render(
        request, "procurement/plans/head.html", {"plan": plan, "form": form}, status=422 if form.errors else 200
    )


@accepts("POST")
@for_planners
def start_draft(request, plan):
    if request.method == "POST":
        tried(request, lambda: drafts.start_draft(plan_id=plan.pk, actor=request.user, now=timezone.now()))
    return redirect("procurement:plan", plan.pk)


@accepts("GET", "HEAD", "POST")
@for_planners
def discard(request, plan):
    """Throw the draft away, and the plan with it when nobody has ever seen it."""
    if request.method == "POST":
        if plan.current_id:
            tried(
                request,
                lambda: drafts.discard_draft(plan_id=plan.pk),
                "Szkic usunięto. Ogłoszona wersja się nie zmieniła.",
            )
            return redirect("procurement:plan", plan.pk)
        tried(request, lambda: making.remove_plan(plan_id=plan.pk), "Plan usunięto.")
        return redirect("procurement:plan_list")
    return render(request, "procurement/plans/discard.html", {"plan": plan, "draft": drafts.draft_of(plan)})
