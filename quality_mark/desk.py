"""What the mark gives to the panel of a signed-in person."""

from django.urls import reverse

from accounts.workspace import Place, Waiting
from quality_mark.access import organisations_of
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState
from quality_mark.models import Application

WORDS = {
    ApplicationState.DRAFT: "wniosek o znak nie jest jeszcze złożony",
    ApplicationState.CORRECTION: "wniosek o znak do uzupełnienia",
    ApplicationState.GRANTED: "umowa licencyjna do podpisania",
}


def applicant_desk(user, now):
    """Whoever acts for an organisation: its applications, and which of them wait for the organisation."""
    mine = organisations_of(user)
    if not mine:
        return [], []
    rows = Application.objects.of_organisations(mine).filter(state__in=WORDS).select_related("offer")
    waiting = [
        Waiting(
            f"{one.offer}: {WORDS[one.state]}",
            reverse("quality_mark:application", args=[one.pk]),
            last_day(one.due_at) if one.due_at else None,
        )
        for one in rows.order_by("pk")
    ]
    links = [("Wnioski i „Czy mogę?”", reverse("quality_mark:overview"))]
    return waiting, [Place("Znak Zakup Prospołeczny", "wnioski w imieniu podmiotu", links)]
