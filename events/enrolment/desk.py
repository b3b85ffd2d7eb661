"""What projects give to the panel of a signed-in person."""

from django.urls import reverse

from accounts.permissions import Action, may
from accounts.workspace import Place, Waiting
from core import links
from core.templatetags.portal import plural
from events.choices import EnrolmentState, UpdateState
from events.enrolment import steps
from events.enrolment.own import enrolments_of
from events.letters.enrolment import ENROLMENT
from events.models import Enrolment, EnrolmentUpdate
from events.signing_up.acting import institution_ids

WORDS = {
    EnrolmentState.DRAFT: "zgłoszenie nie jest jeszcze gotowe",
    EnrolmentState.TO_SIGN: "formularz czeka na podpisy",
    EnrolmentState.RETURNED: "zgłoszenie do poprawy",
}


def enrolment_desk(user, now):
    """Coordinators: what is to be checked. Whoever acts for an institution: its forms, and what each waits for."""
    waiting, places = [], []
    if may(user, Action.RUN_EVENTS):
        waiting = _to_check()
        links_of = [
            ("Najbliższe wydarzenia", reverse("events:desk_home")),
            ("Zgłoszenia instytucji", reverse("events:review_queue")),
            ("Statystyki", reverse("events:event_counts")),
        ]
        places = [Place("Wydarzenia i projekty", "prowadzenie i sprawdzanie zgłoszeń", links_of)]
    ids = institution_ids(user)
    for one in enrolments_of(user, ids).filter(state__in=WORDS):
        if steps.why_closed(one, now):
            continue  # nothing can be done about it any more
        address = reverse("events:enrolment", args=[links.token(ENROLMENT, one)])
        waiting.append(Waiting(f"{one}: {WORDS[one.state]}", address, one.edition.enrolment_until))
    if ids:
        own = [("Zgłoszenia, osoby, adres", reverse("events:own_projects"))]
        places.append(Place("Projekty", "zgłoszenia instytucji, w których imieniu działasz", own))
    return waiting, places


def _to_check():
    lines = []
    if count := Enrolment.objects.to_check().count():
        words = plural(count, "zgłoszenie instytucji,zgłoszenia instytucji,zgłoszeń instytucji")
        lines.append(Waiting(f"Do sprawdzenia: {count} {words}", reverse("events:review_queue")))
    if count := EnrolmentUpdate.objects.filter(state=UpdateState.SUBMITTED).count():
        words = plural(count, "aktualizacja,aktualizacje,aktualizacji")
        lines.append(Waiting(f"Do rozpatrzenia: {count} {words}", reverse("events:review_queue")))
    return lines
