from procurement.models.authorities import ContractingAuthority, OfficerRequest, OrderingUnit
from procurement.models.clauses import Clause
from procurement.models.inquiries import Addressee, Inquiry, InquiryQuestion, InquiryStep, Reply
from procurement.models.notices import Notice, NoticeCpv, NoticeDocument, NoticePart, NoticeStep
from procurement.models.plans import Plan, PlanItem, PlanItemCpv, PlanPosition, PlanVersion
from procurement.models.postings import Posting
from procurement.models.results import Award, Performance
from procurement.models.rules import ClauseGroup, ClauseKind, CodeListEntry, Mode, Rule
from procurement.models.shortlists import Shortlist, ShortlistEntry, ShortlistSearch
from procurement.models.supply import Announcement, Interest, SupplyFit

__all__ = [
    "Addressee",
    "Announcement",
    "Award",
    "Clause",
    "ClauseGroup",
    "ClauseKind",
    "CodeListEntry",
    "ContractingAuthority",
    "Inquiry",
    "InquiryQuestion",
    "InquiryStep",
    "Interest",
    "Mode",
    "Notice",
    "NoticeCpv",
    "NoticeDocument",
    "NoticePart",
    "NoticeStep",
    "OfficerRequest",
    "OrderingUnit",
    "Performance",
    "Plan",
    "PlanItem",
    "PlanItemCpv",
    "PlanPosition",
    "PlanVersion",
    "Posting",
    "Reply",
    "Rule",
    "Shortlist",
    "ShortlistEntry",
    "ShortlistSearch",
    "SupplyFit",
]
