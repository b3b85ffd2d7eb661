"""Verbs of the commission between votes: sittings, agenda, presence, recusals."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.permissions import Action, may
from core.exceptions import Refused
from notifications import outbox
from quality_mark import access
from quality_mark.choices import Actor, ApplicationState
from quality_mark.commission import seats
from quality_mark.letters_of_judging import SITTING, sitting_context
from quality_mark.models import AgendaItem, Member, Presence, Recusal, Sitting, Term, Vote
from quality_mark.own_cases import own_of
from quality_mark.use_cases.moving import locked
from quality_mark.voting import Result

NOT_THEIRS = "Ten krok należy do kogoś innego."
SIGNED = "Protokół tego posiedzenia jest już podpisany."


def check_office(actor):
    if not may(actor, Action.HANDLE_MARK):
        raise Refused(NOT_THEIRS)


@transaction.atomic
def plan_sitting(*, term_id, starts_at, place="", link="", is_remote=False, actor):
    check_office(actor)
    if not (is_remote or place or link):
        raise Refused("Podaj miejsce albo odsyłacz do spotkania.", field="place")
    Term.objects.select_for_update().get(pk=term_id)
    given = {"term_id": term_id, "starts_at": starts_at, "place": place, "link": link, "is_remote": is_remote}
    # A double press is one sitting.
    return Sitting.objects.filter(**given, called_at=None).first() or Sitting.objects.create(**given)


@transaction.atomic
def add_to_agenda(*, sitting_id, application_id, actor):
    """Put a case at the end of the agenda. Refused: not with the commission, or waiting at another sitting."""
    application = locked(application_id)
    access.check(actor, Actor.CLERK, application)
    sitting = open_sitting(sitting_id)
    if application.state != ApplicationState.COMMISSION:
        raise Refused("Ten wniosek nie jest teraz w Kapitule.")
    if there := sitting.items.filter(application=application).first():
        if decided(there):
            raise Refused("Nad tą sprawą głosowano już na tym posiedzeniu.")
        return there
    if listed_elsewhere(application):
        raise Refused("Ten wniosek jest już w porządku innego posiedzenia.")
    item = sitting.items.create(application=application, position=last_position(sitting) + 1)
    keep_recusals(item)
    return item


def keep_recusals(item):
    """Who has stepped back from a case stays out of it, at whatever sitting it comes up again."""
    said = Recusal.objects.filter(item__application=item.application_id, is_computed=False).exclude(item=item)
    reasons = {one.member.person_id: one for one in said.select_related("member").order_by("-at")}
    members = item.sitting.term.members.filter(person__in=[pk for pk in reasons if pk])
    Recusal.objects.bulk_create(
        Recusal(item=item, member=one, reason=reasons[one.person_id].reason, at=reasons[one.person_id].at)
        for one in members
    )


@transaction.atomic
def drop_from_agenda(*, item_id, actor):
    """Take a case off the agenda. Refused once it was voted on."""
    item = locked_item(item_id)
    access.check(actor, Actor.CLERK, item.application)
    if item.votes.exists():
        raise Refused("Nad tą sprawą już głosowano.")
    item.delete()


@transaction.atomic
def move_up(*, item_id, actor):
    """Change places with the case before it."""
    item = locked_item(item_id)
    access.check(actor, Actor.CLERK, item.application)
    before = item.sitting.items.filter(position__lt=item.position).order_by("-position").first()
    if before:
        item.position, before.position = before.position, item.position
        AgendaItem.objects.bulk_update([item, before], ["position"])


@transaction.atomic
def call(*, sitting_id, actor, now):
    """Tell the members when and where, and give them the papers. Refused without an agenda."""
    check_office(actor)
    sitting = open_sitting(sitting_id)
    items = list(sitting.items.select_related("application__offer", "mark"))
    if not items:
        raise Refused("Porządek obrad jest pusty.")
    if sitting.called_at:
        return sitting
    sitting.called_at, sitting.called_by = now, actor
    sitting.save(update_fields=["called_at", "called_by"])
    for member in seats.members(sitting.term_id, timezone.localdate(now)).exclude(person=None):
        outbox.enqueue(
            to=member.person.email,
            user=member.person,
            template=SITTING,
            context=sitting_context(sitting, items),
            dedupe_key=f"quality-mark:sitting:{sitting.pk}:{member.pk}",
            now=now,
        )
    return sitting


@transaction.atomic
def mark_present(*, sitting_id, taken, actor, now):
    """Who is here: {member id: id of the seat}. A seat has one person; a substitute takes that of an absent member."""
    sitting = open_sitting(sitting_id)
    check_runs(actor, sitting, now)
    # Who is here makes the quorum of a vote that runs.
    if sitting.items.filter(own_of(actor, "application__"), votes__closed_at=None, votes__isnull=False).exists():
        raise Refused(access.OWN)
    known = {one.pk: one for one in seats.members(sitting.term_id, timezone.localdate(now))}
    for member_id, seat_id in taken.items():
        member, seat = known.get(member_id), known.get(seat_id)
        # The seat of somebody who has left in the meantime may still be taken at this sitting by a substitute.
        seat = seat or Member.objects.filter(pk=seat_id, term=sitting.term_id).first()
        if member is None or seat is None or seat.is_substitute or member.is_substitute == (member_id == seat_id):
            raise Refused("Zastępca zajmuje miejsce nieobecnego członka, każdy inny swoje.")
    if len(set(taken.values())) < len(taken):
        raise Refused("Jedno miejsce może zająć tylko jedna osoba.")
    Presence.objects.filter(sitting=sitting).delete()
    Presence.objects.bulk_create(
        Presence(sitting=sitting, member_id=member, seat_id=seat) for member, seat in taken.items()
    )


@transaction.atomic
def recuse(*, item_id, reason, actor, now):
    """A member steps back from one case, with a reason. Refused once they have voted on it."""
    item = locked_item(item_id)
    member = seats.membership(actor, item.sitting.term_id, timezone.localdate(now))
    if member is None:
        raise Refused(seats.LEFT)
    # As closing does, after the case and the sitting: no ballot of theirs comes meanwhile.
    list(Vote.objects.select_for_update(of=("self",)).filter(item=item).order_by("pk"))
    if Vote.objects.filter(item=item, ballots__voter=member).exists():
        raise Refused("W tej sprawie oddano już głos w Twoim imieniu.")
    return Recusal.objects.get_or_create(item=item, member=member, defaults={"reason": reason, "at": now})[0]


def listed_elsewhere(application):
    return application.agenda_items.filter(sitting__signed_at=None).exists()


def last_position(sitting):
    return sitting.items.aggregate(last=Max("position"))["last"] or 0


def open_sitting(sitting_id):
    """The sitting, locked. Refused once its minutes are signed."""
    sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
    if sitting.signed_at:
        raise Refused(SIGNED)
    return sitting


def locked_item(item_id):
    """The item with its case and its sitting, locked in that order. Refused once the minutes are signed."""
    numbers = AgendaItem.objects.values_list("application", "sitting").get(pk=item_id)
    application, sitting = locked(numbers[0]), open_sitting(numbers[1])
    item = AgendaItem.objects.get(pk=item_id)
    item.application, item.sitting = application, sitting
    return item


def check_runs(actor, sitting, now):
    """Refused to whoever neither works in the office nor is the chair."""
    if not may(actor, Action.HANDLE_MARK) and not seats.is_chair(actor, sitting.term_id, timezone.localdate(now)):
        raise Refused(NOT_THEIRS)


def decided(item):
    """Whether the item has its recommendation, or needs none any more."""
    last = item.votes.order_by("-number").first()
    return last is not None and last.result in (*Result.final(), Result.MOOT)
