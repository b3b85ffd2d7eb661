"""All that the pages of one card ask of the register, each thing read once, when it is first needed."""

from functools import cached_property

from registry.choices import Subject
from registry.forgiving import counties_in_order, municipality_choices
from registry.models import (
    CpvCode,
    LegalForm,
    Municipality,
    Offer,
    OfferCategory,
    OfferPicture,
    OrganisationKind,
    Reference,
    Region,
    Workplace,
)
from registry.use_cases.imports.offers import Classifier


class Desk:
    """`organisation` is read with its party (OrganisationQuerySet.with_party)."""

    def __init__(self, organisation):
        self.organisation = organisation
        self._rows = {}

    def rows(self, subject):
        """{id: row} of the living rows of one kind, in the order in which the card shows them."""
        if subject not in self._rows:
            self._rows[subject] = {row.pk: row for row in _rows_of(subject, self.organisation)}
        return self._rows[subject]

    def targets(self, section):
        """{subject: row}; the row of a list is None while it is only proposed. LookupError: it is not of this card."""
        if section.kind is None:
            return {Subject.CARD: self.organisation, Subject.PARTY: self.organisation.party}
        row = None if section.row is None else self.rows(section.kind.subject)[section.row]
        return {section.kind.subject: row}

    @cached_property
    def areas(self):
        """[(code, words)]: the country, the region, counties, municipalities."""
        regions = [(one.teryt, f"całe województwo {one.name}") for one in Region.objects.order_by("teryt")]
        counties = [(one.teryt, str(one)) for one in counties_in_order()]
        rows = Municipality.objects.order_by("sort_key", "teryt").values_list("teryt", "label")
        return [("PL", "cały kraj"), *regions, *counties, *((code, f"gmina {label}") for code, label in rows)]

    def is_near(self, code):
        """Whether an area is offered for choice: of municipalities those of the own county only."""
        return len(code) < 7 or code[:4] == self.organisation.party.county_id

    @cached_property
    def municipalities(self):
        return municipality_choices()

    @cached_property
    def legal_forms(self):
        return list(LegalForm.objects.order_by("position").values_list("code", "label"))

    @cached_property
    def categories(self):
        return list(OfferCategory.objects.order_by("position").values_list("code", "label"))

    @cached_property
    def kinds_of_units(self):
        return list(OrganisationKind.objects.filter(is_unit=True).order_by("position").values_list("code", "label"))

    @cached_property
    def cpv(self):
        """{code without the control digit: (code, words)}"""
        rows = CpvCode.objects.values_list("code8", "code", "label_pl")
        return {code8: (code, label) for code8, code, label in rows}

    @cached_property
    def _classifier(self):
        return Classifier()

    def suggestion(self, name):
        """Category and CPV code of an offer of this name, as an import would propose them."""
        return self._classifier.suggest(name)


def _rows_of(subject, organisation):
    if subject == Subject.OFFER:
        offers = Offer.objects.living().filter(organisation=organisation)
        return offers.prefetch_related("cpv_links", "pictures").order_by("position", "pk")
    if subject == Subject.PICTURE:
        pictures = OfferPicture.objects.filter(offer__organisation=organisation, offer__removed_at=None)
        return pictures.select_related("offer").order_by("position", "pk")
    if subject == Subject.WORKPLACE:
        return Workplace.objects.filter(organisation=organisation).order_by("pk")
    return Reference.objects.filter(organisation=organisation).order_by("-year", "pk")
