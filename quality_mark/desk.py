"""What the mark gives to the panel of a signed-in person."""

from django.db.models import Count, Min
from django.urls import reverse

from accounts.permissions import Action, may
from accounts.workspace import Place, Waiting
from core.templatetags.portal import plural
from quality_mark.access import organisations_of
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.models import Application, Call
from quality_mark.office.board import waiting_for_answer

# States in which the applicant is awaited, and in which the office itself is.
OF_APPLICANT = {
    ApplicationState.DRAFT: "wniosek o znak nie jest jeszcze złożony",
}
OF_OFFICE = (ApplicationState.SUBMITTED, ApplicationState.FORMAL_CHECK, ApplicationState.FORMAL_OK)


def office_desk(user, now):
    """Coordinators: what is to be taken, what is theirs, who has written. Each line with its nearest day."""
    if not may(user, Action.HANDLE_MARK):
        return [], []
    board = reverse("quality_mark:case_board")
    place = Place("Znak Zakup Prospołeczny", "prowadzenie wniosków", [("Sprawy znaku", board)])
    return [*_new(board), *_own(user, board), *_messages(user, board)], [place]


def applicant_desk(user, now):
    """Whoever applies: what waits for the organisation, a call with its last day."""
    mine = organisations_of(user)
    if not mine:
        return [], []
    links = [("Wnioski i „Czy mogę?”", reverse("quality_mark:overview"))]
    place = Place("Znak Zakup Prospołeczny", "wnioski w imieniu podmiotu", links)
    return [*_calls(mine), *_unfinished(mine)], [place]


def _calls(organisations):
    calls = Call.objects.filter(
        answered_at=None,
        withdrawn_at=None,
        application__state=ApplicationState.CORRECTION,
        application__offer__organisation__in=organisations,
    ).select_related("application")
    return [
        Waiting(
            f"Uzupełnij wniosek o znak {one.application.number}",
            reverse("quality_mark:own_call", args=[one.application_id]),
            last_day(one.due_at),
        )
        for one in calls.order_by("due_at", "pk")
    ]


def _unfinished(organisations):
    rows = Application.objects.of_organisations(organisations).filter(state__in=OF_APPLICANT).select_related("offer")
    return [
        Waiting(
            f"{one.offer}: {OF_APPLICANT[one.state]}",
            reverse("quality_mark:application", args=[one.pk]),
            last_day(one.due_at) if one.due_at else None,
        )
        for one in rows.order_by("pk")
    ]


def _new(board):
    return _line(
        Application.objects.filter(state=ApplicationState.SUBMITTED),
        "Do przyjęcia: {count} {words} o znak",
        f"{board}?stan={ApplicationState.SUBMITTED}",
    )


def _own(user, board):
    mine = Application.objects.filter(handled_by=user, state__in=OF_OFFICE)
    return _line(mine, "Prowadzisz: {count} {words} o znak, które czekają na biuro", f"{board}?kto=moje")


def _line(rows, label, url):
    found = rows.aggregate(count=Count("pk"), nearest=Min("due_at"))
    if not found["count"]:
        return []
    words = plural(found["count"], "wniosek,wnioski,wniosków")
    until = last_day(found["nearest"]) if found["nearest"] else None
    return [Waiting(label.format(count=found["count"], words=words), url, until)]


def _messages(user, board):
    mine = Application.objects.filter(handled_by=user, state__in=ApplicationState.running()).values("pk")
    count = len(waiting_for_answer(mine))
    if not count:
        return []
    words = plural(count, "wiadomość,wiadomości,wiadomości")
    return [Waiting(f"Bez odpowiedzi: {count} {words} w Twoich sprawach znaku", f"{board}?kto=moje")]
