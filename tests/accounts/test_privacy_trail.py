"""The trail and the nights in the admin, and looks that leave a line there by themselves."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role, TrailKind
from accounts.models import RetentionReport, TrailEntry
from accounts.trail import note
from accounts.use_cases.erasure import empty_account
from core import personal_data
from registry.models import ErrorReport
from tests.accounts.factories import account
from tests.registry.factories import OrganisationFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TRAIL = reverse("admin:accounts_trailentry_changelist")


@pytest.fixture
def administrator(client):
    user = account(Role.ADMINISTRATOR, email="admin@example.pl")
    client.force_login(user)
    return user


def looks():
    return list(
        TrailEntry.objects.filter(kind=TrailKind.DATA_SEEN).order_by("pk").values_list("actor", "subject", "about")
    )


def test_a_look_at_an_account_is_written_down(client, administrator):
    person = account(email="ola@example.pl")
    client.get(reverse("admin:accounts_user_changelist"))
    client.get(reverse("admin:accounts_user_change", args=[person.pk]))
    assert looks() == [
        (administrator.pk, None, "konta: lista"),
        (administrator.pk, person.pk, f"konto nr {person.pk}"),
    ]


def test_a_list_shown_to_a_post_is_a_look_too(client, administrator):
    account(email="ola@example.pl")
    assert "ola@example.pl" in client.post(reverse("admin:accounts_user_changelist")).content.decode()
    assert looks() == [(administrator.pk, None, "konta: lista")]


def test_whose_role_was_looked_at_is_written_down(client):
    coordinator = account(Role.COORDINATOR, email="k@example.pl")
    client.force_login(coordinator)
    person = account(Role.REPRESENTATIVE, email="ola@example.pl")
    grant = person.grants.get()
    client.get(reverse("admin:accounts_rolegrant_change", args=[grant.pk]))
    report = ErrorReport.objects.create(organisation=OrganisationFactory(), message="x", email="ktos@example.pl")
    client.get(reverse("admin:registry_errorreport_change", args=[report.pk]))
    assert looks() == [
        (coordinator.pk, person.pk, f"rola osoby nr {grant.pk}"),
        (coordinator.pk, None, f"zgłoszenie błędu nr {report.pk}"),
    ]


def test_what_was_not_shown_is_not_a_look(client):
    person = account(email="ola@example.pl")
    address = reverse("admin:accounts_user_change", args=[person.pk])
    client.get(address)
    client.force_login(account(Role.DIRECTOR))
    assert client.get(address).status_code == 404
    client.force_login(account(Role.ADMINISTRATOR))
    client.get(reverse("admin:accounts_user_change", args=[0]))
    client.get(reverse("admin:registry_organisation_changelist"))
    assert looks() == []


def test_every_page_of_a_protected_class_leaves_a_line(client, administrator):
    protected = {label for one in personal_data.all_classes() if one.is_protected for label in one.holds}
    lists = [model for model in admin.site._registry if model._meta.label in protected]
    assert len(lists) >= 6
    for model in lists:
        before = len(looks())
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        assert client.get(reverse(name)).status_code == 200
        assert len(looks()) == before + 1, model


def test_the_trail_is_searched_by_person_and_filtered_by_kind_and_date(client, administrator):
    ola = account(email="ola@example.pl")
    note(TrailKind.SIGNED_IN, actor=ola, about="dawno", now=NOW - timedelta(days=40))
    note(TrailKind.SIGNED_IN, actor=ola, about="teraz", now=NOW)
    note(TrailKind.SIGNED_OUT, actor=account(email="jan@example.pl"), about="inny", now=NOW)

    def shown(**query):
        return {entry.about for entry in client.get(TRAIL, query).context["cl"].result_list}

    assert {"dawno", "teraz", "inny"} <= shown()
    assert shown(q="ola@") == {"dawno", "teraz"}
    assert shown(kind__exact="signed_out") == {"inny"}
    day = timezone.localdate(NOW)
    assert shown(q="ola@", at_from=day.isoformat()) == {"teraz"}
    assert shown(q="ola@", at_from=f"{day:%d.%m.%Y}", at_to=f"{day:%d.%m.%Y}") == {"teraz"}
    assert shown(q="ola@", kind__exact="signed_in", at_to=day - timedelta(days=9)) == {"dawno"}
    for nonsense in ("wczoraj", "9999-12-32"):
        assert shown(at_from=nonsense) == set()
    assert shown(at_from="9999-12-31") == set()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_trail_asks_the_same_number_of_queries(client, administrator, rows, django_assert_num_queries):
    for number in range(rows):
        note(TrailKind.SIGNED_IN, actor=account(email=f"k{number}@example.pl"), subject=administrator, now=NOW)
    with django_assert_num_queries(6):
        assert len(client.get(TRAIL).context["cl"].result_list) >= rows


def test_the_trail_is_only_read(client, administrator):
    entry = note(TrailKind.SIGNED_IN, actor=administrator, about="z domu", now=NOW)
    address = reverse("admin:accounts_trailentry_change", args=[entry.pk])
    assert "z domu" in client.get(address).content.decode()
    assert client.post(address, {"about": "x"}).status_code == 404
    assert client.get(reverse("admin:accounts_trailentry_delete", args=[entry.pk])).status_code == 404


def test_a_forgotten_person_is_called_so(client, administrator):
    ola = account(email="ola@example.pl")
    note(TrailKind.SIGNED_IN, actor=ola, now=NOW)
    empty_account(user_id=ola.pk, actor=administrator, now=NOW)
    page = client.get(TRAIL).content.decode()
    assert "usunięte konto" in page
    assert "usuniete.invalid" not in page


def test_the_nights_are_shown_with_what_they_removed(client, administrator):
    RetentionReport.objects.create(day=NOW, data_class="accounts.trail", removed=7, started_at=NOW, finished_at=NOW)
    RetentionReport.objects.create(day=NOW, data_class="czego.nie.ma", removed=1, started_at=NOW)
    page = client.get(reverse("admin:accounts_retentionreport_changelist")).content.decode()
    assert "Dziennik" in page
    assert "czego.nie.ma" in page
