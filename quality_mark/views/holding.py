"""The holder's pages: the agreement, the mark with its certificate, files and badge, renewal, hearing, complaint."""

import io
import zipfile

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts
from quality_mark.access import may_act, organisations_of
from quality_mark.applying import steps
from quality_mark.calendar import last_day
from quality_mark.choices import Actor, ApplicationState
from quality_mark.forms.supervision import ComplaintForm, DeclareForm, ExplainForm, SignedForm
from quality_mark.models import Agreement, Certificate, Mark, Paper
from quality_mark.register.badge import badge_html
from quality_mark.register.numbers import page_of
from quality_mark.register.standing import on_day
from quality_mark.use_cases import agreements, complaints, renewing, sign_files, supervision
from quality_mark.views.forms import done, form_page, sent
from quality_mark.views.own import own_application
from quality_mark.views.register import BADGES


def own_one(request, pk):
    """404 for whoever does not act for the holder."""
    marks = Mark.objects.told().filter(offer__organisation__in=organisations_of(request.user))
    return get_object_or_404(marks.prefetch_related("licences__application__rulebook"), pk=pk)


@accepts("GET", "HEAD", "POST")
@login_required
def agreement(request, pk):
    """Reading and signing the agreement: by an uploaded copy, or by a typed declaration where the rules take one."""
    application = own_application(request, pk)
    row = Agreement.objects.filter(application=application).select_related("paper", "signed").first()
    if row is None and application.state != ApplicationState.GRANTED:
        raise Http404
    waits = application.state == ApplicationState.GRANTED and row is not None
    declare, signed = DeclareForm(prefix="declare"), SignedForm(prefix="copy")
    if request.method == "POST" and waits:
        given = {"application_id": pk}
        if "declare" in request.POST:
            form = declare = sent(request, DeclareForm, prefix="declare")
            verb, name = agreements.sign_by_declaration, "signed_name"
            given["name"] = form.cleaned_data.get(name, "") if form.is_valid() else ""
        else:
            form = signed = sent(request, SignedForm, prefix="copy")
            verb = agreements.sign_by_file
            given["upload"] = form.cleaned_data.get("files") if form.is_valid() else None
        if done(request, form, verb, "Umowa jest podpisana w imieniu podmiotu. Teraz podpisuje ją urząd.", **given):
            return redirect("quality_mark:agreement", pk)
    context = {
        "application": application,
        "agreement": row,
        "waits": waits,
        "last_day": last_day(application.due_at) if application.due_at else None,
        "declare": declare if application.rulebook.takes_typed_declaration else None,
        "signed": signed,
    }
    status = 422 if declare.errors or signed.errors else 200
    return render(request, "quality_mark/holding/agreement.html", context, status=status)


@login_required
def own_mark(request, pk):
    mark = own_one(request, pk)
    now = timezone.now()
    today = timezone.localdate(now)
    stand = on_day(mark, today)
    draft = mark.renewals.exclude(state__in=ApplicationState.over()).first()
    until = complaints.until_of_mark(mark)
    hearing = mark.suspensions.filter(ended_at=None).first()
    context = {
        "mark": mark,
        "stand": stand,
        "badge": BADGES[stand.status] if stand else "",
        "days_left": (mark.valid_until - today).days,
        "licences": [(one, getattr(one, "certificate", None)) for one in _licences(mark)],
        "renewal": draft,
        "why_not": "" if draft else renewing.why_not(mark, today),
        "hearing": hearing,
        "may_explain": hearing and hearing.hearing_until > now,
        "complain_until": complaints.complain_until(until, mark.complaints.all(), now),
        "complaints": mark.complaints.all(),
        "complaint_url": reverse("quality_mark:mark_complaint", args=[pk]),
        "letters": Paper.objects.filter(pk__in=mark.steps.values("paper"), is_shown=True),
        "page": page_of(mark.number),
        "badge_html": badge_html(mark.number),
    }
    return render(request, "quality_mark/holding/mark.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def renewal(request, pk):
    """Only a button: whoever merely looks is led to the mark."""
    mark = own_one(request, pk)
    if request.method == "POST":
        try:
            draft = renewing.begin(mark_id=mark.pk, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect(steps.url_of(draft.pk, steps.CHANGES))
    return redirect("quality_mark:own_mark", pk)


@accepts("GET", "HEAD", "POST")
@login_required
def sign_pack(request, pk):
    """The files of the sign as one archive. Fetched by pressing a button, because each time is written down."""
    mark = own_one(request, pk)
    if request.method == "POST":
        try:
            files = sign_files.take(mark_id=mark.pk, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return _archive(mark, files)
    return redirect("quality_mark:own_mark", pk)


@accepts("GET", "HEAD", "POST")
@login_required
def explanation(request, pk):
    mark = own_one(request, pk)
    row = mark.suspensions.filter(ended_at=None).first()
    if row is None:
        raise Http404
    form = sent(request, ExplainForm) if request.method == "POST" else ExplainForm(initial={"text": row.explanation})
    text = form.cleaned_data["text"] if request.method == "POST" and form.is_valid() else ""
    if done(request, form, supervision.explain, "Wyjaśnienia zostały zapisane.", mark_id=pk, text=text):
        return redirect("quality_mark:own_mark", pk)
    return form_page(
        request, form=form, title=f"Wyjaśnienia do zawieszenia znaku {mark.number}", button="Wyślij wyjaśnienia",
        back=(f"Znak {mark.number}", reverse("quality_mark:own_mark", args=[pk])), text=row.reason,
    )  # fmt: skip


@accepts("GET", "HEAD", "POST")
@login_required
def mark_complaint(request, pk):
    mark = own_one(request, pk)
    back = f"Znak {mark.number}", reverse("quality_mark:own_mark", args=[pk])
    rules = renewing.rules_of(mark)
    return _complaint(request, complaints.complain_about_mark, {"mark_id": pk}, rules, back)


@accepts("GET", "HEAD", "POST")
@login_required
def application_complaint(request, pk):
    application = own_application(request, pk)
    back = str(application), reverse("quality_mark:application", args=[pk])
    given = {"application_id": pk}
    return _complaint(request, complaints.complain_about_application, given, application.rulebook, back)


@login_required
def certificate(request, pk):
    """The holder's and the office's; made by a worker, so that there may be none yet."""
    rows = Certificate.objects.exclude(made_at=None).select_related(
        "licence__mark__offer__organisation__unit", "licence__mark__offer__organisation__institution"
    )
    row = get_object_or_404(rows, pk=pk)
    mark = row.licence.mark
    if not may_act(request.user, Actor.APPLICANT, mark) and not may(request.user, Action.HANDLE_MARK):
        raise Http404
    if not row.file or not row.file.storage.exists(row.file.name):
        raise Http404
    name = f"certyfikat-{mark.number.replace('/', '-')}.pdf"
    response = FileResponse(row.file.open(), filename=name, content_type="application/pdf")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _licences(mark):
    return mark.licences.select_related("certificate").order_by("-granted_on")


def _complaint(request, verb, given, rules, back):
    form = sent(request, ComplaintForm)
    text = form.cleaned_data["text"] if request.method == "POST" and form.is_valid() else ""
    if done(request, form, verb, "Skarga została złożona.", text=text, **given):
        return redirect(back[1])
    body = f"Skargę rozpatruje: {rules.complaint_body}." if rules and rules.complaint_body else ""
    return form_page(request, form=form, title="Skarga", button="Złóż skargę", back=back, text=body)


def _archive(mark, files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    response = HttpResponse(content.getvalue(), content_type="application/zip")
    name = f"znak-{mark.number.replace('/', '-')}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
