"""What procurement gives to the panel of a signed-in person."""

from django.urls import reverse

from accounts.permissions import Action, grants_of, may
from accounts.workspace import Place, Waiting
from procurement.matching.desk import links_of_officer
from procurement.models import OfficerRequest


def desk(user, now):
    return _own_requests(user), [*_everywhere(user), *_authorities(user)]


def _own_requests(user):
    return [
        Waiting(
            f"Twoja prośba o działanie w imieniu: {one.object_name}. Czeka na koordynatora",
            reverse("panel"),
            one.answer_by,
        )
        for one in OfficerRequest.objects.filter(user=user, decided_at=None).order_by("asked_at")
    ]


def _everywhere(user):
    """Coordinators work with every authority."""
    if not may(user, Action.BUY):
        return []
    return [
        Place(
            title="Zamówienia wszystkich zamawiających",
            role="koordynator",
            links=[("Ogłoszenia", reverse("procurement:notice_list"))],
        )
    ]


def _authorities(user):
    held = [grant.pk for grant in grants_of(user) if grant.authority_id]
    if not held:
        return []
    return [
        Place(
            title=f"{grant.authority}: {grant.ordering_unit}" if grant.ordering_unit else str(grant.authority),
            role="urzędnik zamawiającego",
            links=[
                ("Ogłoszenia", reverse("procurement:notice_list")),
                ("Plany zamówień", reverse("procurement:plan_list")),
                (
                    "Osoby, które działają w tym imieniu",
                    reverse("procurement:authority_people", args=[grant.authority_id]),
                ),
                *links_of_officer(),
            ],
            until=grant.ends_on,
        )
        for grant in user.grants.filter(pk__in=held).with_objects().order_by("authority", "ordering_unit", "pk")
    ]
