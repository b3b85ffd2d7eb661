"""Before a version is published: as visitors will see it, what is new in it, and the button."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, paginate
from procurement.forms.plans import PlanScheduleForm, PublishForm
from procurement.plans import comparison
from procurement.plans.rows import items, rows, tables
from procurement.use_cases.plans import drafts, publishing
from procurement.views.plans.desk import ITEMS_PER_PAGE
from procurement.views.plans.doors import for_planners, is_staff, posted


@for_planners
def preview(request, plan):
    draft = drafts.draft_of(plan)
    if draft is None:
        raise Http404
    page = paginate(request, items(version=draft), ITEMS_PER_PAGE)
    context = {"plan": plan, "draft": draft, "page": page, "tables": tables(rows(page.object_list))}
    return render(request, "procurement/plans/preview.html", context)


@accepts("GET", "HEAD", "POST")
@for_planners
def publish_plan(request, plan):
    draft = drafts.draft_of(plan)
    if draft is None:
        if request.method != "POST" or not plan.current_id:
            raise Http404
        # Pressed twice, or while it was published by itself.
        messages.info(request, "Ten plan nie ma szkicu: ostatnia wersja jest już ogłoszona.")
        return redirect("procurement:plan", plan.pk)
    way = request.POST.get("jak", "")
    now_form = PublishForm(posted(request)[0] if way != "schedule" else None)
    day_form = PlanScheduleForm(request.POST if way == "schedule" else None, initial=_scheduled(draft))
    form = day_form if way == "schedule" else now_form
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _publish(request, plan, way, form))
            return redirect("procurement:plan", plan.pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    found = rows(items(version=draft))
    context = {
        "plan": plan,
        "draft": draft,
        "form": now_form,
        "day_form": day_form,
        "count": len(found),
        "marked": [row for row in found if row.update],
        "unfinished": [row for row in found if row.warnings],
        "is_staff": is_staff(request),
    }
    return render(request, "procurement/plans/publish.html", context, status=422 if form.errors else 200)


def _publish(request, plan, way, form):
    given = {"plan_id": plan.pk, "note": form.cleaned_data["note"], "actor": request.user, "now": timezone.now()}
    if way == "schedule":
        publishing.schedule(publish_at=form.publish_at, **given)
        return "Plan ukaże się sam w wybranym dniu."
    if way == "unschedule":
        publishing.unschedule(plan_id=plan.pk)
        return "Plan nie ukaże się sam."
    publishing.publish(**given)
    return "Plan jest ogłoszony w portalu."


def _scheduled(draft):
    if draft.publish_at is None:
        return {"note": draft.note}
    at = timezone.localtime(draft.publish_at)
    return {"day": at.date(), "hour": at.time(), "note": draft.note}


@for_planners
def differences(request, plan):
    """Two versions of the plan side by side, in words: `?od=1&do=2`, the last two without."""
    versions = list(plan.versions.order_by("number"))
    if len(versions) < 2:
        raise Http404
    older, newer = _chosen(versions, request.GET.get("od"), -2), _chosen(versions, request.GET.get("do"), -1)
    context = {
        "plan": plan,
        "versions": versions,
        "older": older,
        "newer": newer,
        "found": comparison.between(older, newer),
    }
    return render(request, "procurement/plans/differences.html", context)


def _chosen(versions, asked, otherwise):
    return next((one for one in versions if str(one.number) == asked), versions[otherwise])
