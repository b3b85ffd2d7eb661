"""Which cards have to be asked after, and which have been silent for too long. Each function returns a queryset."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from accounts.choices import Role
from accounts.models import RoleGrant
from registry.choices import Activity, Answer, CallOutcome
from registry.models import CallAttempt, ConfirmationRequest, Organisation


def months_before(day, months):
    """The same day so many months earlier, or the last day of a shorter month."""
    return day - relativedelta(months=months)


def standing():
    """Published cards of those at work with `since`, the day from which their months are counted, and `open_since`,
    the day of the letter that still waits for an answer."""
    waiting = ConfirmationRequest.objects.open().filter(organisation=OuterRef("pk"))
    return Organisation.objects.working().annotate(
        since=Coalesce("verified_on", TruncDate("published_at")),
        open_since=Subquery(waiting.values("asked_on")[:1]),
    )


def has_address(today):
    """Q of cards that a letter can be sent about: to the party, who runs it, or whoever acts for it in the portal."""
    people = RoleGrant.objects.valid_on(today).of_active_people()
    acting = people.filter(role=Role.REPRESENTATIVE, organisation=OuterRef("pk"))
    return Q(institution__email__gt="") | Q(unit__email__gt="") | Q(Exists(acting))


def due(rule, today):
    """Cards to be asked after today, the oldest first. Whoever was asked in this year, or told us on the telephone
    that they have closed, is not; a letter that ended because the card left the catalogue asked nobody."""
    before = months_before(today, rule.ask_after_months)
    asked = ConfirmationRequest.objects.filter(organisation=OuterRef("pk"))
    asked = asked.filter(Q(ended_on=None) | Q(asked_on__gt=before, answered_at__isnull=False))
    closed = CallAttempt.objects.filter(
        organisation=OuterRef("pk"), outcome=CallOutcome.CLOSED, made_at__date__gte=OuterRef("since")
    )
    return standing().filter(~Exists(asked), ~Exists(closed), since__lte=before).order_by("since", "pk")


def unconfirmed(rule, today):
    """Cards whose silence makes them "niepotwierdzony" today: since the letter, or, when none was sent, since the day
    on which it should have been."""
    quiet = today - timedelta(days=rule.silence_days)
    silent = Q(open_since__lte=quiet)
    never_asked = Q(open_since=None, since__lte=months_before(quiet, rule.ask_after_months))
    return standing().filter(silent | never_asked, activity=Activity.ACTIVE)


def out_of_use(rule, today):
    """Cards that become "nieaktywny" today: old, and asked in vain or out of reach of letters. Whoever wrote that
    something has changed was alive on that day."""
    changed = ConfirmationRequest.objects.filter(organisation=OuterRef("pk"), answer=Answer.CHANGES)
    alive = Greatest("since", Subquery(changed.order_by("-asked_on").values(day=TruncDate("answered_at"))[:1]))
    asked = ConfirmationRequest.objects.filter(organisation=OuterRef("pk"), asked_on__gt=OuterRef("since"))
    in_vain = Q(open_since__lte=today - timedelta(days=rule.silence_days)) | Q(open_since=None) & (
        Q(Exists(asked)) | ~has_address(today)
    )
    old = Q(alive__lte=months_before(today, rule.inactive_after_months))
    return standing().annotate(alive=alive).filter(old, in_vain, activity__in=[Activity.ACTIVE, Activity.STALE])


def addresses(organisation, today):
    """Where a letter about the card may go, the best first: the party's own mailbox, people who act for it, and for a
    unit whoever runs it. Each once."""
    grants = RoleGrant.objects.held_by_active(Role.REPRESENTATIVE, today).filter(organisation=organisation)
    found = [organisation.party.email, *(grant.user.email for grant in grants)]
    if organisation.unit and organisation.unit.operator:
        found.append(organisation.unit.operator.email)
    return list({address.lower(): address for address in found if address}.values())
