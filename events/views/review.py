"""Where coordinators read the forms of institutions: the queue, and one form beside its signed pages."""

from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from accounts import trail
from accounts.permissions import Action, may
from core.answering import stored_files
from core.exceptions import Refused
from core.http import accepts, paginate
from core.templatetags.portal import plural
from events.choices import EnrolmentState, UpdateState
from events.enrolment.faults import answered_questions
from events.enrolment.roster_state import declared_of
from events.enrolment.summary import facts_of
from events.models import EnrolmentUpdate, Paper
from events.signing_up.answer_files import answer_file
from events.use_cases.enrolment import reviewing, signing
from events.use_cases.enrolment.roster import roster_of
from events.views.enrolment import remarks_of, rows
from events.views.papers import shown, stored_file
from events.views.signing import pdf_response

PER_PAGE = 25
OPENED = "enrolments_opened"
TABS = {
    "do-sprawdzenia": ("Do sprawdzenia", [EnrolmentState.SUBMITTED]),
    "w-drodze": ("W przygotowaniu", [EnrolmentState.DRAFT, EnrolmentState.TO_SIGN, EnrolmentState.RETURNED]),
    "przyjete": ("Przyjęte", [EnrolmentState.ACCEPTED, EnrolmentState.ENDED]),
}


def for_office(view):
    """Coordinators and administrators; for others there is nothing here."""

    @login_required
    @never_cache
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not may(request.user, Action.RUN_EVENTS):
            raise Http404
        return view(request, *args, **kwargs)

    return inner


@for_office
def queue(request):
    chosen = request.GET.get("stan", "")
    chosen = chosen if chosen in TABS else "do-sprawdzenia"
    counts = rows().aggregate(**{key.replace("-", "_"): Count("pk", Q(state__in=of)) for key, (_, of) in TABS.items()})
    found = (
        rows().filter(state__in=TABS[chosen][1]).annotate(people=Count("delegations", Q(delegations__ends_on=None)))
    )
    page = paginate(request, found.order_by("submitted_at", "pk"), PER_PAGE, count=counts[chosen.replace("-", "_")])
    updates = EnrolmentUpdate.objects.filter(state=UpdateState.SUBMITTED).select_related("enrolment__edition")
    tabs = [
        {"label": label, "url": f"?stan={key}", "current": key == chosen, "count": counts[key.replace("-", "_")]}
        for key, (label, _) in TABS.items()
    ]
    context = {"page": page, "tabs": tabs, "chosen": chosen, "updates": updates.order_by("sent_at", "pk")[:50]}
    return render(request, "events/review/queue.html", context)


@accepts("POST")
@for_office
def open_form(request, pk):
    """Whoever looks into a form leaves a line in the trail, once while signed in."""
    enrolment = _found(pk)
    opened = request.session.get(OPENED, [])
    if request.method == "POST" and pk not in opened:
        trail.seen(request.user, None, f"formularz instytucji nr {enrolment.pk}, NIP {enrolment.nip}", timezone.now())
        request.session[OPENED] = [*opened, pk][-500:]
    return redirect("events:review", pk)


@accepts("GET", "HEAD", "POST")
@for_office
@csp_update({"frame-src": [SELF]})
def review(request, pk):
    enrolment = _found(pk)
    if pk not in request.session.get(OPENED, []):
        return render(request, "events/review/closed.html", {"enrolment": enrolment})
    words, refusal = {}, ""
    if request.method == "POST":
        said = [(key, text.replace("\0", "")) for key, text in request.POST.items() if "\0" not in key]
        words = {key.removeprefix("uwaga-"): text for key, text in said if key.startswith("uwaga-")}
        try:
            _decide(request, enrolment, words)
        except Refused as refused:
            refusal = str(refused)
        else:
            return redirect("events:review", pk)
    context = {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "sections": _sections(enrolment, words),
        "people": roster_of(enrolment),
        "declared": declared_of(enrolment, timezone.localdate()) if enrolment.state == EnrolmentState.ACCEPTED else [],
        "signatories": enrolment.signatories.all(),
        "papers": [shown(paper) for paper in signing.newest_papers(enrolment)],
        "remarks": remarks_of(enrolment),
        "more": {name: words.get(name, "") for name in ("reprezentacja", "osoby", "papiery")},
        "updates": enrolment.updates.order_by("-sent_at", "-pk"),
        "is_own": reviewing.concerns(enrolment, request.user),
        "in_queue": enrolment.state == EnrolmentState.SUBMITTED,
        "is_accepted": enrolment.state == EnrolmentState.ACCEPTED,
        "refusal": refusal,
    }
    return render(request, "events/review/form.html", context, status=422 if refusal else 200)


@for_office
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def review_paper(request, pk, paper_id):
    paper = Paper.objects.filter(pk=paper_id, enrolment=pk).first()
    if paper is None or pk not in request.session.get(OPENED, []):
        raise Http404
    return stored_file(paper)


@for_office
def review_answer(request, pk, code):
    """A file that the institution gave as an answer to a question of the edition."""
    enrolment = _found(pk)
    if pk not in request.session.get(OPENED, []):
        raise Http404
    return answer_file(answered_questions(enrolment), enrolment.answers, code)


@for_office
def review_pdf(request, pk):
    enrolment = _found(pk)
    if pk not in request.session.get(OPENED, []):
        raise Http404
    return pdf_response(enrolment)


@accepts("POST")
@for_office
def review_links(request, pk):
    """The own links of people once more: of one, or of all who have not declared."""
    if request.method == "POST":
        who = request.POST.get("participant", "")
        participant_id = int(who) if who.isascii() and who.isdecimal() and len(who) < 19 else None
        try:
            sent = reviewing.send_links(
                enrolment_id=_found(pk).pk, participant_id=participant_id, actor=request.user, now=timezone.now()
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            nobody = "Nikt nie czeka na odsyłacz: oświadczenia są złożone albo nie ma adresów."
            words = f"Odsyłacz {plural(sent, 'dostanie,dostaną,dostanie')} {sent} {plural(sent, 'osoba,osoby,osób')}."
            messages.success(request, words if sent else nobody)
    return redirect("events:review", pk)


@accepts("POST")
@for_office
def review_new_link(request, pk):
    """When the link has come into wrong hands, or whoever had it is gone."""
    if request.method == "POST":
        try:
            reviewing.renew_link(enrolment_id=_found(pk).pk, actor=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Stary odsyłacz już nie działa. Nowy idzie na adresy z formularza.")
    return redirect("events:review", pk)


def _decide(request, enrolment, words):
    given = {"enrolment_id": enrolment.pk, "actor": request.user, "now": timezone.now()}
    if "accept" in request.POST:
        reviewing.accept(**given)
        messages.success(request, "Zgłoszenie jest przyjęte. Osoby delegowane dostaną własne odsyłacze.")
    else:
        reviewing.give_back(remarks=words, **given)
        messages.success(request, "Zgłoszenie wróciło do instytucji z uwagami.")


def _sections(enrolment, words):
    """facts_of() with what the coordinator has just typed beside each field, and the way to files among them."""
    asked = answered_questions(enrolment)
    files = {f"pytanie-{one.code}": one.code for one in asked if stored_files([one], enrolment.answers)}
    return [(title, [_fact(*fact, words, files) for fact in facts]) for _, title, facts in facts_of(enrolment)]


def _fact(field, label, value, words, files):
    said, file = words.get(field, ""), files.get(field, "")
    return {"field": field, "label": label, "value": value, "words": said, "file": file}


def _found(pk):
    enrolment = rows().filter(pk=pk).first()
    if enrolment is None:
        raise Http404
    return enrolment
