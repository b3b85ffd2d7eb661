from procurement.models.authorities import ContractingAuthority, OfficerRequest, OrderingUnit
from procurement.models.clauses import Clause
from procurement.models.counts import EntryBuyer, EntryCell
from procurement.models.entries import EntryChange, PostingEntry, PostingWord
from procurement.models.guides import Guide
from procurement.models.inquiries import Addressee, Inquiry, InquiryQuestion, InquiryStep, Reply
from procurement.models.notices import Notice, NoticeCpv, NoticeDocument, NoticePart, NoticeStep
from procurement.models.outdated import BuyerOfRegister, OutdatedEntry
from procurement.models.periods import OfferPeriod
from procurement.models.plan_imports import PlanHeading, PlanImport
from procurement.models.plans import Plan, PlanItem, PlanItemCpv, PlanPosition, PlanVersion
from procurement.models.postings import Posting
from procurement.models.releases import Release
from procurement.models.results import Award, Performance
from procurement.models.rules import ClauseGroup, ClauseKind, CodeListEntry, Mode, Rule
from procurement.models.shortlists import Shortlist, ShortlistEntry, ShortlistSearch
from procurement.models.supply import Announcement, Interest, SupplyFit

__all__ = [
    "Addressee",
    "Announcement",
    "Award",
    "BuyerOfRegister",
    "Clause",
    "ClauseGroup",
    "ClauseKind",
    "CodeListEntry",
    "ContractingAuthority",
    "EntryBuyer",
    "EntryCell",
    "EntryChange",
    "Guide",
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
    "OfferPeriod",
    "OfficerRequest",
    "OrderingUnit",
    "OutdatedEntry",
    "Performance",
    "Plan",
    "PlanHeading",
    "PlanImport",
    "PlanItem",
    "PlanItemCpv",
    "PlanPosition",
    "PlanVersion",
    "Posting",
    "PostingEntry",
    "PostingWord",
    "Release",
    "Reply",
    "Rule",
    "Shortlist",
    "ShortlistEntry",
    "ShortlistSearch",
    "SupplyFit",
]
