"""A step of an event, asked once more before it is taken; copies."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from events.coordination.hours import typed
from events.forms.days import DaysFormSet
from events.forms.desk import CopyForm, ReasonForm, WordsForm
from events.models import Event
from events.use_cases.calendar import steps as event_steps
from events.use_cases.calendar.copying import copy_event, repeat_event
from events.views.doors import event_of, for_coordinators
from events.workflow import STAFF, events


@accepts("GET", "HEAD", "POST")
@for_coordinators
def step(request, slug, key):
    event = event_of(slug)
    page = PAGES.get(key)
    if page is None:
        raise Http404
    if request.method != "POST" and not _is_possible(event, key):
        messages.info(request, f"Tego kroku nie ma teraz: wydarzenie jest w stanie „{event.get_state_display()}”.")
        return redirect("events:desk", slug)
    return page(request, event)


def _is_possible(event, name):
    return name in {one.name for one in events.available(state=event.state, actor=STAFF)}


def _publish(request, event):
    refused = None
    if request.method == "POST":
        try:
            event_steps.publish(event_id=event.pk, actor=request.user, now=timezone.now())
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, "Wydarzenie jest ogłoszone.")
            return redirect("events:desk", event.slug)
    context = {"event": event, "days": event.days.all(), "refused": refused}
    context["label"] = _field_label(refused.field) if refused else ""
    return render(request, "events/desk/publish.html", context, status=422 if refused else 200)


def _field_label(name):
    if name == "days":
        return "Termin"
    label = Event._meta.get_field(name).verbose_name if name else ""
    return f"{label[:1].upper()}{label[1:]}"


def _move(request, event):
    initial = [typed(day.starts_at, day.ends_at, is_all_day=day.is_all_day) for day in event.days.all()]
    given = request.POST if request.method == "POST" else None
    days, form = DaysFormSet(given, initial=initial, prefix="dni"), WordsForm(given)
    if given is not None and days.is_valid() and form.is_valid():
        try:
            event_steps.move(
                event_id=event.pk,
                days=days.spans(),
                words=form.cleaned_data["words"],
                actor=request.user,
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Termin jest zmieniony. Zapisane osoby dostaną list.")
            return redirect("events:desk", event.slug)
    context = {"event": event, "days": days, "form": form, "people": event.registrations.active().count()}
    faulty = bool(form.errors or (given is not None and not days.is_valid()))
    return render(request, "events/desk/move.html", context, status=422 if faulty else 200)


def _cancel(request, event):
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "Te słowa zobaczą wszyscy na stronie wydarzenia i w liście."
    if request.method == "POST" and form.is_valid():
        try:
            event_steps.cancel(event_id=event.pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Wydarzenie jest odwołane. Zapisane osoby dostaną list.")
            return redirect("events:desk", event.slug)
    context = {"event": event, "form": form, "people": event.registrations.active().count()}
    return render(request, "events/desk/cancel.html", context, status=422 if form.errors else 200)


PAGES = {"publish": _publish, "move": _move, "cancel": _cancel}


@accepts("GET", "HEAD", "POST")
@for_coordinators
def copy(request, slug):
    event = event_of(slug)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            copies = _copies(event, form.cleaned_data, request.user)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, f"Gotowe szkice: {len(copies)}. Każdy trzeba sprawdzić i ogłosić.")
            if len(copies) == 1:
                return redirect("events:desk", copies[0].slug)
            return redirect(f"{reverse('admin:events_event_changelist')}?cykl={copies[0].series_id}")
    context = {"event": event, "form": form}
    return render(request, "events/desk/copy.html", context, status=422 if form.errors else 200)


def _copies(event, given, actor):
    now = timezone.now()
    if given["every"]:
        return repeat_event(event_id=event.pk, every=given["every"], times=given["times"], actor=actor, now=now)
    return [copy_event(event_id=event.pk, starts_on=given["starts_on"], actor=actor, now=now)]
