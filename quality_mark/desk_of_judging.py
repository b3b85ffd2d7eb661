"""What judging gives to the panel of a signed-in person: where each thing is done and what waits."""

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.permissions import Action, grants_of, may
from accounts.workspace import Place, Waiting
from core.templatetags.portal import date_words, plural
from quality_mark.assessing.seeing import of_assessor
from quality_mark.calendar import last_day
from quality_mark.choices import ApplicationState, MarkState
from quality_mark.commission import seats
from quality_mark.decisions.waiting import waiting as to_be_decided
from quality_mark.models import Application, Ballot, Sitting, Vote
from quality_mark.own_cases import not_own, own_of

TITLE = "Znak „Zakup Prospołeczny”"
# Beyond these the list tells more.
MOST = 10
CASES = "wniosek,wnioski,wniosków"


def desk(user, now):
    """One query for each role that the person holds, three for a member of the commission."""
    found = [part for part in (_assessor(user), _member(user, now), _director(user, now), _office(user)) if part]
    return [line for lines, _ in found for line in lines], [place for _, place in found]


def _place(user, role, words, *links):
    until = next((grant.ends_on for grant in grants_of(user) if grant.role == role), None)
    links = [(label, reverse(f"quality_mark:{name}")) for label, name in links]
    return Place(title=TITLE, role=words, links=links, until=until)


def _assessor(user):
    if not may(user, Action.ASSESS_MARK):
        return None
    rows = of_assessor(user).filter(sent_at=None, application__state=ApplicationState.ASSESSMENT)
    rows = rows.exclude(own_of(user, "application__")).order_by("due_on", "pk")[:MOST]
    lines = [
        Waiting(
            f"Oceń wniosek {one.application.number}", reverse("quality_mark:assessment", args=[one.pk]), one.due_on
        )
        for one in rows
    ]
    return lines, _place(user, Role.ASSESSOR, "oceniający", ("Moje oceny", "assessments"))


def _member(user, now):
    if not may(user, Action.VOTE_ON_MARK):
        return None
    cast = Ballot.objects.filter(vote=OuterRef("pk"), voter__person=user)
    votes = Vote.objects.filter(
        Q(closes_at=None) | Q(closes_at__gt=now),
        Q(item__mark=None, item__application__state=ApplicationState.COMMISSION)
        | Q(item__mark__state=MarkState.SUSPENDED),
        ~Exists(cast),
        closed_at=None,
        opens_at__lte=now,
        item__sitting__in=seats.sittings_of(user, timezone.localdate(now)),
    ).exclude(item__recusals__member__person=user)
    votes = votes.exclude(own_of(user, "item__application__")).select_related("item__application", "item__mark")
    lines = [
        Waiting(
            f"Zagłosuj w sprawie {one.item.mark or one.item.application.number}",
            reverse("quality_mark:agenda_item", args=[one.item_id]),
            timezone.localdate(one.closes_at) if one.closes_at else None,
        )
        for one in votes.order_by("closes_at", "pk")[:MOST]
    ]
    return [*lines, *_to_sign(user, now)], _place(
        user, Role.COMMISSION, "członek Kapituły", ("Kapituła", "commission")
    )


def _to_sign(user, now):
    """Minutes that wait for the chair. Whoever signs in the chair's place has a letter."""
    chaired = seats.sitting_on(timezone.localdate(now)).filter(person=user, is_chair=True).values("term")
    rows = Sitting.objects.filter(term__in=chaired, drafted_at__isnull=False, signed_at=None)
    return [
        Waiting(
            f"Podpisz protokół posiedzenia z {date_words(timezone.localdate(one.starts_at))}",
            reverse("quality_mark:sitting", args=[one.pk]),
        )
        for one in rows.order_by("starts_at", "pk")[:MOST]
    ]


def _director(user, now):
    if not may(user, Action.DECIDE_ON_MARK):
        return None
    lines = _counted("Do rozstrzygnięcia", to_be_decided(user, now), "decisions")
    return lines, _place(user, Role.DIRECTOR, "dyrektor", ("Wnioski do rozstrzygnięcia", "decisions"))


def _office(user):
    if not may(user, Action.HANDLE_MARK):
        return None
    rows = not_own(Application.objects.filter(state=ApplicationState.FORMAL_OK), user)
    lines = _counted("Do przydziału oceniającym", rows, "assigning")
    return lines, _place(
        user,
        Role.COORDINATOR,
        "koordynator",
        ("Ocena merytoryczna: przydział", "assigning"),
        ("Kapituła", "commission"),
    )


def _counted(words, rows, page):
    """One line with the nearest day, by which the panel puts it in its place."""
    found = rows.order_by().aggregate(count=Count("pk"), nearest=Min("due_at"))
    if not found["count"]:
        return []
    words = f"{words}: {found['count']} {plural(found['count'], CASES)} o znak"
    until = last_day(found["nearest"]) if found["nearest"] else None
    return [Waiting(words, reverse(f"quality_mark:{page}"), until)]
