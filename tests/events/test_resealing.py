"""A new SECRET_KEY: what was sealed with the former one is opened, and sealed anew needs it no more."""

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.core.management import call_command

from core.sealing import fingerprint, seal, unseal
from events.models import Participant
from events.models.participants import PESEL
from events.use_cases.enrolment.participation import declare
from tests.accounts.factories import account
from tests.events.enrolling import edition
from tests.events.factories import NOW, DelegationFactory, EnrolmentFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
NUMBER = "44051401458"


@pytest.fixture
def changed(settings):
    """Changes the key as an operator does."""

    def change():
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", [settings.SECRET_KEY]

    return change


def known(one, **given):
    return ParticipantFactory(
        edition=one, pesel=NUMBER, pesel_fingerprint=fingerprint(PESEL, NUMBER), sensitive_answers='{"a": "b"}',
        declared_at=NOW, **given,
    )  # fmt: skip


def reseal(capsys):
    call_command("reseal")
    return capsys.readouterr().out.strip()


def test_after_resealing_the_former_key_may_go(changed, settings, capsys):
    participant = known(edition())
    ParticipantFactory()
    factor = Authenticator.objects.create(
        user=account(), type="totp", data={"secret": seal("second factor", "SEKRET"), "other": 1}
    )
    changed()
    assert reseal(capsys) == "Zaszyfrowano na nowo: 3"
    assert reseal(capsys) == "Zaszyfrowano na nowo: 0"
    settings.SECRET_KEY_FALLBACKS = []
    participant.refresh_from_db()
    assert (participant.pesel, participant.sensitive_answers) == (NUMBER, '{"a": "b"}')
    assert participant.pesel_fingerprint == fingerprint(PESEL, NUMBER)
    factor.refresh_from_db()
    assert (unseal("second factor", factor.data["secret"]), factor.data["other"]) == ("SEKRET", 1)
    assert Participant.pgh_event_model.objects.filter(pgh_obj=participant, pgh_label="update").count() == 0


def test_without_resealing_it_is_lost(changed, settings):
    known(edition())
    changed()
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        Participant.objects.get()


def test_a_person_known_under_the_former_key_is_still_one_person(changed):
    one = edition(person_fields=["pesel"])
    first = known(one, first_name="Ola", last_name="Kowalska")
    again = ParticipantFactory(edition=one, first_name="Ola", last_name="Kowalska")
    DelegationFactory(participant=again, enrolment=EnrolmentFactory(edition=one, accepted=True))
    changed()
    values = {"first_name": "Ola", "last_name": "Kowalska"}
    nothing = {"form": None, "answers": {}, "sensitive": {}, "ticked": set()}
    assert declare(participant_id=again.pk, values=values, pesel=NUMBER, now=NOW, **nothing) is None
    assert Participant.objects.get() == first
