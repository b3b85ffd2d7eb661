"""A page that only shows something says so to every other method, whoever wrote its view and whatever is down."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver

# Examples of what the converters of the addresses take.
EXAMPLES = {
    "year": "2026",
    "month": "12",
    "slug": "zuraw",
    "extension": "csv",
    "pk": "1",
    "name": "a.webp",
    "section": "oferty",
    "kind": "regulamin",
    "step": "adres",
    "institution_id": "1",
    "paper_id": "1",
    "code": "plik",
    "clause_id": "1",
    "number": "0",
    "award_id": "1",
    "ocid": "ocds-000000-1",
}
EXAMPLES |= {"uidb36": "1", "key": "a-b", "token": "abc", "version": "1", "grant_id": "1", "position": "1", "run": "1"}
EXAMPLES |= {"offer": "1"}
EXAMPLES |= {"id": "1"}
EXAMPLES |= {"reply_id": "1", "question_id": "1", "organisation_id": "1", "posting_id": "1"}
EXAMPLES |= {"uidb36": "1", "key": "a-b", "token": "abc", "version": "1", "grant_id": "1"}
EXAMPLES |= {"offer": "1"}
# Names of the pages that take a form; all others only show.
FORMS = """
    registry:error_report registry:representation_request registry:organisation_person_removal
    registry:organisation_people procurement:authority_people
    procurement:office_request procurement:authority_person_removal notifications:preferences notifications:unsubscribe
    account_overview account_login account_logout account_signup account_reauthenticate account_email
    account_confirm_email account_change_password account_set_password account_reset_password
    account_reset_password_from_key account_invitation usersessions_list
    mfa_authenticate mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_generate_recovery_codes
    privacy:own_data privacy:take_data privacy:ask_erasure
    events:desk_step events:desk_copy events:desk_person events:desk_needs events:desk_file events:desk_adding
    events:desk_answers events:desk_tying events:review_end
    events:desk_pasting events:desk_message events:text_preview events:form_preview events:close_edition
    events:enrolment_start events:enrolment_step events:enrolment_signatories events:enrolment_people
    events:enrolment_person events:enrolment_summary events:enrolment_state events:people_update events:address_update
    events:participation events:review events:update_review
    events:signup events:own_registration events:own_change events:own_resignation
    mfa_add_webauthn mfa_reauthenticate_webauthn mfa_login_webauthn mfa_remove_webauthn
    events:check_in events:walk_in events:let_in events:check_in_by_code events:attendance_list events:attendance_scans
    events:meeting_file events:certificates events:certificate_correction events:event_missing events:edition_missing
    events:settling events:funding_export
    procurement:notice_new procurement:notice_step procurement:notice_new_clause procurement:notice_clause
    procurement:notice_publish procurement:notice_withdraw procurement:notice_discard
    procurement:result procurement:performance
    procurement:plan_new procurement:plan_head procurement:plan_discard procurement:plan_item_new procurement:plan_item
    procurement:plan_file procurement:plan_import procurement:plan_columns procurement:plan_publish
    procurement:own_shortlist procurement:shortlist_adding procurement:inquiry_reply procurement:shortlist
    procurement:inquiry_asking procurement:inquiry_deadline procurement:inquiry_withdrawal procurement:inquiry_answer
    procurement:order_voice
    quality_mark:assessment quality_mark:assessment_visit quality_mark:assigning_case quality_mark:commission
    quality_mark:term quality_mark:sitting quality_mark:agenda_item quality_mark:decisions quality_mark:decision
    quality_mark:may_i quality_mark:step quality_mark:summary quality_mark:papers quality_mark:recommendations
    quality_mark:withdrawal quality_mark:recommend
    quality_mark:formal_check quality_mark:case_call quality_mark:case_step quality_mark:case_messages
    quality_mark:own_call quality_mark:own_messages
    quality_mark:misuse quality_mark:agreement quality_mark:application_complaint quality_mark:renewal
    quality_mark:sign_pack quality_mark:explanation quality_mark:mark_complaint quality_mark:make_certificates
    quality_mark:agreement_desk quality_mark:ungrant quality_mark:mark_review quality_mark:mark_step
    quality_mark:report_desk
    quality_mark:complaint_desk quality_mark:sign_files
    quality_mark:case_visit quality_mark:mark_opinion quality_mark:mark_draw
""".split()
# Buttons on other pages, which show nothing themselves.
ONLY_BUTTONS = dict.fromkeys(
    """
    jobs:cancel events:enrolment_start_own events:enrolment_signatory_removal events:enrolment_reopen
    procurement:advisor_draft
    events:participation_consent events:review_open events:review_links events:review_new_link
    procurement:notice_copy quality_mark:case_take quality_mark:case_take_over
    procurement:plan_draft procurement:plan_item_drop procurement:plan_item_take_up
    """.split(),
    "POST",
)
METHODS = ["OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "x"]


def public_pages(resolver=None, prefix="", namespace=""):
    """(name, an address) of every pattern outside the admin."""
    for entry in (resolver or get_resolver("config.urls")).url_patterns:
        route = prefix + str(entry.pattern)
        if f"/{route}".startswith(settings.ADMIN_PATH):
            continue
        if isinstance(entry, URLPattern):
            address = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: EXAMPLES[part[1]], f"/{route}")
            yield f"{namespace}{entry.name}", address
        else:
            yield from public_pages(entry, route, f"{entry.namespace}:" if entry.namespace else namespace)


def test_the_walk_finds_the_pages():
    pages = dict(public_pages())
    assert len(pages) >= 25
    assert pages["registry:offer_detail"] == "/oferty/1-zuraw/"
    assert pages["sitemap"] == "/sitemap-oferty.xml"


@pytest.mark.parametrize(("name", "address"), list(public_pages()))
def test_every_public_page_refuses_what_it_does_not_take(name, address):
    # Without the django_db mark any query would fail the test: this also holds while the database is down, for a
    # person with a session, and for a form without its token.
    visitor = Client(enforce_csrf_checks=True)
    visitor.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz012345"
    allowed = ONLY_BUTTONS.get(name) or ("GET, HEAD, POST" if name in FORMS else "GET, HEAD")
    for method in METHODS:
        if method in allowed:
            continue
        response = visitor.generic(method, address)
        assert (response.status_code, response.headers.get("Allow")) == (405, allowed), method
        if address.startswith("/api/"):  # for programs (open_data.api.problems)
            assert response.headers["Content-Type"] == "application/problem+json"
            continue
        page = response.content.decode()
        assert "<h1>Tej strony nie można użyć w ten sposób</h1>" in page
        assert '<a class="skip" href="#tresc">' in page
        assert response.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_an_address_that_does_not_exist_is_not_found_by_any_method(client, method):
    assert client.generic(method, "/nie/ma/takiej/").status_code == 404


@pytest.mark.django_db
def test_the_panel_keeps_its_own_rules(client):
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302
