# ruff: noqa: S608 - names of our own tables and columns
"""Triggers that leave a touch when a statement may have changed what the public sees, whoever runs it and however.

On proxies, because the tables belong to apps that know nothing of the feed. Of a row that is added only what is public
already is touched: an import of new cards is told by the entries that it ends with.
"""

import pgtrigger

from events.models import Event, EventDay
from open_data.choices import Dataset
from procurement.models import PostingEntry
from quality_mark.models import Application, Licence, Mark, MarkStep
from registry import models as registry

_INSERT, _UPDATE, _DELETE = pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete
_TABLES = {_INSERT: {"new": "came"}, _UPDATE: {"old": "gone", "new": "came"}, _DELETE: {"old": "gone"}}
_TOUCH = """
INSERT INTO open_data_touch (dataset, ids)
SELECT {dataset}, array_agg(DISTINCT one) FROM ({found}) found (one) WHERE one IS NOT NULL HAVING count(*) > 0;
"""

# `rows` are those that the statement took, gave or both.
_PUBLIC = "SELECT organisation_id FROM ({rows}) r JOIN registry_catalogueentry e USING (organisation_id)"
_PUBLIC_OFFER = "SELECT offer_id FROM ({rows}) r JOIN registry_offerentry e USING (offer_id)"
_OF_INSTITUTION = """
SELECT o.id FROM ({rows}) r JOIN registry_organisation o ON o.institution_id = r.id
UNION ALL SELECT o.id FROM ({rows}) r JOIN registry_unit u ON u.operator_id = r.id
JOIN registry_organisation o ON o.unit_id = u.id
"""
_STATUSES_OF = """
SELECT s.id FROM ({rows}) r JOIN registry_socialenterprisestatus s ON s.institution_id = r.institution_id
"""


def _of(column):
    return f"SELECT {column} FROM ({{rows}}) r"


def _watched(model, label, *, on=(_INSERT, _UPDATE, _DELETE), **touched):
    """A proxy of the model with a trigger for each operation. `touched` is {name of a data set: SQL of ids}."""
    triggers = [
        pgtrigger.Trigger(
            name=f"touches_on_{str(operation).lower()}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**tables),
            func="".join(_touches(tables, touched)) + "RETURN NULL;",
        )
        for operation, tables in _TABLES.items()
        if operation in on
    ]
    meta = {
        "proxy": True,
        "app_label": "open_data",
        "verbose_name": label,
        "verbose_name_plural": label,
        "triggers": triggers,
    }
    name = f"Watched{model.__name__}"
    return type(name, (model,), {"__module__": __name__, "Meta": type("Meta", (), meta)})


def _touches(tables, touched):
    rows = " UNION ALL ".join(f"SELECT * FROM {table}" for table in tables.values())
    for dataset, found in touched.items():
        yield _TOUCH.format(dataset=Dataset[dataset].value, found=found.format(rows=rows))


WATCHED = (
    _watched(registry.CatalogueEntry, "wpisy katalogu", ORGANISATIONS=_of("organisation_id")),
    _watched(registry.OfferEntry, "wpisy ofert", OFFERS=_of("offer_id")),
    _watched(registry.Institution, "instytucje", on=[_UPDATE], ORGANISATIONS=_OF_INSTITUTION),
    _watched(
        registry.Unit, "jednostki", on=[_UPDATE, _DELETE],
        ORGANISATIONS="SELECT o.id FROM ({rows}) r JOIN registry_organisation o ON o.unit_id = r.id",
    ),
    _watched(
        registry.Organisation, "podmioty", on=[_UPDATE, _DELETE], ORGANISATIONS=_of("id"), STATUSES=_STATUSES_OF,
    ),
    _watched(registry.OrganisationPkd, "PKD podmiotów", ORGANISATIONS=_PUBLIC),
    _watched(registry.Workplace, "miejsca działalności", ORGANISATIONS=_PUBLIC),
    _watched(registry.Reference, "referencje", ORGANISATIONS=_PUBLIC),
    _watched(
        registry.SocialEnterpriseStatus, "statusy PS", STATUSES=_of("id"),
        ORGANISATIONS="SELECT o.id FROM ({rows}) r JOIN registry_organisation o USING (institution_id)",
    ),
    _watched(
        registry.Offer, "oferty", ORGANISATIONS=_PUBLIC,
        OFFERS="SELECT e.offer_id FROM ({rows}) r JOIN registry_offerentry e ON e.offer_id = r.id",
        # A mark stays in its register when its card is in no list.
        MARK_HOLDERS="SELECT z.id FROM ({rows}) r JOIN quality_mark_mark z ON z.offer_id = r.id",
    ),
    _watched(registry.OfferCpv, "CPV ofert", OFFERS=_PUBLIC_OFFER),
    _watched(registry.OfferPicture, "zdjęcia ofert", OFFERS=_PUBLIC_OFFER),
    _watched(registry.OfferMark, "znaki ofert", OFFERS=_PUBLIC_OFFER),
    _watched(
        registry.DataSource, "źródła danych", on=[_UPDATE],
        ORGANISATIONS="SELECT o.id FROM ({rows}) r JOIN registry_organisation o ON o.source_id = r.id",
    ),
    _watched(Event, "wydarzenia", EVENTS=_of("id")),
    _watched(EventDay, "terminy wydarzeń", EVENTS=_of("event_id")),
    _watched(PostingEntry, "wpisy zamówień", PROCUREMENT=_of("posting_id")),
    _watched(Mark, "znaki", MARK_HOLDERS=_of("id")),
    _watched(Licence, "licencje", MARK_HOLDERS=_of("mark_id")),
    _watched(MarkStep, "kroki znaków", on=[_INSERT], MARK_HOLDERS=_of("mark_id")),
    _watched(Application, "wnioski o przedłużenie znaku", MARK_HOLDERS=_of("mark_id")),
)  # fmt: skip
