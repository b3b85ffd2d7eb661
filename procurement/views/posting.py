"""The page of what has a number under /zamowienia/: a notice, or a position of a plan."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from procurement.access import may_work_with
from procurement.choices import NoticeState
from procurement.models.postings import posting_address
from procurement.notices import reading
from procurement.notices.page import NoticePage
from procurement.notices.position_page import PositionPage
from procurement.notices.structured_data import demand_data
from procurement.outlets.versions import versioned_page
from registry.cards.structured_data import breadcrumb_data, json_ld
from registry.views.sharing import sharing

LINKS = [{"label": "Zamówienia", "url": "/zamowienia/"}]
GONE = 410


@versioned_page
def posting(request, pk, slug):
    """Only the number counts: other words in the address lead to the right one."""
    notice = reading.notices().filter(pk=pk).first()
    if notice is not None:
        return _notice(request, notice)
    position = reading.positions().filter(pk=pk).first()
    if position is None or not position.published_items:
        raise Http404
    return _position(request, position)


def _notice(request, notice):
    if notice.state not in (*NoticeState.public(), NoticeState.WITHDRAWN):
        raise Http404
    address = posting_address(notice.pk, notice.subject)
    if request.path != address:
        return redirect(address, permanent=True)
    page = NoticePage(notice, now=timezone.now())
    context = {"page": page, "notice": notice, "links": LINKS, "own": may_work_with(request, notice)}
    if notice.state == NoticeState.WITHDRAWN:
        return render(request, "procurement/notice_withdrawn.html", context, status=GONE)
    absolute = request.build_absolute_uri
    trail = [*LINKS, {"label": notice.subject, "url": address}]
    context["json_ld"] = json_ld([demand_data(page, absolute=absolute), breadcrumb_data(trail, absolute=absolute)])
    return render(request, "procurement/notice_detail.html", context | sharing(request, address))


def _position(request, position):
    page = PositionPage(position)
    if request.path != page.url:
        # The subject may change with the next version.
        return redirect(page.url)
    trail = [*LINKS, {"label": page.item.subject, "url": page.url}]
    context = {
        "page": page,
        "own": may_work_with(request, position.plan),
        "links": LINKS,
        "json_ld": json_ld([breadcrumb_data(trail, absolute=request.build_absolute_uri)]),
        **sharing(request, page.url),
    }
    return render(request, "procurement/position_detail.html", context)
