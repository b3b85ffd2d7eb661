"""Somebody asks to act for a contracting authority, named by its NIP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import Role
from core.exceptions import Refused
from notifications.models import OutgoingEmail
from procurement.models import ContractingAuthority, OfficerRequest
from procurement.use_cases.officers import ask_for_office, decide_office
from registry.models import Institution
from tests.accounts.factories import account, authority, hold
from tests.registry.factories import NOW, InstitutionFactory

pytestmark = pytest.mark.django_db
NIP = "8971234561"


def ask(user, **given):
    return ask_for_office(user=user, **{"nip": NIP, "reason": "Prowadzę zamówienia.", "now": NOW} | given)


def accept(request, actor):
    return decide_office(request_id=request.pk, accept=True, answer="", actor=actor, now=NOW)


@pytest.fixture
def ola():
    return account(email="ola@example.pl")


@pytest.fixture
def coordinator():
    return account(Role.COORDINATOR)


def test_the_first_officer_brings_the_authority_and_its_unit(ola, coordinator):
    accept(ask(ola, name="Gmina Nowa", unit_name="Szkoła nr 1"), coordinator)
    grant = ola.grants.get()
    assert (grant.role, str(grant.authority), str(grant.ordering_unit)) == (Role.OFFICER, "Gmina Nowa", "Szkoła nr 1")
    assert grant.authority.institution.nip == NIP


def test_an_institution_of_the_register_keeps_its_name_and_is_told(ola, coordinator):
    known = InstitutionFactory(nip=NIP, name="Gmina Stara", email="urzad@example.pl")
    request = ask(ola, name="Coś innego")
    assert request.name == "Gmina Stara"
    accept(request, coordinator)
    assert ContractingAuthority.objects.get().institution == known
    assert Institution.objects.filter(nip=NIP).count() == 1
    assert ola.grants.get().ordering_unit is None
    told = OutgoingEmail.objects.filter(to="urzad@example.pl").values_list("template", flat=True)
    assert sorted(told) == ["accounts/email/request_accepted", "accounts/email/request_made"]


def test_an_unknown_number_needs_a_name(ola):
    with pytest.raises(Refused, match="Podaj też nazwę"):
        ask(ola)
    assert not OfficerRequest.objects.exists()


def test_a_coordinator_does_not_decide_for_the_own_authority(ola, coordinator):
    office = authority(nip=NIP)
    hold(coordinator, Role.OFFICER, authority=office)
    with pytest.raises(Refused, match="w którego imieniu działasz"):
        accept(ask(ola), coordinator)
    with pytest.raises(Refused, match="Już działasz"):
        ask(coordinator)


def test_the_form_takes_a_number_as_people_write_it_and_says_what_is_wrong(client, ola):
    client.force_login(ola)
    form = "/panel/zamawiajacy/prosba/"
    sent = {"nip": "PL 897-123-45-61", "name": "Gmina Nowa", "reason": "Prowadzę zamówienia."}
    faulty = client.post(form, sent | {"nip": "897-123-45-62"})
    assert (faulty.status_code, "To nie jest poprawny NIP" in faulty.content.decode()) == (422, True)
    assert "Podaj też nazwę" in client.post(form, sent | {"name": ""}).content.decode()
    assert client.post(form, sent).url == "/panel/"
    assert OfficerRequest.objects.get().nip == NIP
    assert "Czeka na koordynatora" in client.get("/panel/").content.decode()


def test_an_unknown_nip_asks_for_the_name_beside_its_field(client, ola):
    client.force_login(ola)
    answer = client.post("/panel/zamawiajacy/prosba/", {"nip": NIP, "reason": "Prowadzę zamówienia."})
    assert answer.context["form"].errors == {"name": ["Tego NIP nie ma w rejestrze. Podaj też nazwę zamawiającego."]}
    document = SimpleUploadedFile("pismo.txt", b"nie dokument")
    answer = client.post(
        "/panel/zamawiajacy/prosba/",
        {"nip": NIP, "name": "Gmina Nowa", "reason": "Prowadzę zamówienia.", "document": document},
    )
    assert list(answer.context["form"].errors) == ["document"]
