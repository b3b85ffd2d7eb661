"""What an applicant has typed, as a person reads it beside its question."""

from django import forms

from core.templatetags.portal import money, nip
from quality_mark.applying import steps
from quality_mark.applying.forms import Amount, stored_form


def answers(application):
    """[{"label" of the step, "facts": [(question, answer)], "remark"}] of every written step."""
    sections = []
    for step, label in steps.written_of(application.kind).items():
        form = stored_form(application, step)
        facts = [(field.label, in_words(form, name)) for name, field in form.fields.items()]
        if step == steps.MONEY:  # of three periods mostly one is filled in
            facts = [(label, answer) for label, answer in facts if answer]
        sections.append({"label": label, "facts": facts, "remark": getattr(form, "remark", "")})
    return sections


def in_words(form, name):
    """One answer of a form that is bound to what was typed; what was typed wrongly stays as it was typed."""
    field = form.fields[name]
    typed = form.data.get(name, "")
    if isinstance(field, forms.BooleanField):
        return "tak" if typed and typed != "False" else "nie"
    if isinstance(field, forms.MultipleChoiceField):
        labels = dict(field.choices)
        return ", ".join(str(labels.get(value, value)) for value in form.data.getlist(name))
    if isinstance(field, Amount):
        form.is_valid()
        amount = form.cleaned_data.get(name)
        return money(amount) if amount is not None else str(typed)
    return str(typed)


def applicant(application):
    """What the register said of the applicant when the application was submitted, as facts."""
    given = application.applicant
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
        ("Oferta", application.offer_facts.get("name") or application.offer.name),
        ("Kategoria", application.offer_facts.get("category")),
        ("Opis oferty", application.offer_facts.get("description")),
    ]
