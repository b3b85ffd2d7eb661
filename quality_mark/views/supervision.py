"""The office's pages of agreements and marks: who may do what is asked again by each verb, on the locked row."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.jobs import orders
from accounts.permissions import Action, may
from core.http import accepts, paginate
from quality_mark import workflow
from quality_mark.access import is_own
from quality_mark.choices import Actor, ApplicationState, MarkState, Standing
from quality_mark.decisions.opinions import opinion_of
from quality_mark.forms import supervision as forms
from quality_mark.models import (
    Agreement,
    Application,
    Certificate,
    Complaint,
    Draw,
    Mark,
    MisuseReport,
    SignFile,
)
from quality_mark.register.numbers import page_of
from quality_mark.register.standing import on_day
from quality_mark.tasks.jobs import CERTIFICATES
from quality_mark.use_cases import complaints, licensing, sign_files, supervision, ungranting
from quality_mark.use_cases.drawing import to_review
from quality_mark.views.forms import done, form_page, pressed, sent
from quality_mark.views.register import BADGES
from quality_mark.voting import OPINIONS

OFFICE, HEAD = Action.HANDLE_MARK, Action.DECIDE_ON_MARK
PER_PAGE = 30
LAST_DOWNLOADS = 10
# Steps of the director: the form, what its button says, the verb.
STEPS = {
    "suspend": (forms.ReasonForm, supervision.suspend),
    "resume": (forms.NoteForm, supervision.resume),
    "revoke": (forms.RevokeForm, supervision.revoke),
    "unrevoke": (forms.NoteForm, supervision.unrevoke),
}


def for_whom(*actions, methods=("GET", "HEAD", "POST")):
    """A page for whoever has one of these powers; 404 for all others."""

    def mark(view):
        @accepts(*methods)
        @login_required
        @wraps(view)
        def inner(request, *args, **kwargs):
            if not any(may(request.user, action) for action in actions):
                raise Http404
            return view(request, *args, **kwargs)

        return inner

    return mark


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
        verb, words = licensing.unsigned, "Przyznanie zakończone: umowy nie podpisano."
    else:
        verb, words = licensing.countersign, "Umowa podpisana. Znak jest ważny od dziś, certyfikat powstaje."
    if done(request, form, verb, words, **given):
        return redirect("quality_mark:agreements")
    context = {
        "application": application,
        "agreement": row,
        "form": form,
        "is_granted": application.state == ApplicationState.GRANTED,
        "may_sign": may(request.user, OFFICE) and row and row.holder_signed_at,
        "may_end": may(request.user, HEAD) and application.due_at and application.due_at <= timezone.now(),
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


@for_whom(OFFICE, HEAD, methods=("GET", "HEAD"))
def marks(request):
    """What is to be done: reports, complaints, suspensions, reviews of this year that are not made."""
    now = timezone.now()
    today = timezone.localdate(now)
    drawn = Draw.objects.filter(marks=OuterRef("pk"), year=today.year)
    due = (
        to_review(today)
        .annotate(is_drawn=Exists(drawn))
        .select_related("offer__organisation__institution", "offer__organisation__unit")
    )
    asked = request.GET.get("stan", "")
    rows = Mark.objects.told().standing_on(today)
    if asked:
        rows = rows.filter(standing=asked) if asked in Standing.values else rows.none()
    page = paginate(request, rows.order_by("valid_until", "pk"), PER_PAGE)
    suspended = Mark.objects.filter(state=MarkState.SUSPENDED, suspensions__ended_at=None)
    context = {
        "page": page,
        "total": page.paginator.count,
        "lines": [_line(mark, today) for mark in page],
        "asked": asked,
        "unknown": asked and asked not in Standing.values,
        "statuses": Standing.choices,
        "reports": MisuseReport.objects.filter(settled_at=None).select_related("mark")[:PER_PAGE],
        "complaints": Complaint.objects.filter(decided_at=None).select_related("mark", "application")[:PER_PAGE],
        "suspensions": suspended.order_by("suspensions__ends_by").values_list(
            "pk", "number", "suspensions__ends_by", "suspensions__explained_at"
        )[:PER_PAGE],
        "due": due.order_by("-is_drawn", "valid_until", "pk")[:PER_PAGE],
        "draw_form": forms.DrawForm() if may(request.user, OFFICE) else None,
        "year": today.year,
        "now": now,
    }
    return render(request, "quality_mark/supervision/marks.html", context)


@for_whom(OFFICE, HEAD, methods=("GET", "HEAD"))
def mark_desk(request, pk):
    mark = get_object_or_404(Mark.objects.told(), pk=pk)
    stand = on_day(mark, timezone.localdate())
    own = is_own(request.user, mark.offer.organisation)
    head = may(request.user, HEAD) and not own
    moves = workflow.marks.available(state=mark.state, actor=Actor.DIRECTOR) if head else []
    labels = {move.name: move.label for move in workflow.marks}
    hearing = mark.suspensions.filter(ended_at=None).first()
    context = {
        "mark": mark,
        "stand": stand,
        "badge": BADGES[stand.status] if stand else "",
        "steps": [move for move in moves if move.name in STEPS],
        "log": [(labels.get(one.name, one.name), one) for one in mark.steps.select_related("paper")],
        "hearing": hearing,
        "opinion": _opinion(hearing),
        "may_ask_opinion": head and hearing and hearing.opinion_asked_at is None,
        "not_yet": supervision.not_yet(mark, timezone.now()) if head and hearing else "",
        "licences": mark.licences.select_related("certificate").order_by("-granted_on"),
        "suspensions": mark.suspensions.all(),
        "ground": mark.get_revoked_for_display(),
        "complaints": mark.complaints.all(),
        "reports": mark.misuse_reports.all(),
        "reviews": mark.reviews.all(),
        "may_review": may(request.user, OFFICE) and not own,
        "downloads": mark.sign_downloads.count(),
        "last_downloads": mark.sign_downloads.select_related("person")[:LAST_DOWNLOADS],
        "is_own": own,
        "page": page_of(mark.number),
    }
    return render(request, "quality_mark/supervision/mark.html", context)


@for_whom(HEAD)
def mark_step(request, pk, step):
    mark = get_object_or_404(Mark, pk=pk)
    if step not in STEPS:
        raise Http404
    form_class, verb = STEPS[step]
    label = next(move.label for move in workflow.marks if move.name == step)
    form = sent(request, form_class)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, verb, f"{label}: zapisano.", mark_id=pk, **given):
        return redirect("quality_mark:mark_desk", pk)
    return form_page(request, form=form, title=f"{label}: {mark.number}", back=_back(mark), button=label)


@for_whom(OFFICE)
def mark_review(request, pk):
    mark = get_object_or_404(Mark, pk=pk)
    form = sent(request, forms.ReviewForm)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, supervision.review, "Przegląd zapisany.", mark_id=pk, **given):
        return redirect("quality_mark:mark_desk", pk)
    title = f"Przegląd roczny {timezone.localdate().year}: {mark.number}"
    return form_page(request, form=form, title=title, back=_back(mark), button="Zapisz przegląd")


@for_whom(OFFICE)
def report_desk(request, pk):
    report = get_object_or_404(MisuseReport, pk=pk)
    form = sent(request, forms.SettleForm)
    outcome = form.cleaned_data["outcome"] if request.method == "POST" and form.is_valid() else ""
    given = {"report_id": pk, "outcome": outcome}
    if done(request, form, supervision.settle_report, "Zgłoszenie załatwione.", **given):
        return redirect("quality_mark:marks")
    answer = f"\nOdpowiedź na: {report.email}" if report.email else ""
    text = f"{report.number or 'bez numeru'} · {report.place}\n{report.message}{answer}"
    return form_page(request, form=form, title="Zgłoszenie nadużycia", back=_home(), button="Załatw", text=text)


@for_whom(HEAD)
def complaint_desk(request, pk):
    """What the body has said of a complaint; an upheld one corrects the decision at once."""
    complaint = get_object_or_404(Complaint.objects.select_related("mark", "application"), pk=pk, decided_at=None)
    form = sent(request, forms.ComplaintDecisionForm)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, complaints.decide, "Rozstrzygnięcie zapisane.", complaint_id=pk, **given):
        return redirect("quality_mark:marks")
    title = f"Skarga: {complaint.mark or complaint.application}"
    return form_page(request, form=form, title=title, back=_home(), button="Zapisz", text=complaint.text)


@for_whom(OFFICE)
def sign_file_list(request):
    removed = request.POST.get("usun", "")
    if removed.isdecimal() and len(removed) < 18:
        words, to = "Plik usunięty.", ("quality_mark:sign_files",)
        return pressed(request, _remove, words, to, file_id=int(removed))
    form = sent(request, forms.SignFileForm)
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    if done(request, form, sign_files.upload, "Plik dodany.", **given):
        return redirect("quality_mark:sign_files")
    context = {"form": form, "files": SignFile.objects.filter(removed_at=None)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "quality_mark/supervision/sign_files.html", context, status=status)


def _remove(*, file_id, actor, now):
    sign_files.remove(file_id=file_id, now=now)


def _opinion(suspension):
    """(what the commission says in words, the vote), or None."""
    vote = opinion_of(suspension) if suspension else None
    return (OPINIONS[vote.result], vote) if vote else None


def _home():
    return "Nadzór nad znakami", reverse("quality_mark:marks")


def _back(mark):
    return f"Znak {mark.number}", reverse("quality_mark:mark_desk", args=[mark.pk])


def _line(mark, today):
    stand = on_day(mark, today)
    return mark, stand, BADGES[stand.status] if stand else ""
