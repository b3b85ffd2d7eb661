"""What the register gives to the panel of a signed-in person."""

from django.urls import reverse

from accounts.permissions import grants_of, may_enter_admin
from accounts.workspace import Place, Waiting
from registry.choices import ProposalState
from registry.models import Organisation, Proposal, RepresentationRequest


def desk(user, now):
    return [*_waiting_in_the_office(user), *_own_requests(user), *_own_proposals(user)], _organisations(user)


def _waiting_in_the_office(user):
    """The same lines as on the first page of the admin, those in which something waits."""
    from registry.admin.dashboard import waiting_for  # the admin is there only when all apps are

    if not may_enter_admin(user):
        return []
    return [
        Waiting(f"{line['label']}: {line['count']}", line["url"], line["until"])
        for line in waiting_for(user)
        if line["count"]
    ]


def _own_requests(user):
    asked = RepresentationRequest.objects.filter(user=user, decided_at=None)
    return [
        Waiting(
            f"Twoja prośba o reprezentowanie: {one.organisation}. Czeka na koordynatora",
            one.organisation.get_absolute_url(),
            one.answer_by,
        )
        for one in asked.select_related("organisation__institution", "organisation__unit").order_by("asked_at")
    ]


def _own_proposals(user):
    """Drafts that wait for their author, and what waits for a coordinator."""
    rows = Proposal.objects.filter(author=user, state__in=[ProposalState.DRAFT, ProposalState.SENT])
    rows = rows.filter(organisation__removed_at=None)
    return [
        Waiting(f"Szkic zmian karty: {one.organisation}. Można go dokończyć i wysłać", _address(one, "card_editing"))
        if one.state == ProposalState.DRAFT
        else Waiting(f"Twoja propozycja czeka na koordynatora: {one.organisation}", _address(one, "proposal", one.pk))
        for one in rows.select_related("organisation__institution", "organisation__unit").order_by("opened_at", "pk")
    ]


def _address(proposal, name, *more):
    return reverse(f"registry:{name}", args=[proposal.organisation.slug, *more])


def _organisations(user):
    until = {grant.organisation_id: grant.ends_on for grant in grants_of(user) if grant.organisation_id}
    cards = Organisation.objects.living().filter(pk__in=until).with_party().order_by("pk")
    return [
        Place(
            title=str(card),
            role="przedstawiciel podmiotu",
            links=[
                *([("Karta w katalogu", card.get_absolute_url())] if card.published_at else []),
                ("Zmień kartę, oferty i zdjęcia", reverse("registry:card_editing", args=[card.slug])),
                ("Osoby, które reprezentują podmiot", reverse("registry:organisation_people", args=[card.slug])),
            ],
            until=until[card.pk],
        )
        for card in cards
    ]
