"""Who comes in: whoever may plan for the authority or for the unit. For everybody else there is nothing here."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.permissions import may_enter_admin
from core.exceptions import Refused
from procurement.plans.access import buyers_of, plans_of


def for_buyers(view):
    """The view of people who may plan for somebody; `request.buyers` are for whom."""

    @login_required
    @wraps(view)
    def checked(request, *args, **kwargs):
        request.buyers = buyers_of(request.user)
        if not request.buyers:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def for_planners(view):
    """The view of a plan, which comes instead of its `pk`; what core.http.accepts has said stays."""

    @login_required
    @wraps(view)
    def checked(request, pk, *args, **kwargs):
        plans = plans_of(request.user).select_related("authority__institution", "unit", "current")
        return view(request, get_object_or_404(plans, pk=pk), *args, **kwargs)

    return checked


def is_staff(request):
    """Who sees what no lawyer has checked yet marked so."""
    return request.user.is_authenticated and may_enter_admin(request.user)


def tried(request, do, done=""):
    """Do what a button asks for and say how it went; the result, or None when it was refused."""
    try:
        result = do()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return result


def posted(request):
    """(data, files) of a form that was sent, an empty one too; (None, None) of one that is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
