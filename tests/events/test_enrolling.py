"""An institution from its NIP to an accepted form."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts.choices import Role
from events.choices import EnrolmentState
from events.models import Enrolment
from notifications.models import OutgoingEmail
from registry.models import Institution
from tests.accounts.factories import account
from tests.events.enrolling import accepted, address, complete, draft, edition, fill, scan, submitted, to_sign
from tests.registry.factories import InstitutionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def letters(template=None):
    rows = OutgoingEmail.objects.order_by("pk")
    return list(rows.filter(template=f"events/email/{template}") if template else rows)


def coordinator():
    client = Client()
    user = account(Role.COORDINATOR)
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    client.user = user
    return client


def opened(client, enrolment):
    client.post(f"/panel/zgloszenia/{enrolment.pk}/otworz/")
    return client.get(f"/panel/zgloszenia/{enrolment.pk}/")


def test_the_whole_way_from_a_nip_to_an_accepted_form(client):
    one = edition()
    start = f"/projekty/{one.slug}/zgloszenie/"
    answer = client.post(start, {"nip": "899-000-00-83", "email": "jan@example.pl"})
    assert answer["Location"] == f"{start}wyslane/"
    enrolment = Enrolment.objects.get()
    [letter] = letters()
    assert letter.to == "jan@example.pl"
    [link] = re.findall(r"http://testserver(/zgloszenie/\S+)", letter.body)
    assert client.get(link, follow=True).status_code == 200

    complete(client, enrolment)
    assert "Zgłoszenie jest pełne" in client.get(address(enrolment, "enrolment_summary")).content.decode()
    client.post(address(enrolment, "enrolment_summary"))
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.form.version, enrolment.regulations.version) == ("do-podpisu", 1, 1)

    pdf = client.get(address(enrolment, "enrolment_pdf"))
    assert pdf["Content-Type"] == "application/pdf"
    client.post(address(enrolment, "enrolment_state"), {"files": [scan()]})
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.SUBMITTED

    office = coordinator()
    page = opened(office, enrolment)
    assert "Fundacja Zielony Próg" in page.content.decode()
    office.post(f"/panel/zgloszenia/{enrolment.pk}/", {"accept": "1"})
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ACCEPTED
    assert enrolment.institution == Institution.objects.get(nip="8990000083")
    assert [one.template.rpartition("/")[2] for one in letters()][-2:] == ["enrolment_accepted", "participant_link"]
    assert letters("participant_link")[0].to == "ola@example.pl"
