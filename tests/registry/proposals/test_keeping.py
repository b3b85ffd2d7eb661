"""How long proposals are kept, whose they are, and what tears at them at the same moment."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from PIL import Image

from accounts.choices import Role
from accounts.use_cases import erasure, retention
from core.exceptions import Refused
from registry.choices import ProposalState
from registry.models import Proposal, ProposedChange, ProposedPicture, TrustedField
from registry.pictures import small_name
from registry.proposals.desk import Desk
from registry.proposals.forms import SectionForm
from registry.proposals.parts import section_of
from registry.use_cases.proposals import drafting, sending
from registry.use_cases.proposals.deciding import decide
from registry.use_cases.proposals.forgetting import erase_drafts_of, forget_old, proposals_of
from tests.accounts.factories import account
from tests.registry.factories import NOW
from tests.registry.proposals.factories import answers, card_with_person, changes_of, fresh, sent, type_into


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
def test_the_night_forgets_pictures_with_their_files(at_once):
    card, user = card_with_person()
    picture = picture_in_draft(card, user)
    files = [picture.image.name, small_name(picture.image.name)]
    assert all(default_storage.exists(name) for name in files)
    assert "registry.proposals" in retention.forgettable()
    retention.forget("registry.proposals", clock=lambda: NOW + timedelta(days=181))
    assert not Proposal.objects.exists()
    assert not any(default_storage.exists(name) for name in files)


@pytest.mark.django_db
@pytest.mark.parametrize("gone", ["discard", "drop_picture", "erased", "removal"])
def test_a_picture_that_is_taken_back_leaves_no_file(at_once, gone):
    card, user = card_with_person()
    type_into(card, user, "oferty:n0000aa", name="Tort")
    picture = picture_in_draft(card, user)
    if gone == "discard":
        drafting.discard(organisation_id=card.pk, actor=user)
    elif gone == "drop_picture":
        drafting.drop_picture(organisation_id=card.pk, picture_id=picture.pk, actor=user, now=NOW)
    elif gone == "removal":
        drafting.propose_removal(organisation_id=card.pk, section=section_of("oferty:n0000aa"), actor=user, now=NOW)
    else:
        erasure.empty_account(user_id=user.pk, actor=account(Role.ADMINISTRATOR), now=NOW)
    assert not ProposedPicture.objects.exists()
    assert not default_storage.exists(picture.image.name)


def picture_in_draft(card, user):
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(content, "PNG")
    upload = SimpleUploadedFile("a.png", content.getvalue())
    offer = section_of("oferty:n0000aa")
    return drafting.add_picture(
        organisation_id=card.pk, offer=offer, upload=upload, alt="Tort na stole", actor=user, now=NOW
    )


@pytest.mark.django_db
def test_ones_own_data_hold_what_one_has_proposed(django_assert_num_queries):
    card, user = card_with_person()
    proposal = sent(card, user, kontakt={"phone": "71 111 22 33", "email": "nowy@example.pl"})
    decide(
        proposal_id=proposal.pk, answers=answers(proposal, accept=False, words="Nie teraz."),
        actor=account(Role.COORDINATOR), now=NOW,
    )  # fmt: skip
    type_into(card, user, "kontakt", email="tylko-szkic")
    picture_in_draft(card, user)
    with django_assert_num_queries(4):
        decided, draft = proposals_of(user)
    assert decided["treść"] == "Telefon: +48711112233\nE-mail: nowy@example.pl"
    assert decided["odpowiedź"] == "Nie teraz."
    assert draft["treść"] == "Kontakt, E-mail: tylko-szkic\nZdjęcie: Tort na stole"


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


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_save_the_same_section_at_the_same_moment_lose_nothing():
    card, user = card_with_person()
    type_into(card, user, "kontakt", page="a", www="https://a.example")
    both = [SectionForm(section_of("kontakt"), Desk(fresh(card)), {"www": "https://a.example"}) for _ in "ab"]
    told = _at_once(
        lambda: type_into(card, user, "kontakt", form=both[0], page="b", email="b@example.pl", phone_other="1"),
        lambda: type_into(card, user, "kontakt", form=both[1], page="c", email="c@example.pl", social_media="2"),
    )
    kept = Proposal.objects.get().typed["kontakt"]
    assert sorted(one.differing for one in told) == [[], ["email"]]
    winner = next(one for one in told if not one.differing)
    assert kept["email"] == winner.typed["kontakt"]["email"]
    assert (kept["www"], kept["phone_other"], kept["social_media"]) == ("https://a.example", "1", "2")


@pytest.mark.django_db(transaction=True)
def test_a_draft_typed_into_while_it_is_sent_is_sent_as_seen_or_not_at_all():
    card, user = card_with_person()
    type_into(card, user, "kontakt", email="a@example.pl")
    draft, found = changes_of(card, user)
    told = _at_once(
        lambda: sending.send(proposal_id=draft.pk, seen=sending.seal(found.changes), actor=user, now=NOW),
        lambda: type_into(card, user, "kontakt", page="b", email="b@example.pl"),
    )
    draft.refresh_from_db()
    if isinstance(told[0], Refused):
        assert draft.typed["kontakt"]["email"] == "b@example.pl"
    else:
        assert draft.changes.get().new == "a@example.pl"
    assert Proposal.objects.filter(state=ProposalState.DRAFT).count() <= 1
