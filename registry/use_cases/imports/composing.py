"""What is to be written for new cards, worked out without the database."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.polish import sort_key
from registry.choices import Verifier
from registry.models import (
    Institution,
    NameKey,
    Offer,
    OfferCpv,
    Organisation,
    OrganisationPkd,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases.imports.fields import CARD, IDENTIFIERS, INSTITUTION, UNIT
from registry.use_cases.imports.namekeys import key_of
from registry.use_cases.imports.writing import Inserts


@dataclass
class Batch:
    """The cards of one chunk on their way: what was found out about them, then what is to be written."""

    ids: list
    values: list
    slugs: list
    operators: Iterator
    institution_ids: Iterator
    unit_ids: Iterator
    offer_ids: Iterator
    inserts: Inserts | None = None
    # {institution id: values} of parties that stand in the register already, without a card.
    filled: dict = field(default_factory=dict)


WITHOUT_REASON = "nie podano w źródle"


class Composer:
    """Fills in what a Batch is to write and returns it."""

    def __init__(self, *, source, publish, now):
        self._source, self._publish, self._now = source, publish, now

    def __call__(self, batch):
        batch.inserts = inserts = Inserts(now=self._now)
        for pk, values, slug in zip(batch.ids, batch.values, batch.slugs, strict=True):
            institution, unit = self._add_party(values, batch)
            inserts[Organisation].add(**self._card(values), id=pk, institution_id=institution, unit_id=unit, slug=slug)
            for position, code in enumerate(values.get("pkd", ())):
                inserts[OrganisationPkd].add(organisation_id=pk, code_id=code, is_main=position == 0)
            if "ps" in values:
                inserts[SocialEnterpriseStatus].add(institution_id=institution, **with_reason(values["ps"]))
            add_to(inserts, pk, 0, values.get("offers", ()), batch.offer_ids)
        # Nobody needs them back.
        batch.values = batch.slugs = ()
        return batch

    def _add_party(self, values, batch):
        """(institution id, unit id or None)"""
        name, inserts = values["name"], batch.inserts
        if "unit" in values:
            pk = next(batch.unit_ids)
            operator = next(batch.operators) if "new_operator" in values else values.get("operator")
            columns = columns_of(UNIT, values) | {"operator_id": operator}
            inserts[Unit].add(**columns, id=pk, sort_key=sort_key(name))
            inserts[NameKey].add(**key_of(name), unit_id=pk)
            return operator, pk
        if "institution" in values:
            batch.filled[values["institution"]] = values
            return values["institution"], None
        pk = next(batch.institution_ids)
        inserts[Institution].add(**columns_of(INSTITUTION, values), id=pk, sort_key=sort_key(name))
        numbers = sum(1 for number in IDENTIFIERS if number in values)
        inserts[NameKey].add(**key_of(name, numbers), institution_id=pk)
        return pk, None

    def _card(self, values):
        columns = columns_of(CARD, values)
        if "verified_on" in values:
            columns["verified_by"] = Verifier.REGISTER.value
        columns["source_id"] = self._source
        columns["published_at"] = self._now if self._publish else None
        return columns


def with_reason(status):
    """Registers tell when a status was lost, never why."""
    return status | {"loss_reason": WITHOUT_REASON} if status["lost_on"] else status


def add_to(inserts, card, first, offers, ids):
    """Offers [[name, category, CPV code], …] of a card, from the position `first` on; `ids` are fresh ones."""
    for position, (name, category, cpv) in enumerate(offers, start=first):
        pk = next(ids)
        inserts[Offer].add(id=pk, organisation_id=card, name=name, category_id=category, position=position)
        if cpv:
            inserts[OfferCpv].add(offer_id=pk, code_id=cpv)


def columns_of(table, values):
    """{column: value} of those values that this table holds."""
    return {column: values[name] for name, column in table.items() if name in values}
