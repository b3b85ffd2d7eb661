"""One position of a draft: its form, giving it up, taking it up again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from procurement.forms.plan_items import ItemForm
from procurement.models import ClauseKind, Mode
from procurement.plans.rows import items, rows
from procurement.use_cases.plans import contents, drafts
from procurement.use_cases.plans import items as verbs
from procurement.use_cases.plans.reading import clause_kinds, modes, tables
from procurement.views.plans.doors import for_planners, is_staff, posted, tried


@accepts("GET", "HEAD", "POST")
@for_planners
def new_item(request, plan):
    draft = drafts.draft_of(plan)
    if draft is None:
        raise Http404
    return _form(request, plan, None, None)


@accepts("GET", "HEAD", "POST")
@for_planners
def item(request, plan, position):
    draft = drafts.draft_of(plan)
    content = next((one for one in contents.read(draft) if one.position_id == position), None)
    if content is None:
        raise Http404
    return _form(request, plan, draft, content)


def _form(request, plan, draft, content):
    held = [clause["kind_id"] for clause in content.clauses] if content else []
    form = ItemForm(
        posted(request)[0],
        year=plan.year,
        tables=tables(plan.year),
        # One more time the mode that it has: it may not be in force any more.
        modes=(modes(plan.year) | Mode.objects.filter(pk=content.mode_id if content else None)).order_by("position"),
        kinds=ClauseKind.objects.filter(pk__in={*held, *clause_kinds(plan.year).values()}).order_by("position"),
        content=content,
    )
    if request.method == "POST" and form.is_valid() and (saved := _saved(request, plan, form, content)):
        return redirect(_next(request, plan, saved))
    row = None
    if content:
        [row] = rows(items(version=draft, position=content.position_id))
    context = {"plan": plan, "form": form, "content": content, "row": row, "is_staff": is_staff(request)}
    return render(request, "procurement/plans/item.html", context, status=422 if form.errors else 200)


def _saved(request, plan, form, content):
    try:
        saved = verbs.save_item(
            plan_id=plan.pk,
            position_id=content.position_id if content else None,
            values=form.values(),
            actor=request.user,
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(refusal.field, str(refusal))
        return None
    messages.success(request, f"Zapisano pozycję {saved.position.number}.")
    for note in form.notes:
        messages.info(request, f"{note[0].upper()}{note[1:]}.")
    return saved


def _next(request, plan, saved):
    if "nastepna" in request.POST:
        return reverse("procurement:plan_item_new", args=[plan.pk])
    return f"{reverse('procurement:plan', args=[plan.pk])}#p{saved.position_id}"


@accepts("POST")
@for_planners
def drop(request, plan, position):
    return _button(request, plan, position, verbs.drop_item)


@accepts("POST")
@for_planners
def take_up(request, plan, position):
    return _button(request, plan, position, verbs.take_up_again)


def _button(request, plan, position, verb):
    if request.method == "POST":
        tried(
            request,
            lambda: verb(plan_id=plan.pk, position_id=position, actor=request.user, now=timezone.now()) or True,
        )
    return redirect(f"{reverse('procurement:plan', args=[plan.pk])}#p{position}")
