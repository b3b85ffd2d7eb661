"""Every address of the portal and everybody who may ask for it: what the answer is.

An address without a row here fails. Written down by hand, so that a change of accounts.permissions shows what it does.
"""

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import RoleGrant
from accounts.use_cases.requests import ask
from core import links
from events.choices import EventState, RegistrationState
from events.models import Material
from events.use_cases.day.certificates import issue
from events.use_cases.day.scans import attach_scan
from notifications.models import OutgoingEmail
from procurement.models import OfficerRequest
from registry.models import RepresentationRequest
from tests.accounts.factories import SINCE, account, authority
from tests.events.factories import (
    EditionFactory,
    EnrolmentFactory,
    EventFactory,
    RegistrationFactory,
)
from tests.open_data.permission_rows import ROWS as API
from tests.permission_rows import (
    AWAY,
    HIDDEN,
    NONE,
    NOT_SO,
    OFFICE,
    OK,
    ONLY_OFFICE,
    OPEN,
    OWN,
    OWN_ACCOUNT,
    PEOPLE,
    ROLES,
    SIGN_IN,
    SIGNED_IN,
    row,
)
from tests.procurement.permission_rows import ROWS as ORDERS
from tests.procurement.permission_rows import of_orders
from tests.quality_mark.permission_rows import ROWS as MARK
from tests.quality_mark.permission_rows import of_the_mark
from tests.quality_mark.permission_rows_judging import ROWS as JUDGING
from tests.quality_mark.permission_rows_judging import of_judging
from tests.quality_mark.permission_rows_office import ADMIN as ADMIN_OF_MARK
from tests.quality_mark.permission_rows_office import MODELS as MODELS_OF_MARK
from tests.quality_mark.permission_rows_office import ROWS as OFFICE_OF_MARK
from tests.quality_mark.permission_rows_office import of_office
from tests.quality_mark.permission_rows_sign import ROWS as MARKS
from tests.quality_mark.permission_rows_sign import of_marks
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def walk(resolver=None, namespace=""):
    """The names of all addresses. Those of the admin without one only lead on or say that there is nothing."""
    for entry in (resolver or get_resolver("config.urls")).url_patterns:
        if not isinstance(entry, URLPattern):
            yield from walk(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif entry.name:
            yield f"{namespace}{entry.name}"


ADDRESSES = set(walk())


def card(**more):
    return {"slug": "zielony-prog"} | more


TABLE = {
    "core:home": OPEN,
    "core:accessibility": OPEN,
    "core:privacy": OPEN,
    "core:data_sources": OPEN,
    "core:contact": OPEN,
    "core:site_map": OPEN,
    "core:style": OPEN,  # in production nobody sees it
    "core:robots": OPEN,
    "core:security_txt": HIDDEN,  # until the operator names a contact
    "core:healthz": OPEN,
    "core:readyz": OPEN,
    "sitemap_index": OPEN,
    "sitemap": row(OK, OK, section="oferty"),
    "registry:organisation_list": OPEN,
    "registry:offer_list": OPEN,
    "registry:organisation_export": row(OK, OK, extension="csv"),
    "registry:catalogue_feed": OPEN,
    "registry:map_boundaries": OPEN,
    "registry:map_figures": OPEN,
    "registry:organisation_detail": row(OK, OK, **card()),
    "registry:organisation_history": row(NONE, NONE, but=ONLY_OFFICE, **card()),
    "registry:error_report": row(OK, OK, **card()),
    "registry:error_report_thanks": row(OK, OK, **card()),
    "registry:picture": row(NONE, NONE, pk=1, name="nie-ma.webp"),
    "registry:offer_detail": row(OK, OK, pk="offer", slug="sprzatanie-biur"),
    # Who has asked already, or has the role, is told so on the panel.
    "registry:representation_request": row(SIGN_IN, OK, but={AWAY: ("newcomer", "representative")}, **card()),
    "registry:organisation_people": row(SIGN_IN, NONE, but={OK: ("representative", *OFFICE)}, **card()),
    "registry:organisation_person_removal": row(
        SIGN_IN, NONE, but={OK: ("representative", *OFFICE)}, **card(grant_id="representative")
    ),
    # The calendar.
    "events:event_list": OPEN,
    "events:year_index": row(OK, OK, year=2026),
    "events:month_schedule": row(OK, OK, year=2026, month=12),
    "events:month_document": row(OK, OK, year=2026, month=12),
    "events:calendar_file": OPEN,
    "events:event_feed": OPEN,
    "events:event_export": row(OK, OK, extension="csv"),
    "events:photo": row(NONE, NONE, pk=1, name="nie-ma.webp"),
    "events:material": row(NONE, NONE, but=ONLY_OFFICE, pk="material"),
    "events:logo": row(NONE, NONE, pk=1),
    "events:event_file": row(OK, OK, slug="wydarzenie"),
    "events:event_detail": row(NONE, NONE, but=ONLY_OFFICE, slug="szkic"),
    **API,
    **ORDERS,
    **MARK,
    **JUDGING,
    **OFFICE_OF_MARK,
    **MARKS,
    # Enrolment: editions are for everybody, forms and people for whoever holds a link, the review for the office.
    "events:edition_list": OPEN,
    "events:edition_detail": row(OK, OK, slug="edycja"),
    "events:edition_text": row(OK, OK, slug="edycja", kind="regulamin"),
    "events:enrolment_start": row(OK, OK, slug="edycja"),
    "events:enrolment_sent": row(OK, OK, slug="edycja"),
    "events:enrolment_start_own": row(
        SIGN_IN, NONE, but={AWAY: ("representative",)}, slug="edycja", institution_id="institution"
    ),
    **{
        f"events:{name}": row(NONE, NONE, token="zmyslony", **of)
        for name, of in {
            "enrolment": {},
            "enrolment_step": {"step": "instytucja"},
            "enrolment_signatories": {},
            "enrolment_signatory_removal": {"pk": 1},
            "enrolment_people": {},
            "enrolment_person": {"pk": 1},
            "enrolment_summary": {},
            "enrolment_state": {},
            "enrolment_reopen": {},
            "enrolment_pdf": {},
            "enrolment_paper": {"pk": 1},
            "people_update": {},
            "address_update": {},
            "participation": {},
            "participation_consent": {"kind": "wizerunek"},
        }.items()
    },
    "events:own_projects": SIGNED_IN,
    "events:review_queue": row(SIGN_IN, NONE, but=ONLY_OFFICE),
    "events:review": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="enrolment"),
    "events:review_open": row(SIGN_IN, NONE, but={AWAY: OFFICE}, pk="enrolment"),
    "events:review_end": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="enrolment"),
    "events:review_new_link": row(SIGN_IN, NONE, but={AWAY: OFFICE}, pk="enrolment"),
    "events:review_links": row(SIGN_IN, NONE, but={AWAY: OFFICE}, pk="enrolment"),
    # Until one has said that one looks into the form, which the trail notes.
    "events:review_pdf": row(SIGN_IN, NONE, pk="enrolment"),
    "events:review_answer": row(SIGN_IN, NONE, pk="enrolment", code="plik"),
    "events:review_paper": row(SIGN_IN, NONE, pk="enrolment", paper_id=1),
    "events:update_review": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="enrolment_update"),
    # Signing up for events. The link is the permission; what it leads to is in tests/events/test_signups_own_page.py.
    "events:signup": row(NONE, NONE, slug="nie-ma"),
    "events:own_registration": row(NONE, NONE, token="zmyslony"),
    "events:own_change": row(NONE, NONE, token="zmyslony"),
    "events:own_resignation": row(NONE, NONE, token="zmyslony"),
    "events:own_material": row(NONE, NONE, token="zmyslony", pk=1),
    "events:own_file": row(NONE, NONE, token="zmyslony", code="praca"),
    "events:own_signups": SIGNED_IN,
    "panel": SIGNED_IN,
    "jobs:own": SIGNED_IN,
    "jobs:job": row(SIGN_IN, NONE, pk=1),
    "jobs:cancel": row(SIGN_IN, NONE, pk=1),
    "jobs:file": row(SIGN_IN, NONE, pk=1),
    "privacy:own_data": SIGNED_IN,
    "privacy:take_data": SIGNED_IN,
    "privacy:ask_erasure": SIGNED_IN,
    "privacy:consent": row(NONE, NONE, slug="nie-ma"),
    "privacy:consent_version": row(NONE, NONE, slug="nie-ma", version=1),
    # the desk of events
    "events:desk_home": row(SIGN_IN, NONE, but=ONLY_OFFICE),
    "events:desk": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie"),
    "events:desk_step": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie", key="cancel"),
    "events:desk_copy": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie"),
    "events:desk_person": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie", pk="registration"),
    "events:desk_answers": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie", pk="registration"),
    "events:desk_tying": row(SIGN_IN, NONE, slug="spotkanie", pk="registration"),  # of events of projects only
    "events:desk_needs": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie"),
    # Fetched by pressing a button; an address typed by hand leads back.
    "events:desk_file": row(SIGN_IN, NONE, but={AWAY: OFFICE}, slug="spotkanie"),
    "events:desk_adding": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie"),
    "events:desk_pasting": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie"),
    "events:desk_message": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="spotkanie"),
    "events:text_preview": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="edition_text"),
    "events:form_preview": row(SIGN_IN, NONE, but=ONLY_OFFICE, pk="form_version"),
    "events:close_edition": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="edycja"),
    "notifications:preferences": SIGNED_IN,
    "notifications:unsubscribe": row(NONE, NONE, token="zmyslony"),
    "notifications:demo_letter_list": HIDDEN,  # but in the demo
    "notifications:demo_letter_detail": row(NONE, NONE, pk="letter"),
    "notifications:demo_letter_html": row(NONE, NONE, pk="letter"),
    # Events: on the day and after.
    **{
        f"events:{name}": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="warsztat", **of)
        for name, of in {
            "check_in": {},
            "walk_in": {},
            "let_in": {"pk": "attended"},
            "attendance_list": {},
            "attendance_scans": {},
            "attendance_scan": {"pk": "scan"},
            "meeting_file": {},
            "certificates": {},
            "certificate_correction": {"pk": "certificate"},
            "certificate_file": {"pk": "certificate"},
            "event_missing": {},
            "settling": {},
        }.items()
    },
    "events:edition_missing": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="edycja"),
    "events:funding_export": row(SIGN_IN, NONE, but=ONLY_OFFICE, slug="edycja"),
    "events:event_counts": row(SIGN_IN, NONE, but=ONLY_OFFICE),
    "events:event_counts_workbook": row(SIGN_IN, NONE, but=ONLY_OFFICE),
    "events:check_in_by_code": row(SIGN_IN, NONE, but=ONLY_OFFICE, token="check_in_token"),
    "events:registration_code": row(OK, OK, token="registration_token"),
    "events:own_certificate": row(OK, OK, token="registration_token"),
    "events:certificate_check": row(OK, OK, code="certificate_code"),
    "account_overview": SIGNED_IN,
    "account_login": row(OK, AWAY),
    "account_logout": row(AWAY, OK),
    "account_signup": row(OK, AWAY),
    "account_inactive": OPEN,
    "account_reauthenticate": OWN_ACCOUNT,
    "account_email": OWN_ACCOUNT,
    "account_email_verification_sent": OPEN,
    "account_confirm_email": row(OK, OK, key="nie-ma"),
    "account_invitation": row(NONE, NONE, token="zmyslony"),
    "account_change_password": OWN_ACCOUNT,
    "account_set_password": OWN_ACCOUNT,
    "account_reset_password": OPEN,
    "account_reset_password_done": OPEN,
    "account_reset_password_from_key_done": OPEN,
    "account_reset_password_from_key": row(OK, OK, uidb36="1", key="a-b"),
    "usersessions_list": OWN_ACCOUNT,
    "mfa_index": OWN_ACCOUNT,
    "mfa_authenticate": row(SIGN_IN, AWAY),
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_list_webauthn": OWN_ACCOUNT,
    "mfa_add_webauthn": OWN_ACCOUNT,
    "mfa_reauthenticate_webauthn": OWN_ACCOUNT,
    "mfa_login_webauthn": row(SIGN_IN, AWAY),
    "mfa_remove_webauthn": row(SIGN_IN, OWN, pk=1),
}


def office(coordinator, administrator, **of):
    """A page of the admin: for nobody else."""
    answers, of = row(SIGN_IN, NONE, **of)
    return answers | {"coordinator": coordinator, "administrator": administrator}, of


# What the two roles of the office do with each model: v(iew), a(dd), c(hange), d(elete).
MODELS = {
    "accounts_invitation": ("vac", "vac"),
    "accounts_user": ("v", "vc"),
    "accounts_rolegrant": ("vac", "vac"),
    "accounts_trailentry": ("", "v"),
    "accounts_consent": ("", "v"),
    "accounts_consentdocument": ("", "va"),
    "accounts_erasurerequest": ("", "v"),
    "accounts_retentionreport": ("", "v"),
    # the desk of events
    "events_edition": ("vac", "vac"),
    "events_editiontext": ("vac", "vac"),
    "events_event": ("vac", "vac"),
    "events_formversion": ("vac", "vac"),
    "events_series": ("vac", "vac"),
    "notifications_outgoingemail": ("vc", "vc"),
    "procurement_clausegroup": ("v", "vac"),
    "procurement_clausekind": ("v", "vac"),
    "procurement_contractingauthority": ("vac", "vac"),
    "procurement_guide": ("vac", "vac"),
    "procurement_mode": ("v", "vac"),
    "procurement_offerperiod": ("v", "vac"),
    "procurement_notice": ("v", "v"),
    "procurement_officerrequest": ("vc", "vc"),
    "procurement_orderingunit": ("vac", "vac"),
    "procurement_plan": ("v", "v"),
    "procurement_rule": ("v", "vac"),
    **MODELS_OF_MARK,
    "registry_county": ("v", "v"),
    "registry_cpvcode": ("v", "v"),
    "registry_datasource": ("vac", "vac"),
    "registry_dictionaryload": ("v", "v"),
    "registry_duplicatecase": ("vc", "vc"),
    "registry_errorreport": ("vc", "vc"),
    "registry_importrun": ("vac", "vac"),
    "registry_institution": ("vac", "vac"),
    "registry_legalform": ("vac", "vac"),
    "registry_municipality": ("v", "v"),
    "registry_offer": ("vac", "vac"),
    "registry_offercategory": ("vac", "vac"),
    "registry_organisation": ("vac", "vac"),
    "registry_organisationkind": ("vc", "vc"),
    "registry_pkdcode": ("v", "v"),
    "registry_region": ("v", "v"),
    "registry_representationrequest": ("vc", "vc"),
    "registry_unit": ("vc", "vc"),
}
NO_ROW = {"object_id": "0"}
# The end of a page's name → (what one must be allowed, what it answers then, what its address takes). No row has the
# number 0, and the admin leads from there to its first page.
PAGES = {
    "changelist": ("v", OK, {}),
    "add": ("a", OK, {}),
    "change": ("v", AWAY, NO_ROW),
    "history": ("", AWAY, NO_ROW),  # Django first looks whether there is a row
    "delete": ("d", AWAY, NO_ROW),
    "job": ("c", OK, {"job": "nie-ma"}),
}
ADMIN = {
    "admin:registry_duplicatecase_change": office(NONE, NONE, pk=1),
    "admin:registry_importrun_change": office(NONE, NONE, pk=1),
    "admin:registry_importrun_columns": office(NONE, NONE, pk=1),
    "admin:registry_importrun_undo": office(NONE, NONE, pk=1),
    "admin:registry_importrun_report": office(NONE, NONE, pk=1),
    "admin:registry_importrun_rejected": office(NONE, NONE, pk=1),
    "admin:registry_importrun_sprawdz": office(NONE, NONE, pk=1),
    "admin:registry_importrun_zapisz": office(NONE, NONE, pk=1),
    "admin:registry_importrun_porzuc": office(NONE, NONE, pk=1),
    "admin:registry_importrun_przerwij": office(NONE, NONE, pk=1),
    "admin:registry_importrun_wznow": office(NONE, NONE, pk=1),
    "admin:index": office(OK, OK),
    "admin:search": office(OK, OK),
    "admin:login": row(SIGN_IN, SIGN_IN),
    "admin:logout": row(NOT_SO, NOT_SO),
    "admin:password_change": office(AWAY, AWAY),
    "admin:password_change_done": office(OK, OK),
    "admin:autocomplete": office(NONE, NONE),
    "admin:jsi18n": office(OK, OK),
    "admin:view_on_site": office(NONE, NONE, content_type_id="0", object_id="0"),
    "admin:app_list": office(OK, OK, app_label="registry"),
    "admin:accounts_role_table": office(OK, OK),
    # For people who do not work here.
    "admin:accounts_user_step": office(OK, OK, pk="newcomer", name="wylacz"),
    "admin:notifications_letters": office(OK, OK),
    "admin:notifications_example": office(OK, OK, template="accounts/email/role_granted"),
    "admin:registry_representationrequest_document": office(OK, OK, pk="representation_request"),
    **{
        f"admin:procurement_{model}_successor": office(NONE, NONE, pk=0)
        for model in ("rule", "mode", "offerperiod", "clausekind", "clausegroup")
    },
    "admin:procurement_officerrequest_document": office(OK, OK, pk="officer_request"),
    **ADMIN_OF_MARK,
}


ADMIN |= {
    name: office(*(answer if need in may else NONE for may in allowed), **of)
    for model, allowed in MODELS.items()
    for page, (need, answer, of) in PAGES.items()
    if (name := f"admin:{model}_{page}") in ADDRESSES - {*ADMIN}
}


@pytest.fixture
def portal():
    """Something to look at behind every address: {name in the table: key}."""
    own = OrganisationFactory(slug="zielony-prog", published=True)
    offer = OfferFactory(organisation=own)
    buyer = authority()
    event = EventFactory(slug="wydarzenie")
    EventFactory(slug="szkic", state=EventState.DRAFT)
    material = Material.objects.create(event=event, file=ContentFile(b"%PDF-1.7", "a.pdf"), is_public=False)
    edition = EditionFactory(slug="edycja", texts=True)
    enrolment = EnrolmentFactory(edition=edition, accepted=True)
    update = enrolment.updates.create(kind="osoby", effective_on=SINCE, sent_at=NOW, changes=[])
    people = {}
    for person, role in ROLES.items():
        given = {"representative": {"organisation": own}, "officer": {"authority": buyer}}.get(person, {})
        user = people[person] = account(role, email=f"{person.replace(' ', '-')}@example.pl", **given)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    asker, document = people["newcomer"], SimpleUploadedFile("a.pdf", b"%PDF-1.7")
    asked = {"user": asker, "reason": "Jestem w zarządzie."}
    registration = RegistrationFactory(event=EventFactory(slug="spotkanie"))
    keys = {
        "registration": registration.pk,
        "edition_text": edition.texts.first().pk,
        "form_version": edition.forms.first().pk,
        "newcomer": asker.pk,
        "institution": own.institution_id,
        "enrolment": enrolment.pk,
        "enrolment_update": update.pk,
        "offer": offer.pk,
        "material": material.pk,
        "authority": buyer.pk,
        "authority_slug": buyer.slug,
        "representative": RoleGrant.objects.get(organisation=own).pk,
        "officer": RoleGrant.objects.get(authority=buyer).pk,
        "representation_request": ask(RepresentationRequest(organisation=own, **asked), document=document, now=NOW).pk,
        "officer_request": ask(OfficerRequest(nip="8971234561", name="Gmina", **asked), document=document, now=NOW).pk,
        "letter": OutgoingEmail.objects.create(
            to="a@example.pl", template="x", subject="x", body="x", dedupe_key="x", created_at=NOW, due_at=NOW
        ).pk,
    }
    of_cases = of_the_mark(own) | of_judging(offer, people) | of_office(own) | of_marks(own)
    return people, keys | on_the_day(edition) | of_orders(buyer, own) | of_cases


def on_the_day(edition):
    """An event that was held, with one person who was there."""
    event = EventFactory(slug="warsztat", state=EventState.HELD, edition=edition)
    registration = RegistrationFactory(event=event, state=RegistrationState.PRESENT)
    [certificate] = issue(event_id=event.pk, actor=None, now=NOW)
    scan = attach_scan(event_id=event.pk, document=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), actor=None, now=NOW)
    return {
        "attended": registration.pk,
        "registration_token": links.token("registration", registration),
        "check_in_token": links.token("check-in", registration),
        "certificate": certificate.pk,
        "certificate_code": certificate.code,
        "scan": scan.pk,
    }


def answer_of(client, address):
    response = client.get(address)
    if response.status_code in (301, 302):
        doors = (reverse("account_login"), reverse("admin:login"))
        return SIGN_IN if response["Location"].startswith(doors) else AWAY
    for closable in getattr(response, "_resource_closers", []):
        closable()
    return {200: OK, 404: NONE, 405: NOT_SO}.get(response.status_code, response.status_code)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("table", [TABLE, ADMIN], ids=["public", "admin"])
def test_everybody_gets_what_the_table_says(portal, person, table):
    people, keys = portal
    expected, got = {}, {}
    client = Client()
    if person != "visitor":
        client.force_login(people[person], settings.AUTHENTICATION_BACKENDS[0])
    signed_in = {name: cookie.value for name, cookie in client.cookies.items()}
    for name, (answers, of) in table.items():
        # Each address is asked by the same session, without what another one has set.
        client.cookies.clear()
        client.cookies.load(signed_in)
        address = reverse(name, kwargs={key: keys.get(value, value) for key, value in of.items()})
        got[name] = answer_of(client, address)
        own = answers[person] == OWN and got[name] in (OK, AWAY, NONE, 403)
        expected[name] = got[name] if own else answers[person]
    assert got == expected


def test_every_address_has_a_row():
    rows = {*TABLE, *ADMIN}
    assert sorted(ADDRESSES - rows) == []
    assert sorted(rows - ADDRESSES) == []
