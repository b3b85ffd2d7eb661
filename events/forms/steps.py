"""The steps of an institution's form. A form that is not valid is saved all the same: `values` is what could be read,
`typed` what could not, as it was typed."""

from django import forms
from django.utils.html import format_html

from accounts.forms.entrance import OneLine
from core.answering import AnswersForm
from events.choices import Category
from events.enrolment import steps
from events.enrolment.faults import LABELS, OUTSIDE, WORDS
from events.forms.fields import CHOOSE, MunicipalityField, repaired
from registry.models import LegalForm


def _storable(text):
    """JSON of PostgreSQL holds no NUL."""
    return str(text).replace("\0", "")


class Draft:
    """A form that says it was saved and what is still missing, instead of that it was not."""

    template_name = "components/_draft_form.html"

    def with_remarks(self, remarks):
        """Put the coordinator's words beside the fields: {field: words}."""
        for name, field in self.fields.items():
            if words := remarks.get(self.add_prefix(name)):
                field.help_text = format_html(
                    '<strong class="remark">Do poprawy: {}</strong> {}', words, field.help_text
                )
        return self


class StepForm(Draft, forms.Form):
    step = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            if words := WORDS[self.step].get(name):
                field.required = True
                field.error_messages["required"] = words

    @property
    def values(self):
        """{column of Enrolment: value} of the fields that could be read."""
        cleaned = self.cleaned_data
        values = {}
        for column in steps.COLUMNS[self.step]:
            value = cleaned.get(column.removesuffix("_id"), "")
            values[column] = "" if value == OUTSIDE else value
        return values

    @property
    def typed(self):
        data = {name: self.data.get(name, "") for name in self.fields}
        wrong = {name: _storable(data[name])[:1000] for name in self.errors if name in data and data[name]}
        return wrong | ({"municipality": OUTSIDE} if data.get("municipality") == OUTSIDE else {})


class InstitutionForm(StepForm):
    step = steps.INSTITUTION
    name = OneLine(max_length=400, required=False, help_text="Tak, jak w rejestrze lub statucie.")
    category = forms.ChoiceField(choices=Category.choices, widget=forms.RadioSelect)
    legal_form = forms.ChoiceField(
        choices=lambda: [CHOOSE, *LegalForm.objects.order_by("position").values_list("code", "label")]
    )
    regon = repaired("regon", "")
    krs = repaired("krs", "", help_text="Jeśli instytucja jest w KRS.")
    other_register = OneLine(
        max_length=220,
        required=False,
        help_text="Jeśli instytucji nie ma w KRS, na przykład: rejestr kół gospodyń wiejskich, 12/2020.",
    )


class AddressForm(StepForm):
    step = steps.ADDRESS
    street = OneLine(max_length=120, required=False)
    house_number = OneLine(max_length=20, required=False)
    flat_number = OneLine(max_length=20, required=False)
    postal_code = repaired("postal_code", "")
    post_office = OneLine(max_length=80, required=False, help_text="Jeśli jest w innej miejscowości.")
    town = OneLine(max_length=80, required=False)
    municipality = MunicipalityField(required=False)
    correspondence_address = OneLine(max_length=300, required=False, help_text="Jeśli jest inny niż siedziba.")
    phone = repaired("phone", "")
    email = repaired("email", "", help_text="Na ten adres przychodzą listy w sprawie zgłoszenia.")
    www = repaired("www", "", max_length=300)


class ContactForm(StepForm):
    step = steps.CONTACT
    contact_name = OneLine(max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    contact_phone = repaired("phone", "")
    contact_email = repaired("email", "")


class QuestionsForm(Draft, AnswersForm):
    step = steps.QUESTIONS

    @property
    def typed(self):
        data = {code: self.data.get(self.add_prefix(code), "") for code in self.fields}
        typed = {code: data[code] for code in self.errors if isinstance(data.get(code), str) and data[code]}
        return {code: _storable(text)[:4000] for code, text in typed.items()}


FORMS = {form.step: form for form in (InstitutionForm, AddressForm, ContactForm)}
