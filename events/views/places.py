"""A signed-in person's projects: the forms of the institutions they act for, and where these can still be enrolled."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from core import links
from events.choices import EnrolmentState
from events.enrolment.own import enrolments_of, institutions_of
from events.letters.enrolment import ENROLMENT
from events.models import Delegation, Edition

TO_DO = {
    EnrolmentState.DRAFT: "wypełnij do końca i przygotuj do podpisu",
    EnrolmentState.TO_SIGN: "podpisz formularz i prześlij go",
    EnrolmentState.SUBMITTED: "nic: koordynator sprawdza formularz",
    EnrolmentState.RETURNED: "popraw to, o co prosi koordynator",
}


@login_required
@never_cache
def own_projects(request):
    today = timezone.localdate()
    institutions = list(institutions_of(request.user))
    enrolments = list(enrolments_of(request.user, [one.pk for one in institutions]))
    missing = _without_declaration(enrolments)
    there = {(one.edition_id, one.nip) for one in enrolments}
    context = {
        "rows": [
            {
                "enrolment": one,
                "token": links.token(ENROLMENT, one),
                "to_do": TO_DO.get(one.state, ""),
                "missing": missing.get(one.pk, 0),
            }
            for one in enrolments
        ],
        "open": [
            (edition, [one for one in institutions if one.nip and (edition.pk, one.nip) not in there])
            for edition in Edition.objects.taking_enrolments(today).order_by("starts_on", "pk")
        ],
        "institutions": institutions,
    }
    return render(request, "events/own_projects.html", context)


def _without_declaration(enrolments):
    """{id of an accepted form: how many of its people have not declared}."""
    accepted = [one.pk for one in enrolments if one.state == EnrolmentState.ACCEPTED]
    counts = {}
    rows = Delegation.objects.filter(enrolment__in=accepted, ends_on=None, participant__declared_at=None)
    for pk in rows.values_list("enrolment", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return counts
