"""Every page of the admin for every role: what one may not see answers 404, a stranger is asked to sign in."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.permissions import Role
from tests.accounts.factories import account
from tests.registry import factories

pytestmark = pytest.mark.django_db

STRANGER, OUTSIDER, COORDINATOR, ADMINISTRATOR = "stranger", Role.DIRECTOR, Role.COORDINATOR, Role.ADMINISTRATOR
SEES, HIDDEN, SIGN_IN = 200, 404, 302

REGISTER_LISTS = [
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    for model in admin.site._registry
    if model._meta.app_label in {"registry", "procurement", "notifications", "events", "quality_mark", "open_data"}
]
ACCOUNT_LISTS = [
    "admin:accounts_trailentry_changelist",
    "admin:accounts_consent_changelist",
    "admin:accounts_consentdocument_changelist",
    "admin:accounts_consentdocument_add",
    "admin:accounts_erasurerequest_changelist",
    "admin:accounts_retentionreport_changelist",
]
WORK_PAGES = [
    "admin:index",
    "admin:registry_organisation_add",
    "admin:registry_institution_add",
    "admin:registry_offer_add",
    "admin:registry_datasource_add",
    "admin:registry_importrun_add",
    "admin:procurement_contractingauthority_add",
    "admin:procurement_orderingunit_add",
    "admin:events_edition_add",
    "admin:events_editiontext_add",
    "admin:events_event_add",
    "admin:events_formversion_add",
    "admin:events_series_add",
    "admin:accounts_user_changelist",
    "admin:accounts_invitation_changelist",
    "admin:accounts_invitation_add",
    "admin:accounts_rolegrant_changelist",
    "admin:accounts_rolegrant_add",
    "admin:accounts_role_table",
    "admin:notifications_letters",
]
NOBODY_ADDS = [
    "admin:registry_unit_add",
    "admin:registry_errorreport_add",
    "admin:registry_cpvcode_add",
    "admin:registry_county_add",
    "admin:registry_organisationkind_add",
    "admin:accounts_user_add",
    "admin:accounts_trailentry_add",
    "admin:accounts_consent_add",
    "admin:accounts_erasurerequest_add",
    "admin:accounts_retentionreport_add",
    "admin:notifications_outgoingemail_add",
]
TABLE = [
    *((name, {STRANGER: SIGN_IN, OUTSIDER: HIDDEN, COORDINATOR: SEES, ADMINISTRATOR: SEES}) for name in WORK_PAGES),
    *(
        (name, {STRANGER: SIGN_IN, OUTSIDER: HIDDEN, COORDINATOR: SEES, ADMINISTRATOR: SEES})
        for name in REGISTER_LISTS
    ),
    *(
        (name, {STRANGER: SIGN_IN, OUTSIDER: HIDDEN, COORDINATOR: HIDDEN, ADMINISTRATOR: SEES})
        for name in ACCOUNT_LISTS
    ),
    *(
        (name, {STRANGER: SIGN_IN, OUTSIDER: HIDDEN, COORDINATOR: HIDDEN, ADMINISTRATOR: HIDDEN})
        for name in NOBODY_ADDS
    ),
]
CASES = [(name, role, status) for name, roles in TABLE for role, status in roles.items()]


@pytest.mark.parametrize(("name", "role", "status"), CASES)
def test_page_answers_as_the_table_of_roles_says(client, name, role, status):
    if role != STRANGER:
        client.force_login(account(role))
    response = client.get(reverse(name))
    assert response.status_code == status
    if status == SIGN_IN:
        assert response["Location"].startswith(reverse("admin:login"))


def addresses(patterns=None, prefix="/admin/"):
    """Every address of the admin with 1 for each of its parameters."""
    for pattern in patterns or admin.site.urls[0]:
        route = PARAMETER.sub("1", str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, prefix + route)
        elif not route.startswith("("):  # the last one catches all that is left
            yield prefix + route.removeprefix("^").replace("\\Z", "").replace("$", "")


PARAMETER = re.compile(r"<[^>]+>|\(\?P<[^>]+>[^)]*\)")
OPEN_TO_ALL = {"/admin/login/", "/admin/logout/"}


def test_no_address_of_the_admin_is_open_to_strangers_and_outsiders(client):
    found = sorted(set(addresses()) - OPEN_TO_ALL)
    assert len(found) > 100
    for address in found:
        answer = client.get(address)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (SIGN_IN, "/admin/login/"), address
    client.force_login(account(OUTSIDER))
    for address in found:
        assert client.get(address).status_code == HIDDEN, address
        assert client.post(address).status_code == HIDDEN, address


def test_every_registered_model_is_in_the_table():
    listed = {name for name, _ in TABLE}
    assert {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry
    } <= listed


@pytest.mark.parametrize(
    "make",
    [
        factories.OrganisationFactory,
        factories.InstitutionFactory,
        factories.UnitFactory,
        factories.OfferFactory,
    ],
)
def test_a_row_opens_for_coordinators_and_is_hidden_from_other_signed_in_people(client, make):
    row = make()
    address = reverse(f"admin:registry_{row._meta.model_name}_change", args=[row.pk])
    client.force_login(account(Role.COORDINATOR))
    assert client.get(address).status_code == SEES
    client.force_login(account(Role.REPRESENTATIVE))
    assert client.get(address).status_code == HIDDEN
    assert client.post(address, {}).status_code == HIDDEN


def test_unknown_address_in_the_admin_is_404_for_the_signed_in(client):
    client.force_login(account(Role.COORDINATOR))
    assert client.get("/admin/nie-ma/takiej/").status_code == HIDDEN


def test_deleting_by_hand_is_offered_to_nobody(client):
    card = factories.OrganisationFactory()
    client.force_login(account(Role.ADMINISTRATOR))
    assert client.get(reverse("admin:registry_organisation_delete", args=[card.pk])).status_code == HIDDEN
