"""What coordinators fill in: the board's filters, a word with its reason, the formal check, a call to complete."""

from django import forms

from quality_mark.choices import ApplicationState

RUNNING, ALL = "w-toku", "wszystkie"
MINE, NOBODY = "moje", "nikt"
SENT = ApplicationState.sent()
YES, NO = "tak", "nie"
ANSWERS = [(YES, "tak"), (NO, "nie"), ("", "jeszcze nie wiadomo")]
LONG = 4000


def words_field(label, *, required=True, rows=3, help_text="", missing="Napisz, dlaczego.", most=LONG):
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class BoardForm(forms.Form):
    """Unknown values find nothing and are told: they never mean "everything"."""

    q = forms.CharField(
        label="Numer, podmiot, NIP lub oferta",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    stan = forms.ChoiceField(
        label="Stan",
        required=False,
        choices=[("", "w toku"), *((state.value, state.label) for state in SENT), (ALL, "wszystkie")],
        error_messages={"invalid_choice": "Nie ma takiego stanu."},
    )
    kto = forms.ChoiceField(
        label="Kto prowadzi",
        required=False,
        choices=[("", "wszyscy"), (MINE, "ja"), (NOBODY, "nikt")],
        error_messages={"invalid_choice": "Wybierz z listy."},
    )
    po_terminie = forms.BooleanField(label="Tylko po terminie", required=False)


class ReasonForm(forms.Form):
    reason = words_field("Powód", help_text="Zostaje w dzienniku sprawy.", most=1000)


class MessageForm(forms.Form):
    text = words_field("Wiadomość", rows=5, missing="Napisz wiadomość.")


class ExplanationForm(forms.Form):
    """What goes with the answer to a call."""

    explanation = words_field(
        "Wyjaśnienie", required=False, rows=4, help_text="Na przykład, dlaczego czegoś nie można uzupełnić."
    )


def yes_or_no(label):
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Wybierz „tak” albo „nie”."},
    )


class CheckForm(forms.Form):
    """A yes or no and a note to each formal criterion, and to each fault that was to be mended."""

    def __init__(self, data=None, *, criteria, verdicts, faults):
        self.criteria, self.faults = list(criteria), list(faults)
        initial = {f"brak-{one.pk}": _typed(one.is_cured) for one in self.faults}
        for criterion in self.criteria:
            there = verdicts.get(criterion.pk)
            initial[f"kryterium-{criterion.pk}"] = _typed(there.is_met if there else None)
            initial[f"notatka-{criterion.pk}"] = there.note if there else ""
        super().__init__(data, initial=initial)
        for criterion in self.criteria:
            self.fields[f"kryterium-{criterion.pk}"] = yes_or_no("Spełnione?")
            self.fields[f"notatka-{criterion.pk}"] = words_field("Notatka", required=False, rows=2, most=2000)
        for fault in self.faults:
            self.fields[f"brak-{fault.pk}"] = yes_or_no("Brak usunięty?")

    def fields_of(self, criterion):
        return self[f"kryterium-{criterion.pk}"], self[f"notatka-{criterion.pk}"]

    def field_of_fault(self, fault):
        return self[f"brak-{fault.pk}"]

    @property
    def verdicts(self):
        """{criterion id: (yes, no or None, note)}"""
        cleaned = self.cleaned_data
        return {one.pk: (_kept(cleaned[f"kryterium-{one.pk}"]), cleaned[f"notatka-{one.pk}"]) for one in self.criteria}

    @property
    def cured(self):
        return {one.pk: _kept(self.cleaned_data[f"brak-{one.pk}"]) for one in self.faults}


def _typed(value):
    return {True: YES, False: NO}.get(value, "")


def _kept(typed):
    return {YES: True, NO: False}.get(typed)
