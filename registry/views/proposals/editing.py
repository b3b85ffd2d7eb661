"""The card as a list of places that can be edited, and what the draft would change in each."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from core.exceptions import Refused
from core.http import accepts
from registry.choices import Subject, TrustedName
from registry.models import Organisation
from registry.proposals.beside import others
from registry.proposals.desk import Desk
from registry.proposals.fields import field_label
from registry.proposals.parts import PAGES, ROWS, has_column, new_code, section_of
from registry.use_cases.proposals import drafting, sending
from registry.views.proposals.doors import asked_section, for_editor


@dataclass
class Place:
    """One place of the card: its title, the address of its form, what the draft does there."""

    title: str
    code: str
    url: str
    changed: list = field(default_factory=list)
    state: str = ""
    is_new: bool = False
    pictures: int | None = None
    pictures_url: str = ""
    pictures_changed: bool = False
    beside: list = field(default_factory=list)

    @property
    def key(self):
        return self.code.partition(":")[2]


@for_editor
def card_editing(request, organisation):
    draft = drafting.own_draft(organisation, request.user)
    desk, beside = Desk(organisation), others(organisation, request.user)
    typed, removed = (draft.typed, draft.removed) if draft else ({}, [])
    pages = [_page(one, organisation, typed, beside) for one in PAGES.values()]
    trusted = sending.trusted_names()
    waiting = list(draft.pictures.values_list("offer", flat=True)) if draft else []
    groups = [
        {"kind": kind, "places": _rows(kind, desk, typed, removed, waiting, beside)}
        for kind in ROWS.values()
        if kind.subject != Subject.PICTURE and not (kind.subject == Subject.UNIT and not _runs_units(organisation))
    ]
    context = {
        "organisation": organisation,
        "draft": draft,
        "pages": pages,
        "groups": groups,
        "others": beside,
        "units": _unit_cards(organisation),
        "trusted": ", ".join(one.label for one in TrustedName if one in trusted),
    }
    return render(request, "registry/proposals/editing.html", context)


@for_editor
def card_new_row(request, organisation, kind):
    """A name for a row that does not exist yet; nothing is written before something is typed."""
    if kind not in ROWS or not ROWS[kind].may_add:
        raise Http404
    code = new_code(kind)
    asked_section(organisation, code)
    return redirect("registry:card_row", organisation.slug, *code.split(":"))


@accepts("POST")
@for_editor
def card_row_removal(request, organisation, kind, key):
    return _pressed(request, organisation, f"{kind}:{key}", drafting.propose_removal, "Zapisano w szkicu.")


@accepts("POST")
@for_editor
def card_row_back(request, organisation, kind, key):
    return _pressed(
        request, organisation, f"{kind}:{key}", drafting.take_back, "Ta część zostaje taka, jak na karcie."
    )


def _pressed(request, organisation, code, verb, words):
    if request.method != "POST":
        raise Http404
    section = asked_section(organisation, code)
    if section.row is not None and section.row not in Desk(organisation).rows(section.kind.subject):
        raise Http404
    try:
        verb(organisation_id=organisation.pk, section=section, actor=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    back = request.POST.get("powrot", "")
    if section.kind.subject == Subject.PICTURE and section_of(back) and back.startswith("oferty:"):
        return redirect("registry:card_pictures", organisation.slug, back.partition(":")[2])
    return redirect("registry:card_editing", organisation.slug)


def _page(page, organisation, typed, beside):
    place = Place(page.label, page.code, reverse("registry:card_section", args=[organisation.slug, page.code]))
    names = typed.get(page.code, {})
    place.changed = [
        field_label(subject, name, organisation)
        for subject, name in page.fields
        if name in names and has_column(subject, name, organisation)
    ]
    place.beside = [one for one in beside if page.code in one.fields]
    return place


def _rows(kind, desk, typed, removed, waiting, beside):
    slug = desk.organisation.slug
    places = []
    rows = {} if kind.subject == Subject.UNIT else desk.rows(kind.subject)
    codes = [f"{kind.code}:{pk}" for pk in rows]
    for code in [*codes, *(one for one in typed if one.startswith(f"{kind.code}:n"))]:
        key = code.partition(":")[2]
        row = rows.get(int(key)) if key.isdigit() else None
        names = typed.get(code, {})
        title = str(row) if row else names.get("name") or names.get("client") or names.get("town") or kind.one
        place = Place(title, code, reverse("registry:card_row", args=[slug, kind.code, key]), is_new=row is None)
        if row is not None:
            place.changed = [
                field_label(kind.subject, name, desk.organisation) for name in kind.fields if name in names
            ]
        place.state = "usun" if code in removed else ""
        if kind.subject == Subject.OFFER:
            own = [f"zdjecia:{one.pk}" for one in row.pictures.all()] if row else []
            place.pictures = len(own) + waiting.count(code)
            place.pictures_changed = code in waiting or any(one in typed or one in removed for one in own)
            place.pictures_url = reverse("registry:card_pictures", args=[slug, key])
        place.beside = [one for one in beside if code in one.fields]
        places.append(place)
    return places


def _runs_units(organisation):
    return organisation.unit_id is None and organisation.institution_id is not None


def _unit_cards(organisation):
    """Cards of the units that this institution runs: edited like its own."""
    if not _runs_units(organisation):
        return []
    cards = Organisation.objects.living().with_party().filter(unit__operator=organisation.institution_id)
    return list(cards.order_by("unit__sort_key", "pk"))
