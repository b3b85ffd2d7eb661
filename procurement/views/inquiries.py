"""Inquiries on the officer's side: asking, following, answering questions, the record."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.permissions import Action, may
from core.exceptions import Refused
from core.http import accepts, paginate
from core.signed_files import SUFFIXES
from procurement.matching import offices
from procurement.matching.inquiry_forms import AnswerForm, DeadlineFields, InquiryForm, WithdrawalForm
from procurement.matching.record import record_pdf
from procurement.matching.standing import standing
from procurement.models import Inquiry, InquiryQuestion, Reply, Shortlist
from procurement.use_cases.matching import inquiries

PER_PAGE = 20


@login_required
def inquiry_list(request):
    if not (offices.offices_of(request.user) or offices.is_everywhere(request.user)):
        raise Http404
    rows = offices.seen_by(request.user, Inquiry.objects.with_owner())
    page = paginate(request, rows, PER_PAGE)
    context = {"page": page, "total": page.paginator.count, "now": timezone.now()}
    return render(request, "procurement/matching/inquiry_list.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def inquiry_asking(request, pk):
    """One message to all on a shortlist."""
    shortlist = get_object_or_404(Shortlist.objects.with_owner(), pk=pk)
    if not may(request.user, Action.BUY, shortlist.owner):
        raise Http404
    form = InquiryForm(request.POST or None, initial={"subject": shortlist.name, "kind": "zapytanie-o-oferte"})
    if request.method == "POST" and form.is_valid():
        names = ("kind", "subject", "message", "links", "opening", "deadline_at")
        try:
            inquiry = inquiries.send(
                shortlist=shortlist, actor=request.user, now=timezone.now(),
                **{name: form.cleaned_data[name] for name in names},
            )  # fmt: skip
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Zapytanie wysłane do wszystkich z listy.")
            return redirect("procurement:inquiry", inquiry.pk)
    entries = inquiries.asked_from(shortlist).select_related(
        "organisation__institution", "organisation__unit__operator"
    )
    context = {"form": form, "shortlist": shortlist, "entries": entries}
    return render(request, "procurement/matching/asking.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def inquiry_detail(request, pk):
    inquiry, now = _own(request, pk), timezone.now()
    asked = standing(inquiry, now=now)
    context = {
        "inquiry": inquiry,
        "asked": [(one, inquiries.link_of(one.addressee)) for one in asked],
        "replied": sum(one.has_replied for one in asked),
        "shown": inquiry.shows_replies(now),
        "is_open": inquiry.is_open(now),
        "questions": inquiry.questions.all(),
        "steps": inquiry.steps.select_related("made_by"),
    }
    return render(request, "procurement/matching/inquiry_detail.html", context)


@accepts("GET", "HEAD", "POST")
@login_required
def inquiry_deadline(request, pk):
    inquiry = _own(request, pk)
    local = timezone.localtime(inquiry.deadline_at)
    form = DeadlineFields(request.POST or None, initial={"day": local.date(), "hour": local.time()})
    return _step(
        request,
        inquiry,
        form,
        lambda: inquiries.move_deadline(
            inquiry=inquiry, deadline_at=form.cleaned_data["deadline_at"], actor=request.user, now=timezone.now()
        ),
        title="Zmiana terminu",
        button="Zmień termin i powiadom wszystkich",
    )


@accepts("GET", "HEAD", "POST")
@login_required
def inquiry_withdrawal(request, pk):
    inquiry = _own(request, pk)
    form = WithdrawalForm(request.POST or None)
    return _step(
        request,
        inquiry,
        form,
        lambda: inquiries.withdraw(
            inquiry=inquiry, reason=form.cleaned_data["reason"], actor=request.user, now=timezone.now()
        ),
        title="Wycofanie zapytania",
        button="Wycofaj i powiadom wszystkich",
    )


@accepts("GET", "HEAD", "POST")
@login_required
def inquiry_answer(request, pk, question_id):
    inquiry = _own(request, pk)
    question = get_object_or_404(InquiryQuestion, pk=question_id, inquiry=inquiry)
    form = AnswerForm(request.POST or None)
    return _step(
        request,
        inquiry,
        form,
        lambda: inquiries.answer(
            inquiry=inquiry, question=question, text=form.cleaned_data["text"], actor=request.user, now=timezone.now()
        ),
        title="Odpowiedź na pytanie",
        button="Odpowiedz wszystkim",
        question=question,
    )


@never_cache
@login_required
def inquiry_record(request, pk):
    inquiry = _own(request, pk)
    response = HttpResponse(record_pdf(inquiry, now=timezone.now()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="protokol-zapytania-{inquiry.pk}.pdf"'
    return response


@never_cache
@login_required
def inquiry_file(request, pk, reply_id):
    """The file of a reply, once it may be read."""
    inquiry = _own(request, pk)
    reply = get_object_or_404(Reply.objects.exclude(file=""), pk=reply_id, addressee__inquiry=inquiry)
    if not inquiry.shows_replies(timezone.now()):
        raise Http404
    return file_of(reply)


def file_of(reply):
    """Nothing but a PDF is opened in the portal's own name."""
    try:
        file = default_storage.open(reply.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"odpowiedz-{reply.pk}.{SUFFIXES.get(reply.content_type, 'bin')}"
    inline = reply.content_type == "application/pdf"
    return FileResponse(file, content_type=reply.content_type, as_attachment=not inline, filename=name)


def _own(request, pk):
    inquiry = get_object_or_404(Inquiry.objects.with_owner().select_related("shortlist"), pk=pk)
    if not may(request.user, Action.BUY, inquiry.owner):
        raise Http404
    return inquiry


def _step(request, inquiry, form, do, **words):
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Wszyscy, których zapytano, dostaną list.")
            return redirect("procurement:inquiry", inquiry.pk)
    context = {"form": form, "inquiry": inquiry, **words}
    return render(request, "procurement/matching/inquiry_step.html", context, status=422 if form.errors else 200)
