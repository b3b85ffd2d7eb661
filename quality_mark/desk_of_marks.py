"""What marks give to the panel of a signed-in person."""

from django.db.models import Count, Min, Q
from django.urls import reverse

from accounts.permissions import Action, may
from accounts.workspace import Place, Waiting
from quality_mark.access import organisations_of
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.decisions.opinions import unlisted_marks
from quality_mark.models import Application, Complaint, MisuseReport, Suspension


def desk(user, now):
    places, waiting = [], []
    office, head = may(user, Action.HANDLE_MARK), may(user, Action.DECIDE_ON_MARK)
    if office or head:
        links = [
            ("Nadzór nad znakami", reverse("quality_mark:marks")),
            ("Umowy licencyjne", reverse("quality_mark:agreements")),
            ("Statystyki", reverse("quality_mark:statistics")),
        ]
        places.append(Place(title="Znak: umowy i nadzór", role="dyrektor" if head else "koordynator", links=links))
    if office:
        signed = Application.objects.filter(state=ApplicationState.GRANTED, agreement__holder_signed_at__isnull=False)
        waiting += _counted("Umowy do podpisu urzędu", signed, "agreements", "due_at")
        waiting += _counted("Zgłoszenia nadużyć znaku", MisuseReport.objects.filter(settled_at=None), "marks")
        waiting += _counted("Znaki do porządku obrad Kapituły", unlisted_marks(user), "commission", "ends_by")
    if head:
        late = Application.objects.filter(state=ApplicationState.GRANTED, due_at__lte=now)
        late = late.exclude(agreement__holder_signed_at__isnull=False)
        waiting += _counted("Umowy niepodpisane w terminie", late, "agreements", "due_at")
    if office or head:
        waiting += _counted("Skargi w sprawach znaku", Complaint.objects.filter(decided_at=None), "marks")
        heard = Suspension.objects.filter(Q(explained_at__isnull=False) | Q(hearing_until__lte=now), ended_at=None)
        waiting += _counted("Zawieszone znaki po wyjaśnieniach", heard, "marks", "ends_by")
    return [*waiting, *_own(user, now)], places


def _counted(words, rows, page, day=""):
    """One line; with the nearest of the moments in `day`, by which the panel puts it in its place."""
    nearest = {"nearest": Min(day)} if day else {}
    found = rows.order_by().aggregate(count=Count("pk"), **nearest)
    if not found["count"]:
        return []
    until = last_day(found["nearest"]) if found.get("nearest") else None
    return [Waiting(f"{words}: {found['count']}", reverse(f"quality_mark:{page}"), until)]


def _own(user, now):
    """Agreements to be signed and hearings, of those for whom the person acts."""
    mine = organisations_of(user)
    if not mine:
        return []
    to_sign = Application.objects.of_organisations(mine).filter(
        Q(due_at=None) | Q(due_at__gt=now),
        state=ApplicationState.GRANTED, agreement__isnull=False, agreement__holder_signed_at=None,
    )  # fmt: skip
    hearings = Suspension.objects.filter(
        mark__offer__organisation__in=mine, ended_at=None, explained_at=None, hearing_until__gt=now
    ).select_related("mark")
    return [
        *(
            Waiting(
                f"Umowa licencyjna do podpisania: {one.number}",
                reverse("quality_mark:agreement", args=[one.pk]),
                last_day(one.due_at) if one.due_at else None,
            )
            for one in to_sign
        ),
        *(
            Waiting(
                f"Znak {one.mark} jest zawieszony: wyjaśnienia",
                reverse("quality_mark:explanation", args=[one.mark_id]),
                last_day(one.hearing_until),
            )
            for one in hearings
        ),
    ]
