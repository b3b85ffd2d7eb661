"""What roles of the region give to the panel of a signed-in person."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.factors import has_second_factor
from accounts.models import ErasureRequest, Invitation, Job, RoleGrant
from accounts.permissions import POWERS, Scope, grants_of, may_enter_admin, needs_second_factor
from accounts.use_cases.roles import in_words
from accounts.workspace import Place, Waiting

# Art. 12 ust. 3 RODO: within a month; a day or two of it are for the weekend.
ANSWER_WITHIN = timedelta(days=28)
SECOND_FACTOR = "Dodaj drugi składnik logowania: Twoja rola daje wgląd w dane innych osób"


def desk(user, now):
    places = [
        Place(
            title=settings.PORTAL_NAME,
            role=Role(grant.role).label,
            links=[("Panel koordynatora", reverse("admin:index"))] if POWERS[grant.role].enters_admin else [],
            until=grant.ends_on,
        )
        for grant in grants_of(user)
        if POWERS[grant.role].scope is Scope.REGION
    ]
    if not places and may_enter_admin(user):
        places.append(
            Place(settings.PORTAL_NAME, "pełne uprawnienia", [("Panel koordynatora", reverse("admin:index"))])
        )
    waiting = [Waiting(SECOND_FACTOR, reverse("mfa_index"))] if _lacks_second_factor(user) else []
    return [*waiting, *_erasures(user), *_left_alone(user, now), *_invitations(user, now), *_jobs(user)], places


def _erasures(user):
    """Requests for erasure, for those who decide on them, with the day by which the oldest must be answered."""
    if not user.has_perm("accounts.change_erasurerequest"):
        return []
    asked = list(
        ErasureRequest.objects.filter(decided_at=None).order_by("asked_at").values_list("asked_at", flat=True)
    )
    if not asked:
        return []
    label = f"Prośby o usunięcie danych: {len(asked)}"
    until = timezone.localdate(asked[0]) + ANSWER_WITHIN
    return [Waiting(label, reverse("admin:accounts_erasurerequest_changelist"), until)]


def _left_alone(user, now):
    """For those who can invite somebody: organisations and authorities that have lost their last person."""
    if not user.has_perm("accounts.view_rolegrant"):
        return []
    count = RoleGrant.objects.last_of_nobody(timezone.localdate(now)).count()
    label = f"Podmioty i zamawiający, w których imieniu nikt już nie działa: {count}"
    return [Waiting(label, f"{reverse('admin:accounts_rolegrant_changelist')}?waznosc=nikt")] if count else []


def _jobs(user):
    """Work under way, and files that it made, as long as they are kept."""
    return [
        Waiting(f"{job.title} – {job.get_state_display()}", job.get_absolute_url(), _kept_until(job))
        for job in Job.objects.of(user).of_interest()[:5]
    ]


def _kept_until(job):
    return timezone.localdate(job.finished_at) + timedelta(days=settings.JOBS_KEPT_DAYS) if job.finished_at else None


def _invitations(user, now):
    """The link stands in the letter only; here one learns that there is such a letter."""
    mine = Invitation.objects.open(now).filter(email=user.email.lower()).with_objects().order_by("expires_at")
    return [
        Waiting(
            f"Zaproszenie: {in_words(one)}. Otwórz odsyłacz z listu",
            "",
            timezone.localdate(one.expires_at),
        )
        for one in mine
    ]


def _lacks_second_factor(user):
    return needs_second_factor(user) and not has_second_factor(user)
