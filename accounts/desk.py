"""What roles of the region give to the panel of a signed-in person."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.factors import has_second_factor
from accounts.models import Invitation, Job
from accounts.permissions import POWERS, Scope, grants_of, may_enter_admin, needs_second_factor
from accounts.use_cases.roles import in_words
from accounts.workspace import Place, Waiting

SECOND_FACTOR = "Dodaj drugi składnik logowania: Twoja rola daje wgląd w dane innych osób"


def desk(user, now):
    places = [
        Place(
            title=settings.PORTAL_NAME,
            role=Role(grant.role).label,
            links=[("Panel koordynatora", reverse("admin:index"))],
            until=grant.ends_on,
        )
        for grant in grants_of(user)
        # Of other roles of the region tells whoever has a page for them: a place without a link leads nowhere.
        if POWERS[grant.role].scope is Scope.REGION and POWERS[grant.role].enters_admin
    ]
    if not places and may_enter_admin(user):
        places.append(
            Place(settings.PORTAL_NAME, "pełne uprawnienia", [("Panel koordynatora", reverse("admin:index"))])
        )
    waiting = [Waiting(SECOND_FACTOR, reverse("mfa_index"))] if _lacks_second_factor(user) else []
    return [*waiting, *_invitations(user, now), *_jobs(user)], places


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
