"""A case on its way from the formal assessment to the director, and the people who take it there."""

from datetime import timedelta

from django.db.models import TextField
from django.db.models.functions import Cast

from accounts.choices import Role
from quality_mark.choices import ApplicationState, DocumentKind
from quality_mark.models import AgendaItem, BallotBox, DocumentTemplate, Rulebook
from quality_mark.use_cases import assessing, assigning, commission, deciding, minutes, terms, votes
from quality_mark.voting import Choice
from tests.accounts.factories import account
from tests.quality_mark.factories import NOW, ApplicationFactory, RulebookFactory

TEMPLATES = {
    DocumentKind.DECISION: ("Przyznanie znaku", "Znak dostaje {organisation} za „{offer}”.\n\n{note}\n\nDo {due}."),
    DocumentKind.REFUSAL: ("Odmowa {number}", "{organisation} nie dostaje znaku.\n\n{note}"),
    DocumentKind.MINUTES: ("Protokół", "Posiedzenie: {date}, {place}.\n\nObecni: {present}."),
}


def rules(**given):
    """Announced rules with words for documents."""
    book = RulebookFactory(announced=False, **given)
    for kind, (title, body) in TEMPLATES.items():
        DocumentTemplate.objects.create(rulebook=book, kind=kind, title=title, body=body)
    Rulebook.objects.filter(pk=book.pk).update(published_at=NOW - timedelta(days=100))
    book.refresh_from_db()
    return book


def assessors(count=2, start=1):
    return [account(Role.ASSESSOR, email=f"asesor{number}@example.pl") for number in range(start, start + count)]


def case(state=ApplicationState.FORMAL_OK, book=None, **given):
    return ApplicationFactory(state=state, rulebook=book or rules(), **given)


def assigned(application, people, clerk):
    """The case with these assessors, each of whom has declared that there is no conflict. {email: Assessment}"""
    assigning.assign(application_id=application.pk, assessor_ids=[one.pk for one in people], actor=clerk, now=NOW)
    rows = {one.assessor.email: one for one in application.assessments.select_related("assessor")}
    for one in rows.values():
        assessing.declare(assessment_id=one.pk, actor=one.assessor, now=NOW)
    return rows


def scores(application, *values):
    criteria = application.rulebook.substantivecriterion_set.all()
    return {one.pk: (value, "Bo tak.") for one, value in zip(criteria, values, strict=True)}


def scored(assessment, *values, now=NOW):
    return assessing.send(
        assessment_id=assessment.pk,
        scores=scores(assessment.application, *values),
        actor=assessment.assessor,
        now=now,
    )


def commission_of(clerk, count=3, substitutes=0):
    """(term, [Member]): the first one is the chair, substitutes come last."""
    term = terms.begin_term(name="Kadencja 2026", starts_on=NOW.date() - timedelta(days=30), actor=clerk)
    found = []
    for number in range(count + substitutes):
        person = account(Role.COMMISSION, email=f"kapitula{number}@example.pl")
        found.append(
            terms.add_member(
                term_id=term.pk, person_id=person.pk, is_chair=number == 0, is_substitute=number >= count,
                actor=clerk, now=NOW,
            )
        )  # fmt: skip
    return term, found


def sitting_with(term, applications, clerk, *, is_remote=False, members=()):
    """A called sitting with these cases, at which these members are present."""
    one = commission.plan_sitting(
        term_id=term.pk, starts_at=NOW, place="" if is_remote else "Sala 1", is_remote=is_remote, actor=clerk
    )
    for application in applications:
        commission.add_to_agenda(sitting_id=one.pk, application_id=application.pk, actor=clerk)
    commission.call(sitting_id=one.pk, actor=clerk, now=NOW)
    if members:
        commission.mark_present(sitting_id=one.pk, taken={m.pk: m.pk for m in members}, actor=clerk, now=NOW)
    return one


def voted(item, choices, clerk, *, is_secret=False, now=NOW):
    """The closed vote: {Member: Choice}."""
    vote = votes.open_vote(item_id=item.pk, is_secret=is_secret, actor=clerk, now=now)
    for member, choice in choices.items():
        votes.cast(vote_id=vote.pk, choice=choice, actor=member.person, now=now)
    return votes.close(vote_id=vote.pk, anyway=True, actor=clerk, now=now)


def box_of(vote):
    """What stands in the box of an open secret vote: (sums as they are sealed, as they can be read)."""
    [sealed] = BallotBox.objects.filter(vote=vote).values_list(Cast("sums", TextField()), flat=True)
    return sealed, BallotBox.objects.get(vote=vote).sums


def recommended(application, clerk, choice=Choice.FOR):
    """The case, now in the commission, with a signed recommendation."""
    term, members = commission_of(clerk)
    one = sitting_with(term, [application], clerk, members=members)
    voted(AgendaItem.objects.get(application=application), dict.fromkeys(members, choice), clerk)
    signed(one, members[0].person)
    return one


def signed(sitting, chair, now=NOW):
    minutes.draft(sitting_id=sitting.pk, actor=chair, now=now)
    return minutes.sign(sitting_id=sitting.pk, actor=chair, now=now)


def decided(application, step, director, now=NOW, reason="Spełnia kryteria."):
    return deciding.decide(application_id=application.pk, step=step, reason=reason, actor=director, now=now)
