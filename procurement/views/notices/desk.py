"""The list of an officer's notices, a new one, and what is done with one as a whole."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts, paginate
from procurement.access import bought_by, may_buy_for
from procurement.choices import NoticeState
from procurement.forms.notices import ScheduleForm, StartForm
from procurement.forms.steps import ReasonForm
from procurement.models import Notice, PlanPosition
from procurement.notices import steps
from procurement.notices.buyers import buyers_of
from procurement.notices.history import state_badge
from procurement.notices.page import NoticePage
from procurement.notices.words import rows_of
from procurement.use_cases.notices import publishing, starting
from procurement.views.notices.doors import for_buyers, with_notice, with_page
from procurement.views.notices.frame import frame
from procurement.workflow import OFFICER, notices

PER_PAGE = 30


@for_buyers
def notice_list(request):
    own = Notice.objects.filter(bought_by(request.user))
    state = request.GET.get("stan", "")
    rows = own.filter(state=state) if state in NoticeState.values else own
    rows = rows.select_related("authority__institution", "unit").order_by("-changed_at", "pk")
    page = paginate(request, rows, PER_PAGE)
    counts = own.count_by_state()
    tabs = [
        {"label": "Wszystkie", "url": "?", "current": state not in NoticeState.values, "count": sum(counts.values())}
    ]
    tabs += [
        {"label": one.label.capitalize(), "url": f"?stan={one}", "current": state == one, "count": counts[one]}
        for one in NoticeState
        if one in counts
    ]
    lines = [(notice, state_badge(notice.state)) for notice in page]
    return render(request, "procurement/notices/list.html", {"page": page, "lines": lines, "tabs": tabs})


@accepts("GET", "HEAD", "POST")
@for_buyers
def new(request):
    """A draft from nothing; with `?pozycja=` one of a position of a plan, which a button asks for."""
    buyers = buyers_of(request.user)
    position = _position(request)
    form = StartForm(request.POST if "subject" in request.POST else None, buyers=list(buyers.values()))
    refusal = ""
    if request.method == "POST" and (position or form.is_valid()):
        try:
            return redirect("procurement:notice_step", _begun(request, form, position).pk, steps.WHAT)
        except Refused as refused:
            # Of a position nothing was typed: there is no form that could say it.
            if position:
                refusal = str(refused)
            else:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    status = 422 if refusal or (form.is_bound and form.errors) else 200
    context = {"form": form, "position": position, "one_buyer": len(buyers) == 1, "refusal": refusal}
    return render(request, "procurement/notices/new.html", context, status=status)


def _begun(request, form, position):
    now = timezone.now()
    if position:
        return starting.start_from_position(position_id=position.pk, actor=request.user, now=now)
    authority, _, unit = form.cleaned_data["buyer"].partition("-")
    return starting.start(
        authority_id=int(authority), unit_id=int(unit) if unit else None, subject=form.cleaned_data["subject"],
        actor=request.user, now=now, contact_email=request.user.email,
    )  # fmt: skip


def _position(request):
    """The position of a public plan of the person's own that is asked for; 404 for any other."""
    number = request.POST.get("pozycja") or request.GET.get("pozycja", "")
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Http404
    rows = PlanPosition.objects.exclude(plan__current=None).select_related(
        "plan__authority__institution", "plan__unit"
    )
    position = rows.filter(pk=int(number)).first()
    if position is None or not may_buy_for(request.user, position.plan):
        raise Http404
    return position


@with_page
def notice(request, notice):
    """All of it on one page with its checks, and what may be done now."""
    possible = {one.name: one for one in notices.available(state=notice.state, actor=OFFICER)}
    context = frame(notice, steps.SUMMARY) | {
        "page": NoticePage(notice, now=timezone.now()),
        "facts": [
            (key, label, [row for row in rows_of(notice, key) if row[1]])
            for key, label in steps.STEPS.items()
            if key != steps.SUMMARY
        ],
        "possible": possible,
        "awards": list(notice.awards.all()),
    }
    return render(request, "procurement/notices/notice.html", context)


@with_page
def preview(request, notice):
    """The notice as suppliers will see it."""
    context = {"page": NoticePage(notice, now=timezone.now()), "notice": notice, "is_preview": True, "links": []}
    return render(request, "procurement/notice_detail.html", context)


@accepts("GET", "HEAD", "POST")
@with_notice()
def publish(request, notice):
    """Now, on a day, or not by itself after all; with the checks above the buttons."""
    way = request.POST.get("jak", "")
    form = ScheduleForm(request.POST if way == "schedule" else None, initial=_scheduled(notice))
    refusal = ""
    if way in ("publish", "unschedule") or (way == "schedule" and form.is_valid()):
        try:
            messages.success(request, _publish(request, notice, way, form))
            return redirect("procurement:notice", notice.pk)
        except Refused as refused:
            if way == "schedule" and refused.field in form.fields:
                form.add_error(refused.field, str(refused))
            else:
                refusal = str(refused)
    possible = {one.name for one in notices.available(state=notice.state, actor=OFFICER)}
    context = frame(notice, steps.SUMMARY) | {"form": form, "refusal": refusal, "possible": possible}
    faulty = refusal or (form.is_bound and form.errors)
    return render(request, "procurement/notices/publish.html", context, status=422 if faulty else 200)


def _publish(request, notice, way, form):
    given = {"notice_id": notice.pk, "actor": request.user, "now": timezone.now()}
    if way == "schedule":
        publishing.schedule(publish_at=form.publish_at, **given)
        return "Ogłoszenie ukaże się samo w wybranym dniu."
    if way == "unschedule":
        publishing.unschedule(**given)
        return "To znowu szkic. Nie ukaże się samo."
    publishing.publish(**given)
    return "Ogłoszenie jest ogłoszone."


def _scheduled(notice):
    if notice.publish_at is None:
        return {}
    at = timezone.localtime(notice.publish_at)
    return {"day": at.date(), "hour": at.time()}


@accepts("GET", "HEAD", "POST")
@with_notice()
def withdraw(request, notice):
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            publishing.withdraw(notice_id=notice.pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, "Ogłoszenie jest wycofane.")
            return redirect("procurement:notice", notice.pk)
    context = {"notice": notice, "form": form}
    return render(request, "procurement/notices/withdraw.html", context, status=422 if form.errors else 200)


@accepts("GET", "HEAD", "POST")
@with_notice()
def discard(request, notice):
    refusal = ""
    if request.method == "POST":
        try:
            publishing.discard(notice_id=notice.pk)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "Szkic jest usunięty.")
            return redirect("procurement:notice_list")
    context = {"notice": notice, "refusal": refusal}
    return render(request, "procurement/notices/discard.html", context, status=422 if refusal else 200)


@accepts("POST")
@with_notice()
def copy(request, notice):
    """Pressed on the page of the notice; an address typed by hand leads back there."""
    if request.method != "POST":
        return redirect("procurement:notice", notice.pk)
    new_one = starting.copy(notice_id=notice.pk, actor=request.user, now=timezone.now())
    messages.success(request, "Nowy szkic ma te same dane. Sprawdź wartość, terminy i dokumenty.")
    return redirect("procurement:notice_step", new_one.pk, steps.WHAT)
