"""/panel/zapisy/: my sign-ups, and those of people whom my institution sends."""

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.shortcuts import render

from core import links
from core.http import paginate
from events.models import Registration, RegistrationStep
from events.signing_up.acting import institution_ids, proved_addresses
from events.signing_up.standing import BADGES, history
from events.use_cases.signups.telling import REGISTRATION

PER_PAGE = 25


@login_required
def own_signups(request):
    """What happened to each, and the way to one's own page. Of others no more than the institution gave: nothing of
    their needs, diet and answers."""
    institutions = institution_ids(request.user)
    is_of_institution = bool(institutions) and request.GET.get("czyje") == "instytucji"
    rows = Registration.objects.all()
    if is_of_institution:
        rows = rows.of_institutions(institutions)
    else:
        rows = rows.of_account(request.user, proved_addresses(request.user))
    steps = Prefetch("steps", RegistrationStep.objects.order_by("made_at", "pk"))
    rows = rows.select_related("event", "enrolment").prefetch_related(steps).order_by("-event__starts_at", "-pk")
    page = paginate(request, rows, PER_PAGE)
    context = {
        "page": page,
        "rows": [_row(registration, is_own=not is_of_institution) for registration in page.object_list],
        "tabs": [
            {"label": "Moje", "url": "?", "current": not is_of_institution},
            {"label": "Osób z mojej instytucji", "url": "?czyje=instytucji", "current": is_of_institution},
        ]
        if institutions
        else [],
        "is_of_institution": is_of_institution,
    }
    return render(request, "events/signing_up/own_list.html", context)


def _row(registration, *, is_own):
    return {
        "registration": registration,
        "event": registration.event,
        "badge": BADGES.get(registration.state, ""),
        # The words of a step are between the coordinator and the person.
        "history": [(what, words if is_own else "", at) for what, words, at in history(registration.steps.all())],
        "token": links.token(REGISTRATION, registration) if is_own else "",
    }
