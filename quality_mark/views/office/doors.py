"""Who enters the pages of the office, and the case that they are about."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from accounts.permissions import Action, may
from quality_mark.access import is_own
from quality_mark.models import Application


def for_office(view):
    """Coordinators and administrators; for others there is nothing here."""

    @login_required
    @never_cache
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not may(request.user, Action.HANDLE_MARK):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


def for_case(view):
    """The same, of one application that was sent: `view(request, case)`. What is worked on is 404 for whoever acts or
    acted for its organisation; the page of the case itself says so, and asks `case.is_own`."""

    @for_office
    @wraps(view)
    def inner(request, pk, **kwargs):
        rows = Application.objects.sent().select_related(
            "rulebook",
            "intake",
            "mark",
            "handled_by",
            "offer__organisation__kind",
            "offer__organisation__institution",
            "offer__organisation__unit",
        )
        case = get_object_or_404(rows.prefetch_related("pauses"), pk=pk)
        case.is_own = is_own(request.user, case.offer.organisation)
        if case.is_own and not getattr(view, "is_open_to_own", False):
            raise Http404
        return view(request, case, **kwargs)

    return inner
