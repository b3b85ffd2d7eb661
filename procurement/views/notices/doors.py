"""Who comes in: whoever buys for the authority or unit of a notice. For everybody else there is nothing here."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.cache import never_cache

from procurement.access import buys, may_buy_for
from procurement.models import Notice
from procurement.notices import reading


def for_buyers(view):
    """The view of people who buy for anybody; what core.http.accepts has said of it stays."""

    @never_cache
    @login_required
    @wraps(view)
    def checked(request, *args, **kwargs):
        if not buys(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


def with_notice(rows=None):
    """Marks a view `view(request, notice, …)` whose address holds the number of a notice of the person's own.

    `rows()` gives the queryset in which it is looked for.
    """

    def mark(view):
        @for_buyers
        @wraps(view)
        def inner(request, pk, **kwargs):
            notice = (rows or _rows)().filter(pk=pk).first()
            if notice is None or not may_buy_for(request.user, notice):
                raise Http404
            return view(request, notice, **kwargs)

        return inner

    return mark


def _rows():
    return Notice.objects.select_related(
        "posting", "authority__institution", "unit", "mode", "municipality", "county", "position__plan"
    )


with_page = with_notice(reading.notices)
