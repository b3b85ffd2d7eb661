"""Columns of the register in words, for people who read its history."""

from datetime import date, datetime

from django.contrib.auth import get_user_model

from core.templatetags.portal import date_words
from registry.cards.areas import Areas
from registry.models import (
    Closing,
    Institution,
    Offer,
    OfferCpv,
    OfferMark,
    OfferPicture,
    Organisation,
    OrganisationPkd,
    Reference,
    SocialEnterpriseStatus,
    StatusReport,
    Unit,
    Workplace,
)

TITLES = {
    Organisation: "Karta",
    Institution: "Instytucja",
    Unit: "Jednostka",
    SocialEnterpriseStatus: "Status przedsiębiorstwa społecznego",
    Offer: "Oferta",
    OfferCpv: "Kod CPV oferty",
    OfferMark: "Znak oferty",
    OfferPicture: "Zdjęcie oferty",
    Workplace: "Miejsce działalności",
    Reference: "Referencja",
    OrganisationPkd: "PKD",
    Closing: "Zakończenie działalności",
    StatusReport: "Sprawozdanie roczne PS",
}
# What says nothing to a reader, or is said by the title already.
SILENT = {"id", "created_at", "updated_at", "sort_key", "width", "height", "position"}
OWNERS = {
    SocialEnterpriseStatus: {"institution"},
    Offer: set(),
    OfferCpv: {"offer"},
    OfferMark: {"offer"},
    OfferPicture: {"offer"},
    Workplace: {"organisation"},
    Reference: {"organisation"},
    OrganisationPkd: {"organisation"},
    Closing: {"organisation", "noted_by"},
    StatusReport: {"status", "noted_by"},
}
NOTHING = "—"


class Words:
    """Names for everything that the given events point to, read at once."""

    def __init__(self, events):
        wanted, people, served = {}, set(), set()
        for event in events:
            served.update(event.values.get("serves") or ())
            for field in fields(event.model):
                if field.is_relation and event.values[field.attname] is not None:
                    wanted.setdefault(field.related_model, set()).add(event.values[field.attname])
            people.add(event.context.get("user"))
        self._names = {model: _names(model, keys) for model, keys in wanted.items()}
        self._areas = Areas(served)
        self._people = get_user_model().objects.in_bulk(people - {None})
        self._offers = {event.object_id: event.values["name"] for event in events if event.model is Offer}

    def title(self, event):
        """ "Oferta „Catering”", "Znak oferty „Catering”", "Instytucja"."""
        name = self._offers.get(event.object_id if event.model is Offer else event.values.get("offer_id"))
        title = TITLES[event.model]
        return f"{title} „{name}”" if name and event.model is not Reference else title

    def value(self, field, values):
        """The value of one column as people say it; "—" for nothing."""
        raw = values[field.attname]
        if raw in (None, "", [], {}):
            return NOTHING
        if field.name == "serves":
            return self._areas.words(raw)
        if field.is_relation:
            return self._names.get(field.related_model, {}).get(raw, f"nr {raw}")
        return _said(field, raw)

    def who(self, event):
        user = event.context.get("user")
        if user:
            person = self._people.get(user)
            return person.get_full_name() if person else "usunięte konto"
        return "system"

    def origin(self, event):
        """Through which door the change came: an import run, the admin, another page, or a task."""
        context = event.context
        if context.get("run"):
            return f"import, przebieg {context['run']}"
        if context.get("proposal"):
            return f"propozycja zmian nr {context['proposal']}" + (", z reguły" if context.get("by_rule") else "")
        url = str(context.get("url") or "")
        if context.get("source") == "panel" or url.startswith("/admin/"):
            return "panel koordynatora"
        return str(context.get("source") or url or "zadanie")


def fields(model):
    """The columns of a tracked table that a reader of its history wants to see."""
    hidden = SILENT | OWNERS.get(model, set())
    return [field for field in model._meta.concrete_fields if field.name not in hidden]


def _names(model, keys):
    objects = model._default_manager.select_related(*_NEEDED.get(model, ())).in_bulk(keys)
    return {key: str(found) for key, found in objects.items()}


_NEEDED = {Organisation: ("institution", "unit")}


def _said(field, raw):
    if isinstance(raw, bool):
        return "tak" if raw else "nie"
    if isinstance(raw, list):
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(part, part)) for part in raw)
    if isinstance(raw, dict):
        return ", ".join(f"{key}: {value}" for key, value in raw.items())
    if isinstance(raw, (date, datetime)):
        return date_words(raw)
    return str(dict(field.flatchoices).get(raw, raw))
