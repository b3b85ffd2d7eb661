"""What a draft would change, field by field, against what the register says now."""

from dataclasses import dataclass, field

from registry.choices import Change, Subject
from registry.proposals.forms import SectionForm
from registry.proposals.parts import PAGES, ROWS, section_of
from registry.proposals.values import live

ORDER = [*PAGES, *ROWS]


@dataclass(frozen=True)
class Found:
    """One change. `was_shown` is what stood there while it was typed, when that is no longer so."""

    section: object
    subject: str
    action: str
    field: str = ""
    target: int | None = None
    old: object = None
    new: object = None
    picture: object = None
    was_shown: str | None = None


@dataclass(frozen=True)
class Gap:
    """What keeps a draft from being sent: the section to go to and a sentence."""

    section: object
    label: str
    text: str


@dataclass
class Draft:
    changes: list = field(default_factory=list)
    gaps: list = field(default_factory=list)


def of_draft(proposal, desk):
    """The Draft of a proposal that is not sent yet."""
    found = Draft()
    for code in sorted({*proposal.typed, *proposal.removed}, key=_reading_order):
        section = section_of(code)
        if section is None:
            continue
        try:
            if code in proposal.removed:
                found.changes.append(_removal(section, desk))
            else:
                _typed(section, proposal, desk, found)
        except LookupError:
            found.gaps.append(Gap(section, section.label, "Tego wiersza nie ma już na karcie. Usuń tę zmianę."))
    for picture in proposal.pictures.order_by("pk"):
        section = section_of(picture.offer)
        values = {"alt": picture.alt, "offer": picture.offer}
        found.changes.append(Found(section, Subject.PICTURE, Change.ADD, new=values, picture=picture))
    return found


def _typed(section, proposal, desk, found):
    form = SectionForm(section, desk, proposal.typed[section.code])
    if not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else form.title
            found.gaps.append(Gap(section, f"{form.title}: {label}", " ".join(errors)))
        return
    if section.is_new:
        values = {name: form.plain(name) for name in form.fields}
        found.changes.append(Found(section, section.kind.subject, Change.ADD, new=_classified(values, form)))
        return
    shown = proposal.shown.get(section.code, {})
    for name in form.fields:
        if name in form.typed and (new := form.plain(name)) != form.live[name]:
            before = shown.get(name)
            was_shown = None if before == form.raws[name] else form.in_words(name, before or "")
            found.changes.append(
                Found(
                    section, form.subjects[name], Change.FIELD, name, form.targets[form.subjects[name]].pk,
                    form.live[name], new, was_shown=was_shown,
                )
            )  # fmt: skip


def _classified(values, form):
    """A new offer without category and codes gets those that the program proposes."""
    if "cpv" in values and not values["category"] and not values["cpv"]:
        guess = form.desk.suggestion(values["name"])
        return values | {"category": guess.category or "", "cpv": [guess.cpv] if guess.cpv else []}
    return values


def _removal(section, desk):
    subject = section.kind.subject
    row = desk.targets(section)[subject]
    return Found(section, subject, Change.REMOVE, target=section.row, old=snapshot(row, subject))


def snapshot(row, subject):
    """{field: plain value} of a whole row, to be shown and compared."""
    kind = next(rows for rows in ROWS.values() if rows.subject == subject)
    return {name: live(row, subject, name) for name in kind.fields}


def _reading_order(code):
    first = code.partition(":")[0]
    return ORDER.index(first) if first in ORDER else len(ORDER), code
