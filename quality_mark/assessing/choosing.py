"""Who may assess a case, and who is asked first. A fixed number of queries, however many people there are."""

from dataclasses import dataclass

from django.db.models import Count

from accounts.choices import Role
from accounts.models import RoleGrant, User
from quality_mark.access import OF_ONE, OWN, acting
from quality_mark.applying.independence import box
from quality_mark.models import Assessment

RECOMMENDS = "To osoba, która poleca tę ofertę."
RECOMMENDS_FOR = "Działa albo działała w imieniu podmiotu, który poleca tę ofertę."
SAME_ADDRESS = "Działa albo działała w imieniu podmiotu pod tym samym adresem."
# Without a door number: neighbours in one house are near enough to be asked about.
ADDRESS = ("town", "house_number", "street")
# From a grant to those for whom the person acts.
PARTIES = ("organisation__unit", "organisation__institution", "authority__institution")
DECLARED = "Ta osoba zgłosiła już konflikt interesów w tej sprawie."


@dataclass(frozen=True, slots=True)
class Candidate:
    """`load` is how many assessments wait for the person; `conflict` says in words why they cannot be asked."""

    person: User
    load: int
    conflict: str = ""


def conflict_of(user, application):
    """Why this person cannot judge the case, in words; empty when the portal knows of nothing.

    What it knows: for whom people act or have acted, where those organisations have their seats, and the addresses of
    those who recommend. Accounts have no postal address: where the person lives is theirs to declare.
    """
    return _conflicts([user], application).get(user.pk, "")


def candidates(application, day):
    """[Candidate] of everybody who assesses: those without a conflict first, the least busy first."""
    grants = RoleGrant.objects.held_by_active(Role.ASSESSOR, day)
    people = list({grant.user_id: grant.user for grant in grants}.values())
    loads = dict(
        Assessment.objects.waiting().filter(assessor__in=people).values_list("assessor").annotate(Count("pk"))
    )
    conflicts = _conflicts(people, application)
    found = [Candidate(one, loads.get(one.pk, 0), conflicts.get(one.pk, "")) for one in people]
    return sorted(found, key=lambda one: (bool(one.conflict), one.load, one.person.pk))


def free(application, day, *, again=False):
    """Candidates who can be asked now: without a conflict, and never on the case yet; `again`: not on it now."""
    rows = application.assessments.filter(left_at=None) if again else application.assessments
    asked = set(rows.values_list("assessor", flat=True))
    return [one for one in candidates(application, day) if not one.conflict and one.person.pk not in asked]


def _conflicts(people, application):
    found = dict.fromkeys(
        application.assessments.filter(has_conflict=True).values_list("assessor", flat=True), DECLARED
    )
    return found | recommending(people, application) | _acting(people, application.offer.organisation)


def recommending(people, application):
    """{id: why} of those among these people who recommend the offer, or act or ever acted for somebody who does."""
    boxes = {box(email) for email in application.recommendations.values_list("email", flat=True) if email}
    if not boxes:
        return {}
    found = {one.pk: RECOMMENDS for one in people if box(one.email) in boxes}
    grants = RoleGrant.objects.filter(user__in=people, role__in=OF_ONE)
    for user, *emails in grants.values_list("user", *(f"{party}__email" for party in PARTIES)):
        if boxes & {box(email) for email in emails if email}:
            found.setdefault(user, RECOMMENDS_FOR)
    return found


def _acting(people, organisation):
    """{id: why} of those who act, or ever acted, for the organisation, for another card of its legal person, or for
    somebody with a seat at the same address."""
    place = _place(*(getattr(organisation.party, name) for name in ADDRESS))
    grants = RoleGrant.objects.filter(user__in=people, role__in=OF_ONE)
    found = {user: OWN for (user,) in acting(people, organisation)}
    for user, *lines in grants.values_list("user", *(f"{party}__{name}" for party in PARTIES for name in ADDRESS)):
        places = {_place(*lines[at : at + len(ADDRESS)]) for at in range(0, len(lines), len(ADDRESS))}
        if place and place in places:
            found.setdefault(user, SAME_ADDRESS)
    return found


def _place(*lines):
    """An address by which two are the same, or None without a town and a number. A village may have no streets."""
    town, number, street = ((line or "").strip().lower() for line in lines)
    return (town, number, street.removeprefix("ul.").strip()) if town and number else None
