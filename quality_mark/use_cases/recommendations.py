"""Recommendations of customers: asked for by letter and written by a link, or sent in on paper."""

from datetime import timedelta

from django.db import transaction

from core import links
from core.exceptions import Refused
from notifications import outbox
from quality_mark.access import is_own
from quality_mark.applying import independence
from quality_mark.choices import RECOMMENDED, ApplicationState
from quality_mark.correction import places_of
from quality_mark.letters import RECOMMENDATION, asked_context
from quality_mark.models import Recommendation
from quality_mark.use_cases.applying import CLOSED, EDITABLE, editable
from quality_mark.use_cases.by_turns import each
from quality_mark.use_cases.papers import keep, remove_paper
from quality_mark.use_cases.telling import tell_applicant

MOST_RECOMMENDATIONS = 10
ASK, REMIND, ANSWERED = (
    f"quality_mark/email/{name}" for name in ("recommendation", "recommendation_reminder", "recommended")
)
SAME_ADDRESS = "Na ten adres poszła już prośba: {who}. Każda rekomendacja musi być od kogoś innego."
OWN_ACCOUNT = (
    "Używasz konta, które działa albo działało w imieniu podmiotu proszącego o rekomendację. Rekomendację pisze "
    "klient: przekaż mu odsyłacz z listu albo wyloguj się, jeśli to nie Twoje konto."
)
# The portal reminds once by itself; whoever applies may do it again, once a day.
REMINDED_AFTER, ONCE_IN = timedelta(days=7), timedelta(hours=24)


@transaction.atomic
def ask(*, application_id, recommender, email, actor, now):
    """Write to a customer; they answer by the link, without an account. A double press is one request.

    Refused: the applicant's own address or name, an address that another recommendation has.
    """
    application = _recommendable(application_id, actor)
    rows = application.recommendations
    for row in rows.exclude(email=""):
        if independence.box(row.email) == independence.box(email):
            if row.recommender.casefold() == recommender.casefold():
                return row
            raise Refused(SAME_ADDRESS.format(who=row.recommender), field="email")
    independence.refuse_own(application.offer.organisation, recommender=recommender, email=email)
    _must_have_room(application)
    row = rows.create(recommender=recommender, email=email, asked_at=now)
    _write(application, row, ASK, str(row.pk), now)
    return row


@transaction.atomic
def upload(*, application_id, recommender, upload, actor, now):
    """A recommendation on paper. One file is one recommendation, however often it is sent. Refused: the applicant's
    own name."""
    application = _recommendable(application_id, actor)
    independence.refuse_own(application.offer.organisation, recommender=recommender)
    paper = keep(application, RECOMMENDED, upload, actor, now)
    if row := application.recommendations.filter(paper=paper).first():
        return row
    _must_have_room(application)
    return application.recommendations.create(recommender=recommender, paper=paper, given_at=now)


@transaction.atomic
def remove(*, application_id, recommendation_id, actor, now):
    """Take one off, with its file. A link that was sent for it leads nowhere afterwards."""
    application = _recommendable(application_id, actor)
    row = application.recommendations.select_for_update(of=("self",)).filter(pk=recommendation_id).first()
    if row is None:
        return
    paper = row.paper_id
    row.delete()
    if paper:
        remove_paper(application_id=application_id, paper_id=paper, actor=actor, now=now)


@transaction.atomic
def remind(*, application_id, recommendation_id, actor, now):
    """Write once more to somebody who has not answered. Refused: answered, or written to in the last day."""
    application = _recommendable(application_id, actor)
    row = application.recommendations.select_for_update(of=("self",)).filter(pk=recommendation_id).first()
    if row is None or not row.is_waiting:
        raise Refused("Na tę prośbę jest już odpowiedź.")
    if now - (row.reminded_at or row.asked_at) < ONCE_IN:
        raise Refused("List wysłaliśmy niedawno. Przypomnieć można po upływie doby.")
    _remind(application, row, now)


def remind_all(*, now):
    """What the clock does: one reminder to whoever was asked a week ago and has not answered. Returns how many."""
    waiting = Recommendation.objects.waiting().filter(
        reminded_at=None,
        asked_at__lte=now - REMINDED_AFTER,
        application__state__in=[ApplicationState.DRAFT, ApplicationState.CORRECTION],
    )
    return sum(each(list(waiting.order_by("pk").values_list("pk", flat=True)), lambda pk: _remind_by_clock(pk, now)))


@transaction.atomic
def _remind_by_clock(pk, now):
    row = Recommendation.objects.locked(pk)
    if row is None or not row.is_waiting or row.reminded_at or not is_open(row.application):
        return False
    _remind(row.application, row, now)
    return True


@transaction.atomic
def recommend(*, recommendation_id, text, signed_name, function, actor=None, now):
    """What the customer writes. It may be changed as long as the application was not sent. Refused afterwards, and
    when the link was opened by an account (`actor`) that acts for the applicant."""
    row = _answerable(recommendation_id)
    if actor and is_own(actor, row.application.offer.organisation):
        raise Refused(OWN_ACCOUNT)
    is_first = row.is_waiting
    row.text, row.signed_name, row.function, row.given_at, row.declined_at = text, signed_name, function, now, None
    row.save(update_fields=["text", "signed_name", "function", "given_at", "declined_at"])
    if is_first:
        _tell(row, now)
    return row


@transaction.atomic
def decline(*, recommendation_id, now):
    """The customer does not recommend. They may still change their mind by the same link."""
    row = _answerable(recommendation_id)
    if row.declined_at is None:
        row.text, row.signed_name, row.function, row.given_at, row.declined_at = "", "", "", None, now
        row.save(update_fields=["text", "signed_name", "function", "given_at", "declined_at"])
        _tell(row, now)
    return row


def is_open(application):
    """Whether recommendations of this application may be written, changed and taken off now."""
    return application.state in EDITABLE and places_of(application).opens_recommendations


def _answerable(recommendation_id):
    row = Recommendation.objects.locked(recommendation_id)
    if row is None:
        raise Refused("Podmiot wycofał tę prośbę.")
    if not is_open(row.application):
        raise Refused("Wniosek został już złożony albo wycofany: rekomendacji nie można zmienić.")
    return row


def _recommendable(application_id, actor):
    application = editable(application_id, actor)
    if not places_of(application).opens_recommendations:
        raise Refused(CLOSED)
    return application


def _must_have_room(application):
    if application.recommendations.count() >= MOST_RECOMMENDATIONS:
        raise Refused(f"Wniosek może mieć najwyżej {MOST_RECOMMENDATIONS} rekomendacji.")


def _remind(application, row, now):
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    _write(application, row, REMIND, f"{row.pk}:{now:%Y-%m-%d-%H}", now)


def _write(application, row, template, key, now):
    outbox.enqueue(
        to=row.email,
        template=template,
        context=asked_context(application, row, links.token(RECOMMENDATION, row)),
        dedupe_key=f"quality-mark:{template}:{key}",
        now=now,
    )


def _tell(row, now):
    tell_applicant(
        ANSWERED,
        row.application,
        key=f"{row.pk}:{bool(row.declined_at)}",
        page="recommendations",
        recommender=row.recommender,
        has_declined=bool(row.declined_at),
        now=now,
    )
