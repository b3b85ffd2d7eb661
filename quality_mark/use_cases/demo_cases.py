"""Cases for the demo, in every state that there is, so that whoever signs in has work waiting."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from quality_mark.applying.eligibility import checks, intake_on, may_begin, rules_on
from quality_mark.choices import MarkState
from quality_mark.models import AgendaItem, Mark, Term
from quality_mark.use_cases import agreements, commission, licensing, minutes, nightly, terms, votes
from quality_mark.use_cases.demo_people import DAYS, People
from quality_mark.use_cases.demo_way import BAD, FAIR, GOOD, Way
from quality_mark.voting import Choice
from registry.models import Offer

TERM = "Kadencja pokazowa"
MEMBERS = ("kapitula", "kapitula2", "kapitula3")
LEAST_OFFERS = 26
DAY = timedelta(days=1)


@transaction.atomic
def seed_cases(*, seed, now):
    """For core.demo.provide."""
    if Term.objects.filter(name=TERM).exists():
        return "Sprawy znaku: są już."
    people, day = People(now), timezone.localdate(now)
    if not people.are_all_here or rules_on(day - DAYS * DAY / 2) is None:
        return "Sprawy znaku: nie ma kont albo zasad z zeszłego roku."
    offers, own = _offers(day, people.own_organisation)
    if len(offers) < LEAST_OFFERS:
        return "Sprawy znaku: za mało ofert w katalogu."
    cases = Cases(people, offers, now)
    cases.last_year(own[:1])
    cases.with_the_applicant(own[1:2])
    cases.with_the_office()
    cases.with_assessors()
    cases.with_the_commission()
    cases.over(own[2:3])
    cases.renewed()
    nightly.turn_marks(now=now)
    return f"Sprawy znaku: {len(cases.made)}."


def _offers(day, own):
    """(one offer each of organisations that may apply, those of the printed representative's organisation)."""
    rows = Offer.objects.living().select_related(
        "organisation__kind", "organisation__institution", "organisation__unit"
    )
    rows = rows.filter(
        organisation__kind__may_hold_mark=True, organisation__published_at__isnull=False, quality_marks=None
    )
    mine = list(rows.filter(organisation=own).order_by("pk"))
    found, rules, intake = {}, rules_on(day), intake_on(day)
    for offer in rows.exclude(organisation=own).order_by("pk"):
        if offer.organisation_id not in found and may_begin(checks(offer, day=day, rules=rules, intake=intake)):
            found[offer.organisation_id] = offer
        if len(found) == LEAST_OFFERS:
            break
    return list(found.values()), mine


class Cases:
    def __init__(self, people, offers, now):
        self.people, self.offers, self.now, self.made = people, iter(offers), now, []
        self.clerk, self.chair, self.head = people["koordynator"], people["kapitula"], people["dyrektor"]
        day = timezone.localdate(now)
        self.term = terms.begin_term(name=TERM, starts_on=day - DAYS * DAY, actor=self.clerk)
        self.members = [
            terms.add_member(
                term_id=self.term.pk, person_id=people[name].pk, is_chair=name == "kapitula", actor=self.clerk,
                now=now - (DAYS - 1) * DAY,
            )
            for name in MEMBERS
        ]  # fmt: skip

    def begun(self, days_ago, offer=None, **more):
        one = Way(self.people, offer or next(self.offers), self.now - days_ago * DAY, **more)
        self.made.append(one)
        return one

    def last_year(self, own):
        """A mark of the printed representative that ends in a month: its renewal can be begun."""
        for offer in own:
            one = self.begun(370, offer).assessed()
            self.sat([(one, Choice.FOR)], one.at)
            self.licensed(one.decided("grant"), at=self.now - 335 * DAY)

    def with_the_applicant(self, own):
        self.begun(3).filled(some=True)
        self.begun(1).filled()
        for offer in own:
            self.begun(9, offer).filled().submitted().later(2).taken().later(3).called()
        self.begun(12).filled().submitted().later(2).taken().later(4).called()

    def with_the_office(self):
        for days in (1, 4, 16):
            self.begun(days).filled().submitted()
        self.begun(6).filled().submitted().later(1).taken()
        self.begun(8).filled().submitted().later(2).taken().judged()
        self.begun(9).filled(own=90_000).submitted().later(2).taken().later(1).judged(is_met=False).failing()
        for days in (11, 13):
            self.begun(days).filled().submitted().later(2).taken().later(3).passed()

    def with_assessors(self):
        """One not looked at yet, one half done, one whose scores are far apart, so that a third person is asked."""
        ways = [
            self.begun(days).filled().submitted().later(2).taken().later(3).passed().later(2) for days in (18, 20, 22)
        ]
        fresh, half, apart = ways
        fresh.assigned("asesor", "asesor2")
        half.assigned("asesor", "asesor3").later(3).scored("asesor3", FAIR)
        apart.assigned("asesor2", "asesor3").later(3).scored("asesor2", GOOD).scored("asesor3", BAD)

    def with_the_commission(self):
        """Two to be voted on from afar now, one on the next agenda, one on none; three decisions for the director."""
        voted = [self.begun(days).assessed() for days in (30, 29)]
        coming, waiting = (self.begun(days).assessed() for days in (28, 27))
        remote = self.called(voted, self.now - timedelta(hours=2), is_remote=True)
        for item in remote.items.all():
            vote = votes.open_vote(item_id=item.pk, actor=self.clerk, now=self.now - timedelta(hours=1))
            votes.cast(vote_id=vote.pk, choice=Choice.FOR, actor=self.people["kapitula2"], now=self.now)
        self.called([coming], self.now + 9 * DAY)
        self.ready = [self.begun(days).assessed(value) for days, value in ((40, GOOD), (41, FAIR), (42, BAD))]
        choices = zip(self.ready, (Choice.FOR, Choice.FOR, Choice.AGAINST), strict=True)
        self.sat(list(choices), self.now - 6 * DAY)

    def over(self, own):
        """Agreements to be signed, and every end."""
        granted = [self.begun(days, offer).assessed() for days, offer in ((50, None), *((51, one) for one in own))]
        valid, refused = (self.begun(days).assessed() for days in (53, 54))
        yes = [*granted, valid]
        self.sat([*((one, Choice.FOR) for one in yes), (refused, Choice.AGAINST)], self.now - 20 * DAY)
        for one in (*yes, refused):
            one.at = self.now - 14 * DAY
            one.decided("refuse" if one is refused else "grant")
            if one is not refused:
                agreements.prepare(application_id=one.pk, now=one.at)
        self.sign(granted[0], self.now - 2 * DAY)
        self.licensed(valid, at=self.now - 10 * DAY)
        self.begun(40).filled().submitted().later(2).taken().later(2).called().later(20).left()
        self.begun(25).filled().submitted().later(5).withdrawn()

    def renewed(self):
        """The renewal of a mark that ends soon, with the office."""
        day = timezone.localdate(self.now)
        soon = Mark.objects.filter(state=MarkState.ACTIVE, valid_until__range=(day, day + 45 * DAY))
        taken = [one.offer.pk for one in self.made]
        mark = soon.exclude(offer__in=taken).select_related("offer__organisation").order_by("valid_until").first()
        if mark:
            self.begun(3, mark.offer, mark=mark).filled().submitted().later(1).taken()

    def called(self, ways, at, **more):
        """A sitting with these cases on its agenda, of which the members were told."""
        place = "" if more else "Urząd, sala posiedzeń"
        sitting = commission.plan_sitting(
            term_id=self.term.pk, starts_at=at, place=place, actor=self.clerk, **more
        )  # fmt: skip
        for one in ways:
            commission.add_to_agenda(sitting_id=sitting.pk, application_id=one.pk, actor=self.clerk)
        return commission.call(sitting_id=sitting.pk, actor=self.clerk, now=min(at, self.now))

    def sat(self, chosen, at):
        """A sitting that is over: all were there and voted as [(Way, Choice)] says, the minutes are signed."""
        sitting = self.called([one for one, _ in chosen], at)
        seats = {one.pk: one.pk for one in self.members}
        commission.mark_present(sitting_id=sitting.pk, taken=seats, actor=self.clerk, now=at)
        for one, choice in chosen:
            item = AgendaItem.objects.get(application=one.pk, sitting=sitting)
            vote = votes.open_vote(item_id=item.pk, is_secret=False, actor=self.clerk, now=at)
            for member in self.members:
                votes.cast(vote_id=vote.pk, choice=choice, actor=member.person, now=at)
            votes.close(vote_id=vote.pk, actor=self.clerk, now=at)
            one.at = at
        minutes.draft(sitting_id=sitting.pk, actor=self.chair, now=at)
        minutes.sign(sitting_id=sitting.pk, actor=self.chair, now=at)

    def sign(self, one, at):
        agreements.sign_by_declaration(
            application_id=one.pk, name="Przedstawicielka (przykład)", actor=one.applicant, now=at
        )

    def licensed(self, one, *, at):
        agreements.prepare(application_id=one.pk, now=one.at)
        self.sign(one, at)
        licensing.countersign(application_id=one.pk, actor=self.clerk, now=at)
