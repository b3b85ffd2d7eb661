"""What coordinators fill in at the desk of an event."""

from uuid import uuid4

from django import forms

from events.choices import Channel, MessageReach, RegistrationState
from events.coordination.pasted import MOST_CHARACTERS, MOST_LINES, parse
from events.use_cases.calendar.copying import EVERY, MOST
from events.use_cases.signups.by_hand import BY_HAND
from registry.spreadsheets.repairs import contacts

CHANNELS = [(channel.value, Channel(channel).label) for channel in BY_HAND]


class NewcomerForm(forms.Form):
    """Three fields. `enrolments`: [(id, name)] of the edition's institutions; without them one types the name."""

    name = forms.CharField(
        label="Imię i nazwisko", max_length=140, error_messages={"required": "Podaj imię i nazwisko."}
    )
    contact = forms.CharField(label="Telefon albo e-mail", max_length=254, required=False)
    institution = forms.CharField(label="Instytucja", max_length=400, required=False)

    def __init__(self, *args, enrolments=None, **kwargs):
        super().__init__(*args, **kwargs)
        if enrolments is not None:
            self.fields["institution"] = forms.ChoiceField(
                label="Instytucja w projekcie",
                choices=[("", "wybierz"), *enrolments],
                error_messages={"required": "Wybierz instytucję, która kieruje tę osobę."},
            )

    def clean_name(self):
        words = self.cleaned_data["name"].split()
        if len(words) < 2:
            raise forms.ValidationError("Podaj imię i nazwisko.")
        first, last = " ".join(words[:-1]), words[-1]
        if len(first) > 60 or len(last) > 80:
            raise forms.ValidationError("Imię albo nazwisko jest za długie.")
        return first, last

    def clean_contact(self):
        text = self.cleaned_data["contact"]
        cleaned = contacts.email(text) if "@" in text else contacts.phone(text)
        if text and not cleaned.value:
            raise forms.ValidationError("To nie jest numer telefonu ani adres e-mail.")
        return {"email" if "@" in text else "phone": cleaned.value or ""}


class ListForm(forms.Form):
    people = forms.CharField(
        label="Lista osób",
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Jedna osoba w wierszu: imię i nazwisko; instytucja; e-mail; telefon. Można wkleić z arkusza.",
        strip=False,
        error_messages={"required": "Wklej listę."},
    )

    def clean_people(self):
        text = self.cleaned_data["people"].replace("\x00", " ")
        if not text.strip():
            raise forms.ValidationError("Wklej listę.")
        lines = parse(text)
        if len(lines) > MOST_LINES or len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(f"Najwyżej {MOST_LINES} wierszy naraz. Podziel listę na części.")
        if not lines:
            raise forms.ValidationError("Nie ma tu ani jednej osoby.")
        self.lines = lines
        return text


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Dlaczego", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Napisz dlaczego."},
    )  # fmt: skip


class WordsForm(forms.Form):
    words = forms.CharField(
        label="Co jeszcze powiedzieć uczestnikom",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nowy termin dopisze się do listu sam.",
    )


class CopyForm(forms.Form):
    starts_on = forms.DateField(
        label="Pierwszy dzień kopii", required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Godziny zostają te same, także po zmianie czasu.",
    )  # fmt: skip
    every = forms.ChoiceField(
        label="Powtarzanie", choices=[("", "jedna kopia"), *EVERY], required=False,
        help_text="Pierwsze powtórzenie liczy się od terminu tego wydarzenia.",
    )  # fmt: skip
    times = forms.IntegerField(label="Ile razy", min_value=1, max_value=MOST, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("every"):
            if not cleaned.get("times") and "times" not in self.errors:
                self.add_error("times", f"Podaj, ile razy powtórzyć: od 1 do {MOST}.")
        elif not cleaned.get("starts_on") and "starts_on" not in self.errors:
            self.add_error("starts_on", "Podaj pierwszy dzień kopii.")
        return cleaned


class MessageForm(forms.Form):
    states = forms.MultipleChoiceField(
        label="Do kogo",
        choices=RegistrationState.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zaznacz, do kogo ma pójść wiadomość."},
    )
    reach = forms.ChoiceField(label="Udział", choices=MessageReach.choices, widget=forms.RadioSelect)
    subject = forms.CharField(label="Temat", max_length=150, error_messages={"required": "Podaj temat."})
    body = forms.CharField(
        label="Treść",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Powitanie, tytuł wydarzenia i odsyłacz do zapisu dopiszą się same.",
        error_messages={"required": "Napisz treść."},
    )
    # Of one writing: sending the form twice sends one letter.
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, counts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4().hex)
        self.fields["states"].choices = [
            (state, f"{RegistrationState(state).label} ({count})") for state, count in (counts or {}).items()
        ]
