from registry.models.catalogue import CatalogueChange, CatalogueEntry, CategoryBit, OfferEntry, SearchWord
from registry.models.closing import Closing
from registry.models.confirmations import CallAttempt, Confirmation, ConfirmationRequest, FreshnessRule
from registry.models.dictionaries import (
    CpvCode,
    DictionaryLoad,
    LegalForm,
    OfferCategory,
    OrganisationKind,
    PkdCode,
)
from registry.models.former_slugs import FormerSlug
from registry.models.imports import DuplicateCase, HeadingMapping, ImportRow, ImportRun, NameKey
from registry.models.institutions import Institution, SocialEnterpriseStatus
from registry.models.offers import Offer, OfferCpv, OfferMark, OfferPicture
from registry.models.organisations import (
    Organisation,
    OrganisationPkd,
    Reference,
    Unit,
    Workplace,
)
from registry.models.proposals import Proposal, ProposedChange, ProposedPicture, TrustedField
from registry.models.reports import ErrorReport, ReportStep
from registry.models.representation import RepresentationRequest
from registry.models.sources import DataSource
from registry.models.terms import StatusReport, TermRule
from registry.models.territory import County, Municipality, Region

__all__ = [
    "CallAttempt",
    "CatalogueChange",
    "CatalogueEntry",
    "CategoryBit",
    "Closing",
    "Confirmation",
    "ConfirmationRequest",
    "County",
    "CpvCode",
    "DataSource",
    "DictionaryLoad",
    "DuplicateCase",
    "ErrorReport",
    "FormerSlug",
    "FreshnessRule",
    "HeadingMapping",
    "ImportRow",
    "ImportRun",
    "Institution",
    "LegalForm",
    "Municipality",
    "NameKey",
    "Offer",
    "OfferCategory",
    "OfferCpv",
    "OfferEntry",
    "OfferMark",
    "OfferPicture",
    "Organisation",
    "OrganisationKind",
    "OrganisationPkd",
    "PkdCode",
    "Proposal",
    "ProposedChange",
    "ProposedPicture",
    "Reference",
    "Region",
    "ReportStep",
    "RepresentationRequest",
    "SearchWord",
    "SocialEnterpriseStatus",
    "StatusReport",
    "TermRule",
    "TrustedField",
    "Unit",
    "Workplace",
]
