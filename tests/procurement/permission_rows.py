"""Addresses of orders and everybody who may ask for them, and what lies behind these addresses."""

from datetime import timedelta

from django.core.files.base import ContentFile

from procurement.choices import PlanImportState
from procurement.models import ClauseKind, Inquiry, Shortlist
from tests.accounts.factories import SINCE
from tests.permission_rows import AWAY, NONE, OFFICE, OK, OPEN, SIGN_IN, SIGNED_IN, row
from tests.procurement.factories import NoticeFactory, PlanFactory, PlanItemFactory, PlanVersionFactory
from tests.registry.factories import NOW

BUYERS = ("officer", "officer of another", *OFFICE)


THE_BUYER = {OK: ("officer", *OFFICE)}
EVERY_BUYER = {OK: ("officer", "officer of another", *OFFICE)}
LED_TO_THE_PLAN = {AWAY: ("officer", *OFFICE)}
PLAN = row(SIGN_IN, NONE, but=THE_BUYER, pk="plan")

ROWS = {
    "procurement:posting_list": OPEN,
    "procurement:posting_export": row(OK, OK, extension="csv"),
    "procurement:posting_feed": OPEN,
    "procurement:posting_calendar": OPEN,
    "procurement:release_package": OPEN,
    "procurement:release_lines": OPEN,
    "procurement:record_package": OPEN,
    "procurement:ocds_extension": row(OK, OK, name="extension.json"),
    "procurement:ocds_process": row(NONE, NONE, ocid="ocds-000000-nie-ma"),
    "procurement:office_request": SIGNED_IN,
    # Figures and the advisor are for everybody; a draft is made by a button.
    "procurement:region_report": OPEN,
    "procurement:region_workbook": OPEN,
    "procurement:buyer_report": row(OK, OK, slug="authority_slug"),
    "procurement:buyer_workbook": row(OK, OK, slug="authority_slug"),
    "procurement:advisor": OPEN,
    # An empty question is told to whoever buys for somebody.
    "procurement:advisor_draft": row(SIGN_IN, NONE, but={422: ("officer", "officer of another", *OFFICE)}),
    "procurement:authority_people": row(SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="authority"),
    "procurement:authority_person_removal": row(
        SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="authority", grant_id="officer"
    ),
    # Notices: the public one is for everybody, the panel for the officers of its authority.
    "procurement:posting": row(AWAY, AWAY, pk="notice", slug="inne-slowa"),
    "procurement:document": row(OK, OK, pk="notice_document"),
    "procurement:notice_list": row(SIGN_IN, NONE, but={OK: BUYERS}),
    "procurement:notice_new": row(SIGN_IN, NONE, but={OK: BUYERS}),
    "procurement:notice_copy": row(SIGN_IN, NONE, but={AWAY: ("officer", *OFFICE)}, pk="notice"),  # a button
    **{
        f"procurement:{name}": row(SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="notice", **of)
        for name, of in {
            "notice": {},
            "notice_step": {"key": "co"},
            "notice_new_clause": {"code": "art96"},
            "notice_clause": {"clause_id": "clause"},
            "notice_preview": {},
            "notice_publish": {},
            "notice_withdraw": {},
            "notice_discard": {},
            "results": {},
            "result": {"number": 0},
            "performance": {"award_id": "award"},
        }.items()
    },
    # Plans: the published ones for everybody, drafts for whoever buys for the authority.
    "procurement:plan_year": row(NONE, NONE, slug="zamawiajacy", year=2027),
    "procurement:plan_year_file": row(NONE, NONE, slug="zamawiajacy", year=2027, extension="csv"),
    "procurement:plan_list": row(SIGN_IN, NONE, but=EVERY_BUYER),
    "procurement:plan_new": row(SIGN_IN, NONE, but=EVERY_BUYER),
    "procurement:plan": PLAN,
    "procurement:plan_head": PLAN,
    "procurement:plan_discard": PLAN,
    "procurement:plan_item_new": PLAN,
    "procurement:plan_item": row(SIGN_IN, NONE, but=THE_BUYER, pk="plan", position="position"),
    "procurement:plan_file": PLAN,
    "procurement:plan_import": row(SIGN_IN, NONE, but=THE_BUYER, pk="plan", run="plan_import"),
    "procurement:plan_columns": row(SIGN_IN, NONE, but=THE_BUYER, pk="plan", run="plan_import"),
    "procurement:plan_rejected": row(SIGN_IN, NONE, but=THE_BUYER, pk="plan", run="plan_import"),
    "procurement:plan_report": row(SIGN_IN, NONE, but=THE_BUYER, pk="plan", run="plan_import"),
    "procurement:plan_preview": PLAN,
    "procurement:plan_publish": PLAN,
    # With one version there is nothing to compare.
    "procurement:plan_differences": row(SIGN_IN, NONE, pk="plan"),
    # Buttons: who only looks is led to the plan.
    "procurement:plan_draft": row(SIGN_IN, NONE, but=LED_TO_THE_PLAN, pk="plan"),
    "procurement:plan_item_drop": row(SIGN_IN, NONE, but=LED_TO_THE_PLAN, pk="plan", position=1),
    "procurement:plan_item_take_up": row(SIGN_IN, NONE, but=LED_TO_THE_PLAN, pk="plan", position=1),
    # Who can do it: for everybody; lists and inquiries for whoever buys for their owner, or holds the link.
    "procurement:who_can": OPEN,
    "procurement:who_can_json": OPEN,
    "procurement:own_shortlist": OPEN,
    "procurement:own_shortlist_file": row(NONE, OK, extension="csv"),
    "procurement:shortlist_adding": OPEN,
    "procurement:shared_shortlist": row(NONE, NONE, token="zmyslony"),
    "procurement:inquiry_reply": row(NONE, NONE, token="zmyslony"),
    "procurement:own_reply_file": row(NONE, NONE, token="zmyslony", reply_id=1),
    "procurement:shortlists": row(SIGN_IN, NONE, but={OK: ("officer", "officer of another", *OFFICE)}),
    "procurement:inquiries": row(SIGN_IN, NONE, but={OK: ("officer", "officer of another", *OFFICE)}),
    "procurement:shortlist": row(SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="shortlist"),
    "procurement:shortlist_file": row(SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="shortlist", extension="csv"),
    "procurement:inquiry_asking": row(SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="shortlist"),
    **{
        f"procurement:{name}": row(SIGN_IN, NONE, but={OK: ("officer", *OFFICE)}, pk="inquiry", **of)
        for name, of in {
            "inquiry": {},
            "inquiry_deadline": {},
            "inquiry_withdrawal": {},
            "inquiry_record": {},
            "inquiry_answer": {"question_id": "inquiry_question"},
        }.items()
    },
    # No reply has come, so there is no file; who may read one is in tests/procurement/matching/test_replies.py.
    "procurement:inquiry_file": row(SIGN_IN, NONE, pk="inquiry", reply_id=1),
    "procurement:orders_for_us": row(SIGN_IN, NONE, but={OK: ("representative", "representative of another")}),
    "procurement:order_voice": row(
        SIGN_IN, NONE, but={OK: ("representative",)}, organisation_id="organisation", posting_id="posting"
    ),
}


def of_orders(buyer, supplier):
    """{name in the table: key} of what `buyer`, an authority, has, and of an order that `supplier` may speak of."""
    more = {"organisation": supplier.pk, "posting": NoticeFactory().pk}
    return bought(buyer) | of_plans(buyer) | asked_by(buyer) | more


def bought(buyer):
    """A notice of the authority with everything on it."""
    notice = NoticeFactory(authority=buyer)
    clause = notice.clauses.create(kind=ClauseKind.objects.get(code="art96"))
    award = notice.awards.create(supplier_name="Spółdzielnia", decided_on=SINCE)
    document = notice.documents.create(
        title="Opis", file=ContentFile(b"%PDF-1.7", "a.pdf"), content_type="application/pdf", added_at=NOW
    )
    return {"notice": notice.pk, "clause": clause.pk, "award": award.pk, "notice_document": document.pk}


def of_plans(buyer):
    """A plan that nobody has published, with one position and one file."""
    item = PlanItemFactory(version=PlanVersionFactory(plan=PlanFactory(authority=buyer)))
    plan = item.version.plan
    layout = [{"name": "", "rows": [[1, ["Co", "Ile"]]], "tables": []}]
    run = plan.imports.create(
        file_name="plan.csv", file="plan.csv", layout=layout, state=PlanImportState.READ, created_at=NOW
    )
    return {"plan": plan.pk, "position": item.position_id, "plan_import": run.pk}


def asked_by(buyer):
    """A list of an authority and an inquiry with a question that waits."""
    shortlist = Shortlist.objects.create(authority=buyer, name="Lista", created_at=NOW, changed_at=NOW)
    inquiry = Inquiry.objects.create(
        authority=buyer, shortlist=shortlist, subject="Druk", message="Ile?", sent_at=NOW,
        deadline_at=NOW + timedelta(days=3650),
    )  # fmt: skip
    question = inquiry.questions.create(question="Kiedy?", asked_at=NOW)
    return {"shortlist": shortlist.pk, "inquiry": inquiry.pk, "inquiry_question": question.pk}
