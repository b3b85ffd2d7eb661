"""What one history context wrote, and who has been there since. Read from the event tables of django-pghistory."""

from registry.models import (
    CatalogueEntry,
    Confirmation,
    DuplicateCase,
    Institution,
    NameKey,
    Offer,
    OfferCpv,
    OfferEntry,
    Organisation,
    OrganisationPkd,
    SocialEnterpriseStatus,
    Unit,
)
from registry.use_cases.imports.sql import fetch
from registry.use_cases.imports.sql import run as execute

# How a row of each table leads to cards; %s stands for its ids.
CARDS_OF = {
    Organisation: "SELECT id FROM registry_organisation WHERE id = ANY(%s)",
    Institution: "SELECT id FROM registry_organisation WHERE institution_id = ANY(%s)",
    Unit: "SELECT id FROM registry_organisation WHERE unit_id = ANY(%s)",
    Offer: "SELECT organisation_id FROM registry_offerevent WHERE pgh_obj_id = ANY(%s)",
    OrganisationPkd: "SELECT organisation_id FROM registry_organisationpkdevent WHERE pgh_obj_id = ANY(%s)",
    OfferCpv: """
        SELECT o.organisation_id FROM registry_offercpvevent e
        JOIN registry_offerevent o ON o.pgh_obj_id = e.offer_id WHERE e.pgh_obj_id = ANY(%s)""",
    SocialEnterpriseStatus: """
        SELECT o.id FROM registry_socialenterprisestatusevent e
        JOIN registry_organisation o ON o.institution_id = e.institution_id WHERE e.pgh_obj_id = ANY(%s)""",
}
# Written by the import itself or derived from what stands elsewhere: no sign of a person. One who confirms a card
# changes it too.
DERIVED = (CatalogueEntry, OfferEntry, NameKey, DuplicateCase, Confirmation)


def touched_cards(context):
    """{card ids} of this context that somebody changed later, or hung something on."""
    touched = set()
    for model, cards in CARDS_OF.items():
        later = [pk for (pk,) in fetch(_LATER.format(events=_events(model)), [context])]
        if later:
            touched.update(pk for (pk,) in fetch(cards, [later]))
    for model in (Organisation, Unit, Offer):
        made = _made(model, context)
        leaned_on = _leaned_on(model, made, context)
        if leaned_on:
            touched.update(pk for (pk,) in fetch(CARDS_OF[model], [list(leaned_on)]))
    return touched


_OWN = (
    "SELECT pgh_obj_id, min(pgh_id) AS first, max(pgh_id) AS last FROM {events} WHERE pgh_context_id = %s GROUP BY 1"
)
_LATER = f"""
    SELECT DISTINCT own.pgh_obj_id FROM ({_OWN}) own JOIN {{events}} e
    ON e.pgh_obj_id = own.pgh_obj_id AND e.pgh_id > own.last"""  # noqa: S608


class Traces:
    """Rows that a context wrote, leaving out those of some cards."""

    def __init__(self, context, *, without_cards=()):
        self.context = context
        self.kept_cards = list(without_cards)
        self._kept = {model: self._kept_rows(model) for model in CARDS_OF}

    def made(self, model):
        """Ids of rows the context inserted."""
        return sorted(set(_made(model, self.context)) - self._kept[model])

    def changed(self, model):
        """Ids of rows the context updated and had not made."""
        query = f"SELECT pgh_obj_id FROM {_events(model)} WHERE pgh_context_id = %s AND pgh_label = 'update'"  # noqa: S608
        updated = {pk for (pk,) in fetch(query, [self.context])}
        return sorted(updated - set(_made(model, self.context)) - self._kept[model])

    def changed_cards(self):
        """Cards that stood before the context and look different for it."""
        cards = set()
        for model, query in CARDS_OF.items():
            rows = self.changed(model) + self.made(model)
            if rows:
                cards.update(pk for (pk,) in fetch(query, [rows]))
        return sorted(cards - set(self.made(Organisation)) - set(self.kept_cards))

    def give_back(self, model, *, now):
        """Write the values that rows had before the context changed them."""
        ids = self.changed(model)
        if not ids:
            return
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if not field.primary_key and field.column not in ("created_at", "updated_at")
        ]
        events = _events(model)
        has_clock = any(field.column == "updated_at" for field in model._meta.concrete_fields)
        assigned = [f'"{column}" = old."{column}"' for column in columns] + ["updated_at = %s"] * has_clock
        query = f"""
            UPDATE "{model._meta.db_table}" t SET {", ".join(assigned)}
            FROM (SELECT DISTINCT ON (e.pgh_obj_id) e.* FROM {events} e
                  JOIN ({_OWN.format(events=events)}) own ON own.pgh_obj_id = e.pgh_obj_id AND e.pgh_id < own.first
                  ORDER BY e.pgh_obj_id, e.pgh_id DESC) old
            WHERE t.id = old.pgh_obj_id AND t.id = ANY(%s)"""  # noqa: S608
        execute(query, [*([now] * has_clock), self.context, ids])

    def _kept_rows(self, model):
        if not self.kept_cards:
            return set()
        query = f"SELECT DISTINCT pgh_obj_id FROM {_events(model)} e WHERE pgh_context_id = %s AND ({_BELONGS[model]})"  # noqa: S608
        return {pk for (pk,) in fetch(query, [self.context, self.kept_cards])}


_BELONGS = {
    Organisation: "pgh_obj_id = ANY(%s)",
    Institution: "pgh_obj_id IN (SELECT institution_id FROM registry_organisation WHERE id = ANY(%s))",
    Unit: "pgh_obj_id IN (SELECT unit_id FROM registry_organisation WHERE id = ANY(%s))",
    Offer: "organisation_id = ANY(%s)",
    OrganisationPkd: "organisation_id = ANY(%s)",
    OfferCpv: "offer_id IN (SELECT id FROM registry_offer WHERE organisation_id = ANY(%s))",
    SocialEnterpriseStatus: "institution_id IN (SELECT institution_id FROM registry_organisation WHERE id = ANY(%s))",
}


def free_institutions(ids):
    """Those of the institutions that nothing in the database points to any more."""
    needed = set()
    for table, column in _pointing_at(Institution):
        needed.update(pk for (pk,) in fetch(f'SELECT "{column}" FROM "{table}" WHERE "{column}" = ANY(%s)', [ids]))  # noqa: S608
    return sorted(set(ids) - needed)


def _made(model, context):
    query = f"SELECT pgh_obj_id FROM {_events(model)} WHERE pgh_context_id = %s AND pgh_label = 'insert'"  # noqa: S608
    return [pk for (pk,) in fetch(query, [context])]


def _leaned_on(model, ids, context):
    """Those of the rows that something points to which the context has not made itself."""
    found = set()
    if not ids:
        return found
    for related in model._meta.related_objects:
        source = related.related_model
        if source in DERIVED or not related.field.concrete or not related.field.db_constraint:
            continue
        own = _made(source, context) if source in CARDS_OF else []
        column = related.field.column
        query = f"""SELECT DISTINCT "{column}" FROM "{source._meta.db_table}"
                    WHERE "{column}" = ANY(%s) AND NOT ("{source._meta.pk.column}" = ANY(%s))"""  # noqa: S608
        found.update(pk for (pk,) in fetch(query, [ids, own]))
    return found


def _pointing_at(model):
    for related in model._meta.related_objects:
        if related.related_model not in DERIVED and related.field.concrete and related.field.db_constraint:
            yield related.related_model._meta.db_table, related.field.column


def _events(model):
    return f'"{model.pgh_event_model._meta.db_table}"'
