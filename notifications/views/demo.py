"""The demo's mail: what would have gone out, one-time links included. Nowhere else does it exist."""

from functools import wraps

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from core.http import paginate
from notifications import letters, rendering, unsubscribing
from notifications.framing import FRAMES, framed
from notifications.models import OutgoingEmail

PER_PAGE = 20


def _in_demo(view):
    # An answer of 304 would lose the view's own content policy, and the browser takes its headers for the page's.
    @never_cache
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@_in_demo
def letter_list(request):
    page = paginate(request, OutgoingEmail.objects.order_by("-pk"), PER_PAGE)
    return render(request, "notifications/demo_letter_list.html", {"page": page})


@_in_demo
@csp_update(FRAMES)
def letter_detail(request, pk):
    email = get_object_or_404(OutgoingEmail, pk=pk)
    context = {"email": email, "kind": letters.label_of(email.template)}
    context["text"] = rendering.as_text(email.body, **_footer(email))
    return render(request, "notifications/demo_letter_detail.html", context)


@_in_demo
def letter_html(request, pk):
    email = get_object_or_404(OutgoingEmail, pk=pk)
    return framed(rendering.as_html(email.subject, email.body, **_footer(email)))


def _footer(email):
    duty = letters.is_duty(email.template)
    return {"duty": duty, "unsubscribe_url": "" if duty else unsubscribing.url(email)}
