"""What a person has declared, and who sees none of it."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.choices import Role
from tests.accounts.factories import account, hold
from tests.events.declaring import HIS, asking, declare, delegated
from tests.events.enrolling import (
    accepted,
    address,
    coordinator,
    letters,
    opened,
    signed_in,
)
from tests.events.factories import (
    NOW,
)
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


SECRETS = [HIS, "SEKRET-ZDROWIE", "POTRZEBY-WÓZEK", "DIETA-BEZ-GLUTENU", "1944", "ul. Tajemna", "prywatny@example.pl"]


def test_the_employer_sees_of_a_declaration_only_that_it_is_there(client):
    one = asking()
    card = OrganisationFactory(published=True)
    ola = {"first_name": "Ola", "last_name": "Kowalska"}
    enrolment = accepted(one, nip=card.institution.nip, institution=card.institution, people=[ola])
    declare(client, enrolment.delegations.get().participant, email="prywatny@example.pl")
    user = account()
    hold(user, Role.REPRESENTATIVE, organisation=card)
    employer = signed_in(Client(), user)
    pages = [
        "/panel/",
        "/panel/projekty/",
        f"/projekty/{one.slug}/zgloszenie/",
        *(address(enrolment, name) for name in ("enrolment_state", "enrolment_summary", "people_update")),
        *(address(enrolment, name) for name in ("enrolment_people", "enrolment_signatories", "address_update")),
        *(address(enrolment, "enrolment_step", step) for step in ("instytucja", "adres", "kontakt", "pytania")),
        address(enrolment, "enrolment_person", enrolment.delegations.get().pk),
        address(enrolment, "enrolment_pdf"),
    ]
    seen = ""
    for path in pages:
        answer = employer.get(path)
        assert answer.status_code == 200, path
        if answer["Content-Type"] == "application/pdf":
            seen += " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        else:
            seen += answer.content.decode()
    assert "złożone" in seen
    assert "Ola Kowalska" in seen
    assert [secret for secret in SECRETS if secret in seen] == []


def test_no_letter_history_or_trail_holds_what_a_person_gave(client):
    from django.db import connection

    from accounts.models import TrailEntry

    participant = delegated()
    declare(client, participant)
    office = coordinator()
    opened(office, participant.delegations.get().enrolment)
    written = " ".join(f"{letter.subject} {letter.body}" for letter in letters())
    written += " ".join(TrailEntry.objects.values_list("about", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e::text FROM events_participantevent e UNION ALL SELECT p::text FROM pghistory_context p"
        )
        written += " ".join(row for (row,) in cursor.fetchall())
        cursor.execute("SELECT pesel, sensitive_answers FROM events_participant")
        written += " ".join(cursor.fetchone())
    assert [secret for secret in [*SECRETS[:4], "1944-05-14"] if secret in written] == []


def test_the_account_that_declared_finds_its_data_and_may_have_the_free_ones_erased(client):
    from events.use_cases.enrolment.own_data import collect_participations, erase_participations

    participant = delegated()
    user = account(email="ola@example.pl")
    user.full_name = "Ola Kowalska"
    user.save()
    signed_in(client, user)
    declare(client, participant, "kontakt")
    [told] = collect_participations(user)
    assert (told["PESEL"], told["Niepełnosprawność?"], told["dieta"]) == (HIS, "SEKRET-ZDROWIE", "DIETA-BEZ-GLUTENU")
    erase_participations(user, NOW.replace(year=2027))
    participant.refresh_from_db()
    assert (participant.user, participant.diet, participant.sensitive_answers, participant.pesel) == (
        None,
        "",
        "",
        HIS,
    )
    assert participant.consents.get(text__kind="kontakt").withdrawn_at is not None
    assert collect_participations(user) == []
