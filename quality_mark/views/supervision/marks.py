"""What is to be done about marks, and one of them with everything that is known of it."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.permissions import may
from core.http import paginate
from quality_mark import workflow
from quality_mark.access import is_own
from quality_mark.choices import Actor, MarkState, Standing
from quality_mark.decisions.opinions import opinion_of
from quality_mark.forms.supervision import DrawForm
from quality_mark.models import Complaint, Draw, Mark, MisuseReport
from quality_mark.own_cases import own_of
from quality_mark.register.numbers import page_of
from quality_mark.register.standing import on_day
from quality_mark.use_cases.drawing import to_review
from quality_mark.use_cases.supervision import not_yet
from quality_mark.views.register import BADGES
from quality_mark.views.supervision.doors import HEAD, OFFICE, PER_PAGE, for_whom
from quality_mark.views.supervision.steps import STEPS
from quality_mark.voting import OPINIONS

LAST_DOWNLOADS = 10


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
        "reports": MisuseReport.objects.filter(settled_at=None)
        .exclude(mark__in=Mark.objects.filter(own_of(request.user)))
        .select_related("mark")[:PER_PAGE],
        "complaints": Complaint.objects.filter(decided_at=None).select_related("mark", "application")[:PER_PAGE],
        "suspensions": suspended.order_by("suspensions__ends_by").values_list(
            "pk", "number", "suspensions__ends_by", "suspensions__explained_at"
        )[:PER_PAGE],
        "due": due.order_by("-is_drawn", "valid_until", "pk")[:PER_PAGE],
        "draw_form": DrawForm() if may(request.user, OFFICE) else None,
        "may_decide": may(request.user, HEAD),
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
        "log": [] if own else [(labels.get(one.name, one.name), one) for one in mark.steps.select_related("paper")],
        "hearing": hearing,
        "opinion": None if own else _opinion(hearing),
        "may_ask_opinion": head and hearing and hearing.opinion_asked_at is None,
        "not_yet": not_yet(mark, timezone.now()) if head and hearing else "",
        "licences": mark.licences.select_related("certificate").order_by("-granted_on"),
        "suspensions": mark.suspensions.all(),
        "ground": mark.get_revoked_for_display(),
        # What others have said of the holder, and the office has found, is not for the holder's own people.
        "complaints": [] if own else mark.complaints.all(),
        "may_decide": head,
        "reports": [] if own else mark.misuse_reports.all(),
        "reviews": [] if own else mark.reviews.all(),
        "may_review": may(request.user, OFFICE) and not own and mark.state in MarkState.living(),
        "downloads": mark.sign_downloads.count(),
        "last_downloads": mark.sign_downloads.select_related("person")[:LAST_DOWNLOADS],
        "is_own": own,
        "page": page_of(mark.number),
    }
    return render(request, "quality_mark/supervision/mark.html", context)


def _opinion(suspension):
    """(what the commission says in words, the vote), or None."""
    vote = opinion_of(suspension) if suspension else None
    return (OPINIONS[vote.result], vote) if vote else None


def _line(mark, today):
    stand = on_day(mark, today)
    return mark, stand, BADGES[stand.status] if stand else ""
