"""What an application says, in words: the one place for its summary, its document, the office and those who judge."""

from typing import NamedTuple

from django import forms

from core.templatetags.portal import date_words, money, nip
from quality_mark.applying import facts, steps
from quality_mark.applying.forms import PERIODS, Amount, stored_form
from quality_mark.choices import RECOMMENDED, SIGNED, DocumentKind


class Section(NamedTuple):
    """A step with its [(question, answer)]; an answer that was not given is an empty text."""

    label: str
    facts: list
    remark: str = ""


def written(application):
    """[Section] of every written step, in their order; none once it was forgotten what stood there."""
    sections = []
    if application.forgotten_at:
        return sections
    for step, label in steps.written_of(application.kind).items():
        form = stored_form(application, step)
        facts = _money(form) if step == steps.MONEY else _facts(form)
        sections.append(Section(label, facts, getattr(form, "remark", "")))
    return sections


def in_words(form, name):
    """One answer of a form that is bound to what was typed; what was typed wrongly stays as it was typed."""
    field, typed = form.fields[name], form.data.get(name, "")
    if isinstance(field, forms.BooleanField):
        return "tak" if typed and typed != "False" else "nie"
    if isinstance(field, forms.MultipleChoiceField):
        labels = dict(field.choices)
        return ", ".join(str(labels.get(value, value)) for value in form.data.getlist(name))
    if isinstance(field, Amount | forms.DateField):
        form.is_valid()
        value = form.cleaned_data.get(name)
        if value is not None:
            return money(value) if isinstance(field, Amount) else date_words(value)
    return str(typed)


def with_titles(application, papers):
    """[(what it is, paper)] in the words of the rules, of a signed copy, of a recommendation, of a letter."""
    titles = {one.code: one.title for one in application.rulebook.requiredpaper_set.all()}
    known = titles | {SIGNED: "Podpisany wniosek", RECOMMENDED: "Rekomendacja"}
    kinds = {kind.value: kind.label.capitalize() for kind in DocumentKind}
    return [(kinds.get(one.code) if one.is_of_office else known.get(one.code), one) for one in papers]


def applicant(application):
    """[(label, value)] of applicant and offer: as the register was at the submission, of a draft as it is now."""
    given = application.applicant or facts.of_applicant(application.offer)
    offer = application.offer_facts or facts.of_offer(application.offer)
    place = " ".join(filter(None, [given.get("postal_code"), given.get("town")]))
    return [
        ("Nazwa", given.get("name")),
        ("Organ prowadzący", given.get("operator")),
        ("Rodzaj", given.get("kind")),
        ("Forma prawna", given.get("legal_form")),
        ("NIP", nip(given.get("nip") or "")),
        ("REGON", given.get("regon")),
        ("KRS", given.get("krs")),
        ("Adres", ", ".join(filter(None, [given.get("street"), place]))),
        ("Oferta", offer.get("name")),
        ("Kategoria", offer.get("category")),
        ("Opis oferty", offer.get("description")),
        ("Wniosek", application.get_kind_display()),
    ]


def _facts(form):
    return [(field.label, in_words(form, name)) for name, field in form.fields.items()]


def _money(form):
    """A line for each period of which something was said; only the last one has to be there."""
    lines = []
    for number in range(1, PERIODS + 1):
        year, total, own = (in_words(form, f"{name}{number}") for name in ("year", "total", "own"))
        if year or total or own:
            sums = f"ogółem {total or 'nie podano'}, w tym własne {own or 'nie podano'}"
            lines.append((f"Przychody w {year or '…'} roku", sums))
    return lines or [("Przychody", "")]
