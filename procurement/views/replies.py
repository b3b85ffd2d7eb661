"""An inquiry on the side of whoever was asked: by the link from the letter, without an account."""

from functools import wraps

import pghistory
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.permissions import Action, may
from core import links
from core.exceptions import Refused
from core.http import accepts, throttle, visitor_address
from core.navigation import has_session
from procurement.matching.inquiry_forms import QuestionForm, ReplyForm
from procurement.models import Addressee
from procurement.use_cases.matching import replies
from procurement.use_cases.matching.inquiries import INQUIRY
from procurement.views.inquiries import file_of


def by_link(view):
    """Marks a view `view(request, addressee, token, …)`; 404 for a link that is forged, cut off or old."""

    @never_cache
    @wraps(view)
    def inner(request, token, **kwargs):
        rows = Addressee.objects.select_related(
            "inquiry__authority__institution",
            "inquiry__unit",
            "organisation__institution",
            "organisation__unit__operator",
            "organisation__kind",
        )
        addressee = links.find(INQUIRY, token, rows)
        if addressee is None:
            raise Http404
        # The address is the key: it stands in no history and no log, and where a link leads does not hear of it.
        with pghistory.context(url=f"({INQUIRY})"):
            response = view(request, addressee, token, **kwargs)
        response._has_been_logged = True
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return inner


@accepts("GET", "HEAD", "POST")
@by_link
def inquiry_reply(request, addressee, token):
    """What is asked, what others asked and were told, and the own answer."""
    person = _representative(request, addressee)
    sent = addressee.replies.order_by("-sent_at", "-pk")
    is_sealed = _is_sealed(request, addressee)
    reply_form = ReplyForm(initial=_initial(None if is_sealed else sent.first(), person))
    question_form = QuestionForm()
    if request.method == "POST":
        throttle("inquiry", visitor_address(request), limit=settings.REPLIES_PER_HOUR, seconds=3600)
        do = request.POST.get("do")
        if do == "question":
            question_form = form = QuestionForm(request.POST)
        else:
            reply_form = form = ReplyForm(request.POST, request.FILES)
        if do == "decline" or form.is_valid():
            try:
                messages.success(request, _do(do, addressee, form, person))
                return redirect("procurement:inquiry_reply", token)
            except Refused as refusal:
                form.refuse(refusal)
    now = timezone.now()
    context = {
        "inquiry": addressee.inquiry,
        "addressee": addressee,
        "organisation": addressee.organisation,
        "token": token,
        "is_open": addressee.inquiry.is_open(now),
        "questions": addressee.inquiry.questions.exclude(answered_at=None),
        "waiting": addressee.inquiry.questions.filter(addressee=addressee, answered_at=None),
        "replies": sent,
        "is_sealed": is_sealed,
        "form": reply_form,
        "question_form": question_form,
    }
    faulty = reply_form.errors or question_form.errors
    return render(request, "procurement/matching/inquiry_reply.html", context, status=422 if faulty else 200)


@by_link
def own_reply_file(request, addressee, token, reply_id):
    if _is_sealed(request, addressee):
        raise Http404
    return file_of(get_object_or_404(addressee.replies.exclude(file=""), pk=reply_id))


def _do(do, addressee, form, person):
    """Does what the button said; what to say to the person then."""
    now = timezone.now()
    if do == "question":
        replies.ask(addressee=addressee, question=form.cleaned_data["question"], now=now)
        return "Pytanie wysłane. Odpowiedź dostaną wszyscy, których zapytano."
    if do == "decline":
        replies.decline(addressee=addressee, now=now)
        return "Dziękujemy za wiadomość. Do terminu możesz zmienić zdanie."
    replies.reply(addressee=addressee, actor=person, now=now, **form.cleaned_data)
    return "Odpowiedź wysłana. Potwierdzenie przyjdzie na podany adres."


def _representative(request, addressee):
    """The signed-in person who acts for the organisation, or None: the link alone is enough."""
    if has_session(request) and may(request.user, Action.SUPPLY, addressee.organisation):
        return request.user
    return None


def _is_sealed(request, addressee):
    """Whoever has no address in the register got the link from the officer, who thus has it too: of what was answered
    by it nothing is shown before the officer may read it. The own representative reads it at any time."""
    seen = addressee.letters or addressee.inquiry.shows_replies(timezone.now())
    return not seen and _representative(request, addressee) is None


def _initial(last, person):
    if last:
        return {name: getattr(last, name) for name in ("text", "price", "sender_name", "sender_email")}
    return {"sender_name": person.get_full_name(), "sender_email": person.email} if person else {}
