"""From the formal assessment to the decision, by the verbs alone."""

import pytest

from accounts.choices import Role
from notifications.models import OutgoingEmail
from quality_mark.choices import ApplicationState as A
from quality_mark.models import AgendaItem
from quality_mark.use_cases import assigning
from quality_mark.voting import Choice, Result
from tests.accounts.factories import account, hold
from tests.quality_mark import judging
from tests.quality_mark.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return account(Role.COORDINATOR)


@pytest.mark.parametrize(("choice", "step", "end"), [("za", "grant", A.GRANTED), ("przeciw", "refuse", A.REFUSED)])
def test_a_case_comes_from_the_formal_assessment_to_its_decision(clerk, choice, step, end):
    application = judging.case()
    holder = hold(account(email="zarzad@example.pl"), Role.REPRESENTATIVE, organisation=application.offer.organisation)
    first, second = judging.assigned(application, judging.assessors(), clerk).values()
    judging.scored(first, 4, 5)
    judging.scored(second, 5, 4)
    assert assigning.put(application_id=application.pk, actor=clerk, now=NOW).state == A.COMMISSION
    term, members = judging.commission_of(clerk)
    sitting = judging.sitting_with(term, [application], clerk, members=members)
    item = AgendaItem.objects.get()
    vote = judging.voted(item, dict.fromkeys(members, Choice(choice)), clerk)
    assert vote.result == (Result.YES if choice == "za" else Result.NO)
    judging.signed(sitting, members[0].person)
    moved = judging.decided(application, step, account(Role.DIRECTOR))
    assert moved.state == end
    names = list(application.steps.values_list("name", flat=True))
    assert names == ["assign", "put", step]
    paper = application.papers.get()
    with paper.file.open() as file:
        assert (paper.is_of_office, paper.is_shown, file.read(5)) == (True, True, b"%PDF-")
    assert application.steps.last().paper == paper
    [letter] = OutgoingEmail.objects.filter(template="quality_mark/email/decided")
    assert (letter.to, application.number in letter.body) == (holder.user.email, True)
