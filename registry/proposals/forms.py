"""The form of one section, over what the register says and what was typed instead of it."""

import copy

from django import forms
from django.core.exceptions import ValidationError

from core.typed import QueryLike
from registry.choices import Subject
from registry.proposals.fields import form_field
from registry.proposals.values import EMPTY, fields_of, live, plain, raw, write

# Says what is still missing, not that nothing was saved.
DRAFT = "components/_draft_form.html"


class SectionForm(forms.Form):
    """`typed` {field: text} of a draft; without it the form shows the register and complains of nothing.

    `live` holds the plain values of the register, `raws` the same as the page shows them, `subjects` whose they are.
    LookupError when the section speaks of a row that is not, or no longer, on the card.
    """

    template_name = DRAFT

    def __init__(self, section, desk, typed=None):
        super().__init__()
        self.section, self.desk, self.typed = section, desk, typed or {}
        self.targets = desk.targets(section)
        self.subjects, self.live, self.raws = {}, {}, {}
        for subject, name in fields_of(section, desk.organisation):
            value = live(self.targets[subject], subject, name)
            field = form_field(subject, name, desk, value)
            self.fields[name], self.subjects[name], self.live[name] = field, subject, value
            self.raws[name] = field.initial = raw(field, value)
        self.data = QueryLike(self.raws | {name: text for name, text in self.typed.items() if name in self.fields})
        self.is_bound = typed is not None

    def clean(self):
        cleaned = super().clean()
        has_consent = cleaned.get("contact_consent_on") or "contact_consent_on" in self.errors
        if cleaned.get("contact_person") and not has_consent:
            self.add_error("contact_consent_on", "Imię i nazwisko można podać tylko z datą zgody tej osoby.")
        if self.section.kind is None and not self.errors:
            self._ask_the_database(cleaned)
        return cleaned

    def _ask_the_database(self, cleaned):
        """What constraints say of the card and its party as they would stand: a NIP that somebody has already."""
        for subject, target in self.targets.items():
            names = [name for name, owner in self.subjects.items() if owner == subject and name in self.typed]
            if not names:
                continue
            candidate = copy.copy(target)
            write(candidate, subject, {name: plain(cleaned[name]) for name in names})
            try:
                candidate.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error.messages)

    def plain(self, name):
        """The plain value of a field that was typed rightly."""
        value = plain(self.cleaned_data[name])
        return sorted(value) if isinstance(value, list) and name != "social_media" else value

    @property
    def remark(self):
        """What the program proposes for an offer that nobody has classified."""
        if self.subjects.get("cpv") != Subject.OFFER or not self.data.get("name"):
            return ""
        if self.data.get("category") not in EMPTY and self.data.get("cpv") not in EMPTY:
            return ""
        found = self.desk.suggestion(self.data["name"][:300])
        if not found.category:
            return ""
        label = dict(self.desk.categories).get(found.category, "")
        code = self.desk.cpv.get(found.cpv)
        return f"Program z nazwy proponuje: {label}" + (f", CPV {code[0]} ({code[1]})." if code else ".")

    def in_words(self, name, text):
        """A raw value as people read it."""
        labels = _labels(self.fields[name])
        if isinstance(text, list):
            return ", ".join(labels.get(one, one) for one in text)
        return labels.get(text, text)

    @property
    def title(self):
        """Which row this is, by its name."""
        if self.section.kind is None:
            return self.section.label
        for name in ("name", "client", "alt", "town"):
            if name in self.data and self.data[name]:
                return f"{self.section.kind.one}: {self.data[name][:80]}"
        return self.section.kind.one


def _labels(field):
    found = {}
    for code, label in getattr(field, "choices", ()):
        found |= dict(label) if isinstance(label, (list, tuple)) else {str(code): label}
    return found
