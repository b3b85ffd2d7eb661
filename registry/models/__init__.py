from registry.models.catalogue import CatalogueChange, CatalogueEntry, CategoryBit, OfferEntry, SearchWord
from registry.models.dictionaries import (
    CpvCode,
    DictionaryLoad,
    LegalForm,
    OfferCategory,
    OrganisationKind,
    PkdCode,
)
from registry.models.imports import DuplicateCase, HeadingMapping, ImportRow, ImportRun, NameKey
from registry.models.institutions import Institution, SocialEnterpriseStatus
from registry.models.offers import Offer, OfferCpv, OfferMark, OfferPicture
from registry.models.organisations import (
    ErrorReport,
    Organisation,
    OrganisationPkd,
    Reference,
    Unit,
    Workplace,
)
from registry.models.proposals import Proposal, ProposedChange, ProposedPicture, TrustedField
from registry.models.representation import RepresentationRequest
from registry.models.sources import DataSource
from registry.models.territory import County, Municipality, Region

__all__ = [
    "CatalogueChange",
    "CatalogueEntry",
    "CategoryBit",
    "County",
    "CpvCode",
    "DataSource",
    "DictionaryLoad",
    "DuplicateCase",
    "ErrorReport",
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
    "RepresentationRequest",
    "SearchWord",
    "SocialEnterpriseStatus",
    "TrustedField",
    "Unit",
    "Workplace",
]
