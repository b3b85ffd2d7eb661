"""Pictures of one offer: those on the card, and those that are only proposed and that few may see."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core.exceptions import Refused
from core.http import accepts, throttle
from registry.choices import Subject
from registry.models import ProposedPicture
from registry.pictures import CONTENT_TYPE, picture_of
from registry.proposals.access import may_edit
from registry.proposals.desk import Desk
from registry.use_cases.proposals import drafting
from registry.views.proposals.doors import asked_section, for_editor

PER_HOUR = 60  # drawing a picture anew costs a second


class PictureForm(forms.Form):
    image = forms.FileField(
        label="Zdjęcie",
        help_text="JPEG, PNG lub WebP, najwyżej 10 MB. Miejsce i czas, które zapisał aparat, usuwamy.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": "Wybierz zdjęcie.", "empty": "Plik jest pusty."},
    )
    alt = forms.CharField(
        label="Opis dla osób, które go nie widzą",
        max_length=300,
        help_text="Na przykład: dwie osoby pakują zestawy obiadowe.",
        error_messages={"required": "Opisz słowami, co widać na zdjęciu."},
    )


@accepts("GET", "HEAD", "POST")
@for_editor
def card_pictures(request, organisation, key):
    section, desk = asked_section(organisation, f"oferty:{key}"), Desk(organisation)
    draft = drafting.own_draft(organisation, request.user)
    typed = draft.typed if draft else {}
    if section.row is None and section.code not in typed:
        raise Http404
    offer = None if section.row is None else desk.rows(Subject.OFFER).get(section.row)
    if section.row is not None and offer is None:
        raise Http404
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and _dropped(request, organisation):
        return redirect(request.path)
    if request.method == "POST" and form.is_valid() and _added(request, organisation, section, form):
        return redirect(request.path)
    context = {
        "organisation": organisation,
        "section": section,
        "title": str(offer) if offer else typed[section.code].get("name") or "nowa oferta",
        "form": form,
        "pictures": [_known(one, draft) for one in (offer.pictures.all() if offer else ())],
        "proposed": list(draft.pictures.filter(offer=section.code).order_by("pk")) if draft else [],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "registry/proposals/pictures.html", context, status=status)


def _known(row, draft):
    code = f"zdjecia:{row.pk}"
    typed = draft.typed.get(code, {}) if draft else {}
    return {
        "picture": picture_of(row),
        "code": code,
        "key": str(row.pk),
        "alt": typed.get("alt"),
        "is_removed": bool(draft) and code in draft.removed,
    }


def _dropped(request, organisation):
    key = request.POST.get("usun", "")
    if not key:
        return False
    if key.isascii() and key.isdigit() and len(key) < 18:
        drafting.drop_picture(
            organisation_id=organisation.pk, picture_id=int(key), actor=request.user, now=timezone.now()
        )
        messages.success(request, "Zdjęcie usunięto ze szkicu.")
    return True


def _added(request, organisation, section, form):
    throttle("proposed-picture", request.user.pk, limit=PER_HOUR, seconds=3600)
    try:
        drafting.add_picture(
            organisation_id=organisation.pk, offer=section, upload=form.cleaned_data["image"],
            alt=form.cleaned_data["alt"], actor=request.user, now=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(refusal.field or "image", str(refusal))
        return False
    messages.success(request, "Zdjęcie jest w szkicu. Inni zobaczą je dopiero, gdy koordynator je przyjmie.")
    return True


@login_required
@never_cache
def proposed_picture(request, pk):
    """One proposed picture, for its author, those who act for the organisation once it is sent, and coordinators."""
    rows = ProposedPicture.objects.select_related(
        "proposal__organisation__unit", "proposal__organisation__institution"
    )
    picture = get_object_or_404(rows, pk=pk)
    proposal = picture.proposal
    is_own = proposal.author_id == request.user.pk
    is_sent = proposal.sent_at is not None
    may_see = is_sent and (
        request.user.has_perm("registry.view_proposal") or may_edit(request.user, proposal.organisation)
    )
    if not (is_own or may_see):
        raise Http404
    try:
        with default_storage.open(picture.image.name) as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    return HttpResponse(content, content_type=CONTENT_TYPE)
