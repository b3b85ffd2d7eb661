"""What a value of a filter must be: known to a dictionary, one of a few words, not too long."""

from types import MappingProxyType

from django import forms
from django.core.exceptions import ValidationError

from registry.codes import cpv_writing
from registry.search import Search

MOST_VALUES = 200
UNKNOWN_CPV = "Nie ma kodu CPV „{}”."
_SHOWN = 40


class CodesField(forms.Field):
    """Repeated values, each of them known. `choices` maps the codes that are known to their names."""

    widget = forms.SelectMultiple

    def __init__(self, *, unknown, normalise=None, **options):
        super().__init__(**options)
        self.unknown, self.normalise = unknown, normalise or str
        self.choices = {}

    def clean(self, value):
        values = self.codes(value or ())
        for code in values:
            if code not in self.choices:
                raise ValidationError(self.unknown.format(shown(code)), code="unknown")
        return values

    def codes(self, values):
        """Without blanks and repetitions, in the writing that the database knows."""
        values = [value.strip() for value in values]
        if len(values) > MOST_VALUES:
            raise ValidationError(f"Wybierz najwyżej {MOST_VALUES} wartości.", code="too_many")
        return list(dict.fromkeys(self.normalise(value) for value in values if value))


class CpvField(CodesField):
    """Codes of CPV; their last digit says whether the others were copied right."""

    def clean(self, value):
        codes = super().clean(value)
        for text in value or ():
            if writing := cpv_writing(text):
                check_control(writing, text, self.choices)
        return codes


class FlagField(forms.Field):
    widget = forms.SelectMultiple

    def clean(self, value):
        values = {item.strip() for item in value or ()} - {""}
        if values - {"1"}:
            raise ValidationError("Ten filtr przyjmuje tylko wartość 1.", code="unknown")
        return bool(values)


class SearchField(forms.CharField):
    """A Search. `cpv` maps those codes to their names that the text may mean."""

    cpv = MappingProxyType({})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        writing = cpv_writing(text)
        if writing and writing.code8 in self.cpv and (writing.certain or not writing.control):
            check_control(writing, text, self.cpv)
            return Search(text, cpv=int(writing.code8))
        if writing and writing.certain:
            raise ValidationError(UNKNOWN_CPV.format(writing.code8), code="unknown")
        return Search(text)


class PageField(forms.IntegerField):
    widget = forms.TextInput


def check_control(writing, text, known):
    """A wrong control digit is a slip of the pen somewhere in the code: the right one is told, but not assumed."""
    right = known[writing.code8]
    code, _, _ = right.partition(" ")
    if writing.control and code[-1] != writing.control:
        raise ValidationError(
            f"Kod CPV {code[:-2]} ma cyfrę kontrolną {code[-1]}, nie {writing.control}. Poprawny zapis: {code}.",
            code="control",
            params={"wrong": text, "right": right},
        )


def shown(text):
    """A value as it may be repeated in a message."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
