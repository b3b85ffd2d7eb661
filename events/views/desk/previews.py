"""Texts and forms of an edition as people see them, announced, begun anew. Closing an edition."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from core.exceptions import Refused
from core.http import accepts
from events.coordination.texts import blocks
from events.forms.desk import ReasonForm
from events.forms.preview import as_form
from events.models import Edition, EditionText, FormVersion
from events.use_cases.enrolment.editions import close_edition as close
from events.use_cases.enrolment.versions import new_version, publish_version
from events.views.doors import for_coordinators


@accepts("GET", "HEAD", "POST")
@for_coordinators
def text_preview(request, pk):
    return _preview(request, EditionText, pk, "events/desk/text_preview.html", _of_text)


@accepts("GET", "HEAD", "POST")
@for_coordinators
def form_preview(request, pk):
    return _preview(request, FormVersion, pk, "events/desk/form_preview.html", _of_form)


def _of_text(version):
    return {"blocks": blocks(version.body)}


def _of_form(version):
    return {"blocks": blocks(version.introduction), "form": as_form(version.questions.all())}


def _preview(request, model, pk, template, more):
    version = get_object_or_404(model.objects.select_related("edition"), pk=pk)
    refused, admin = "", f"admin:events_{model._meta.model_name}_change"
    if request.method == "POST":
        try:
            if request.POST.get("krok") == "nowa":
                draft = new_version(model=model, version_id=pk, now=timezone.now())
                messages.success(request, f"Szkic: wersja {draft.version}.")
                return redirect(admin, draft.pk)
            if request.POST.get("krok") == "oglos":
                _announce(request, model, pk)
                return redirect(request.path)
            raise Http404
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "version": version,
        "refused": refused,
        "day": request.POST.get("dzien", version.valid_from.isoformat()),
        "admin": reverse(admin, args=[pk]),
    }
    return render(request, template, context | more(version), status=422 if refused else 200)


def _announce(request, model, pk):
    try:
        day = parse_date(request.POST.get("dzien", ""))
    except ValueError:
        day = None
    if day is None:
        raise Refused("Podaj dzień, od którego obowiązuje ta wersja.")
    publish_version(model=model, version_id=pk, valid_from=day, actor=request.user, now=timezone.now())
    messages.success(request, "Wersja jest ogłoszona i już się nie zmieni.")


@accepts("GET", "HEAD", "POST")
@for_coordinators
def close_edition(request, slug):
    edition = get_object_or_404(Edition, slug=slug)
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = "Zostanie w historii edycji."
    if request.method == "POST" and form.is_valid():
        try:
            close(edition_id=edition.pk, actor=request.user, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Edycja nie przyjmuje już zgłoszeń.")
            return redirect("admin:events_edition_change", edition.pk)
    context = {"edition": edition, "form": form}
    return render(request, "events/desk/close_edition.html", context, status=422 if form.errors else 200)
