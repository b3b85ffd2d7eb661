"""How long proposals are kept, whose they are, and what tears at them at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.choices import Role
from core.exceptions import Refused
from registry.choices import ProposalState
from registry.models import Proposal, ProposedChange, TrustedField
from registry.use_cases.proposals.deciding import decide
from registry.use_cases.proposals.forgetting import erase_drafts_of, forget_old, proposals_of
from tests.accounts.factories import account
from tests.registry.factories import NOW
from tests.registry.proposals.factories import answers, card_with_person, fresh, sent, type_into


@pytest.mark.django_db
def test_settled_proposals_and_forgotten_drafts_go_in_time(settings):
    settings.PROPOSAL_KEPT_DAYS, settings.PROPOSAL_DRAFT_KEPT_DAYS = 365, 180
    card, user = card_with_person()
    settled = sent(card, user, kontakt={"phone": "71 111 22 33"})
    waiting = sent(card, user, kontakt={"email": "nowy@example.pl"})
    draft = type_into(card, user, "kontakt", email="inny@example.pl")
    assert forget_old(NOW + timedelta(days=179)) == 0
    assert forget_old(NOW + timedelta(days=181)) == 1
    assert forget_old(NOW + timedelta(days=366)) == 1
    assert list(Proposal.objects.values_list("pk", flat=True)) == [waiting.pk]
    assert {settled.state, draft.state} == {ProposalState.DECIDED, ProposalState.DRAFT}


@pytest.mark.django_db
def test_of_an_erased_person_drafts_go_and_what_was_sent_is_nobodys():
    card, user = card_with_person()
    sent(card, user, kontakt={"email": "nowy@example.pl"})
    type_into(card, user, "kontakt", email="inny@example.pl")
    assert [one["stan"] for one in proposals_of(user)] == ["czeka na sprawdzenie", "szkic"]
    erase_drafts_of(user, NOW)
    left = Proposal.objects.get()
    assert (left.author, left.state, left.typed) == (None, ProposalState.SENT, {})
    assert proposals_of(user) == []


@pytest.mark.django_db
def test_a_proposal_of_an_erased_person_can_still_be_decided():
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    erase_drafts_of(user, NOW)
    decide(proposal_id=proposal.pk, answers=answers(proposal), actor=account(Role.COORDINATOR), now=NOW)
    assert fresh(card).party.email == "nowy@example.pl"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "wyslana"},
        {"state": "rozpatrzona", "sent_at": NOW},
        {"state": "szkic", "decided_at": NOW},
        {"state": "wycofana"},
        {"state": "nic"},
    ],
)
def test_the_database_refuses_a_state_that_contradicts_its_dates(wrong):
    card, user = card_with_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(organisation=card, author=user, opened_at=NOW, saved_at=NOW, **wrong)


@pytest.mark.django_db
def test_the_database_refuses_a_second_draft_half_a_change_and_a_trusted_name():
    card, user = card_with_person()
    draft = type_into(card, user, "kontakt", email="a@example.pl")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(organisation=card, author=user, opened_at=NOW, saved_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedChange.objects.create(proposal=draft, section="kontakt", subject="podmiot", action="zmiana", field="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        TrustedField.objects.create(field="name", goes_live=True)


def _at_once(*works):
    """What each of these functions returned or raised, begun in the same moment, each on a connection of its own."""
    start = Barrier(len(works))

    def run(work):
        start.wait()
        try:
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_at_the_same_moment_one_decides():
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"email": "nowy@example.pl"})
    people = [account(Role.COORDINATOR, email=f"{name}@example.pl") for name in ("a", "b")]
    given = [answers(proposal), answers(proposal, accept=False)]
    told = _at_once(
        *(
            lambda who=who, what=what: decide(proposal_id=proposal.pk, answers=what, actor=who, now=NOW)
            for who, what in zip(people, given, strict=True)
        )
    )
    assert [isinstance(one, Refused) for one in told].count(True) == 1
    verdict = proposal.changes.get().verdict
    assert (fresh(card).party.email == "nowy@example.pl") == (verdict == "przyjeta")


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_accepted_at_the_same_moment_none_overwrites_the_other_unseen():
    card, user = card_with_person()
    first = sent(card, user, kontakt={"email": "a@example.pl"})
    second = sent(card, user, kontakt={"email": "b@example.pl"})
    office = account(Role.COORDINATOR)
    given = [(one, answers(one)) for one in (first, second)]
    told = _at_once(
        *(
            lambda one=one, what=what: decide(proposal_id=one.pk, answers=what, actor=office, now=NOW)
            for one, what in given
        )
    )
    assert [isinstance(one, Refused) for one in told].count(True) == 1
    accepted = next(one for one in told if not isinstance(one, Refused))
    assert fresh(card).party.email == accepted.changes.get().new


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_begin_at_the_same_moment_make_one_draft():
    card, user = card_with_person()
    _at_once(
        lambda: type_into(card, user, "kontakt", page="a", email="a@example.pl"),
        lambda: type_into(card, user, "opis", page="b", mission="Praca."),
    )
    assert set(Proposal.objects.get().typed) == {"kontakt", "opis"}
