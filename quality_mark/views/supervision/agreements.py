"""Agreements that are not signed by both sides, and certificates that wait."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.jobs import orders
from accounts.permissions import may
from core.http import paginate
from quality_mark.access import is_own
from quality_mark.applying.progress import is_too_late_to_sign
from quality_mark.choices import ApplicationState
from quality_mark.forms import supervision as forms
from quality_mark.models import Agreement, Application, Certificate
from quality_mark.tasks.jobs import CERTIFICATES
from quality_mark.use_cases import ungranting
from quality_mark.use_cases.agreements import unsigned
from quality_mark.use_cases.licensing import countersign
from quality_mark.views.forms import done, form_page, sent
from quality_mark.views.supervision.doors import HEAD, OFFICE, PER_PAGE, for_whom


@for_whom(OFFICE, HEAD, methods=("GET", "HEAD"))
def agreements(request):
    """Granted applications whose agreement is not signed by both sides, those that end first on top."""
    rows = Application.objects.filter(state=ApplicationState.GRANTED).select_related(
        "agreement", "offer__organisation__institution", "offer__organisation__unit"
    )
    page = paginate(request, rows.order_by("due_at", "pk"), PER_PAGE)
    waiting = Certificate.objects.filter(made_at=None).count()
    return render(request, "quality_mark/supervision/agreements.html", {"page": page, "waiting": waiting})


@for_whom(OFFICE, HEAD)
def agreement_desk(request, pk):
    """The office's signature, or the director's end of a grant that was not signed in time."""
    rows = Application.objects.select_related("offer__organisation__institution", "offer__organisation__unit")
    application = get_object_or_404(rows, pk=pk, state__in=[ApplicationState.GRANTED, ApplicationState.ACTIVE])
    row = Agreement.objects.filter(application=application).select_related("paper", "signed").first()
    form = sent(request, forms.NoteForm)
    note = form.cleaned_data.get("note", "") if request.method == "POST" and form.is_valid() else ""
    given = {"application_id": pk, "note": note}
    if "unsigned" in request.POST:
        verb, words = unsigned, "Przyznanie zakończone: umowy nie podpisano."
    else:
        verb, words = countersign, "Umowa podpisana przez obie strony, certyfikat powstaje."
    if done(request, form, verb, words, **given):
        return redirect("quality_mark:agreements")
    now, is_signed = timezone.now(), bool(row and row.holder_signed_at)
    context = {
        "application": application,
        "agreement": row,
        "form": form,
        "is_granted": application.state == ApplicationState.GRANTED,
        "may_sign": may(request.user, OFFICE) and is_signed,
        # What the holder signed in time is not ended because the office is late.
        "may_end": may(request.user, HEAD) and is_too_late_to_sign(application, now) and not is_signed,
        "may_ungrant": may(request.user, HEAD) and application.state == ApplicationState.GRANTED,
        "is_own": is_own(request.user, application.offer.organisation),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quality_mark/supervision/agreement.html", context, status=status)


@for_whom(HEAD)
def ungrant(request, pk):
    """What was granted by mistake is taken back, as long as the agreement is not signed by both sides."""
    application = get_object_or_404(Application, pk=pk, state=ApplicationState.GRANTED)
    form = sent(request, forms.ReasonForm)
    reason = form.cleaned_data["reason"] if request.method == "POST" and form.is_valid() else ""
    given = {"application_id": pk, "reason": reason}
    if done(request, form, ungranting.ungrant, "Przyznanie cofnięte: wniosek jest znów w Kapitule.", **given):
        return redirect("quality_mark:decisions")
    back = f"Umowa {application}", reverse("quality_mark:agreement_desk", args=[pk])
    text = "Umowa przestaje obowiązywać, a wniosek wraca do Kapituły i można go rozstrzygnąć jeszcze raz."
    title = f"Cofnij przyznanie: {application}"
    return form_page(request, form=form, title=title, back=back, button="Cofnij przyznanie", text=text)


@for_whom(OFFICE, methods=("GET", "HEAD", "POST"))
def make_certificates(request):
    """Orders all waiting certificates as long work with progress; whoever merely looks is led back."""
    if request.method != "POST":
        return redirect("quality_mark:agreements")
    job = orders.ask(
        kind=CERTIFICATES, title="Certyfikaty znaku", owner=request.user, back=reverse("quality_mark:agreements"),
        now=timezone.now(),
    )  # fmt: skip
    return redirect("jobs:job", job.pk)
