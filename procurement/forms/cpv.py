"""CPV codes chosen by typing words or digits, and the parts of an order."""

import re

from django import forms

from accounts.forms.entrance import OneLine
from procurement.forms import fields
from procurement.notices.cpv_search import found
from registry.models import CpvCode

MOST_CODES, MOST_PARTS = 30, 100


class CpvChoice:
    """What a page of codes sent, or what is saved: chosen ones, the main one first, and what is looked for."""

    def __init__(self, data=None, *, saved=()):
        chosen = list(saved) if data is None else data.getlist("cpv")
        main = "" if data is None else data.get("main", "")
        wanted = [code for code in dict.fromkeys(chosen) if re.fullmatch(r"[0-9]{8}", code)][:MOST_CODES]
        known = CpvCode.objects.in_bulk(wanted)
        self.codes = sorted((known[code] for code in wanted if code in known), key=lambda code: code.code8 != main)
        self.query = "" if data is None else data.get("q", "").replace("\0", "")[:200]
        self.found = [code for code in found(self.query) if code not in self.codes]

    @property
    def code8s(self):
        return [code.code8 for code in self.codes]


class PartForm(forms.Form):
    number = fields.count_field("Numer", most=MOST_PARTS)
    subject = OneLine(label="Czego dotyczy część", max_length=500, required=False)
    value = fields.MoneyField(label="Wartość netto (zł)", required=False)

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        if cleaned.get("value") is not None and not cleaned.get("subject"):
            self.add_error("subject", "Napisz, czego dotyczy część.")
        if cleaned.get("subject") and not cleaned.get("number"):
            self.add_error("number", "Podaj numer części.")
        return cleaned


class _Parts(forms.BaseFormSet):
    def clean(self):
        numbers = [number for number, _, _ in self.parts()] if not any(self.errors) else []
        if len(set(numbers)) < len(numbers):
            raise forms.ValidationError("Dwie części mają ten sam numer.")

    def parts(self):
        """[(number, subject, value)] of the rows that were filled in; whoever empties one takes the part away."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("subject")]
        return [(row["number"], row["subject"], row["value"]) for row in rows]


PartsFormSet = forms.formset_factory(PartForm, formset=_Parts, extra=0, max_num=MOST_PARTS, absolute_max=MOST_PARTS)


def parts_form(data=None, *, saved=(), more=3):
    """Bound to `data`, or the saved parts and `more` empty rows with the next numbers."""
    rows = [{"number": part.number, "subject": part.subject, "value": part.value} for part in saved]
    last = max((row["number"] for row in rows), default=0)
    rows += [{"number": last + n} for n in range(1, more + 1)]
    return PartsFormSet(data, initial=rows[:MOST_PARTS], prefix="czesci")
