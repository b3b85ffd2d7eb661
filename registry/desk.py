"""What the register gives to the panel of a signed-in person."""

from django.urls import reverse

from accounts.permissions import grants_of, may_enter_admin
from accounts.workspace import Place, Waiting
from registry.choices import Activity, ProposalState
from registry.models import ConfirmationRequest, Organisation, Proposal, RepresentationRequest, StatusReport


def desk(user, now):
    until, cards = _organisations(user)
    own = [*_own_requests(user), *_own_proposals(user), *_own_reports(user), *_to_confirm(cards)]
    return [*_waiting_in_the_office(user), *own], [_place(card, until[card.pk]) for card in cards]


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


def _own_reports(user):
    """Yearly reports that are owed by those for whom the person acts, from the start of the year."""
    mine = [grant.organisation_id for grant in grants_of(user) if grant.organisation_id]
    if not mine:
        return []
    cards = Organisation.objects.living().filter(pk__in=mine, unit__isnull=True).with_party()
    by_institution = {card.institution_id: card for card in cards}
    owed = StatusReport.objects.owed().filter(status__institution__in=by_institution).select_related("status")
    return [
        Waiting(
            f"Sprawozdanie PS za rok {report.year}: {by_institution[report.status.institution_id]}",
            reverse("registry:organisation_terms", args=[by_institution[report.status.institution_id].slug]),
            report.due_on,
        )
        for report in owed.order_by("due_on", "pk")
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
    return until, list(Organisation.objects.living().filter(pk__in=until).with_party().order_by("pk"))


def _to_confirm(cards):
    """Public cards that were asked after, or whose silence has been noted."""
    asked = set(
        ConfirmationRequest.objects.open().filter(organisation__in=cards).values_list("organisation", flat=True)
    )
    return [
        Waiting(f"Potwierdź, że dane są aktualne: {card}", _confirming(card))
        for card in cards
        if card.published_at and (card.pk in asked or card.activity != Activity.ACTIVE)
    ]


def _confirming(card):
    return reverse("registry:organisation_confirmation", args=[card.slug])


def _place(card, until):
    public = [("Karta w katalogu", card.get_absolute_url()), ("Potwierdź dane", _confirming(card))]
    editing = ("Zmień kartę, oferty i zdjęcia", reverse("registry:card_editing", args=[card.slug]))
    terms = ("Terminy i oś czasu", reverse("registry:organisation_terms", args=[card.slug]))
    people = ("Osoby, które reprezentują podmiot", reverse("registry:organisation_people", args=[card.slug]))
    return Place(
        title=str(card),
        role="przedstawiciel podmiotu",
        links=[*(public if card.published_at else []), editing, terms, people],
        until=until,
    )
