"""One mark of one's own: how it stands, its renewal, the word of its holder in a hearing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from quality_mark.applying import steps
from quality_mark.choices import ApplicationState
from quality_mark.forms.supervision import ExplainForm
from quality_mark.models import Paper
from quality_mark.register.badge import badge_html
from quality_mark.register.numbers import page_of
from quality_mark.register.standing import holds, on_day
from quality_mark.use_cases import complaints, renewing, supervision
from quality_mark.views.forms import done, form_page, sent
from quality_mark.views.holding.doors import back_to, own_one
from quality_mark.views.register import BADGES


@login_required
def own_mark(request, pk):
    mark = own_one(request, pk)
    now = timezone.now()
    today = timezone.localdate(now)
    stand = on_day(mark, today)
    draft = mark.renewals.exclude(state__in=ApplicationState.over()).select_related("rulebook").first()
    if draft and draft.state == ApplicationState.DRAFT and renewing.is_over(mark, today):
        # It cannot be sent any more: what is to be done instead is told by `why_not`.
        draft = None
    hearing = mark.suspensions.filter(ended_at=None).first()
    no_complaint = complaints.why_not_mark(mark, now)
    licences = mark.licences.select_related("certificate").order_by("-granted_on")
    context = {
        "mark": mark,
        "stand": stand,
        "badge": BADGES[stand.status] if stand else "",
        "days_left": (mark.valid_until - today).days,
        "licences": [(one, getattr(one, "certificate", None), holds(mark, one, today)) for one in licences],
        "renewal": draft,
        "why_not": "" if draft else renewing.why_not(mark, today),
        "may_begin_anew": renewing.is_over(mark, today) and mark.offer.removed_at is None,
        "hearing": hearing,
        "may_explain": hearing and hearing.hearing_until > now,
        "complain_until": "" if no_complaint else complaints.until_of_mark(mark),
        "is_final": no_complaint == complaints.FINAL,
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
        back=back_to(mark), text=row.reason,
    )  # fmt: skip
