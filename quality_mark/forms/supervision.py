"""What is typed about a mark after it was granted."""

from django import forms

from accounts.forms.entrance import OneLine
from core.antispam import GuardedForm
from quality_mark.choices import Ground, Outcome
from quality_mark.forms.papers import upload_field

OUTCOMES = [(Outcome.UPHELD.value, "uwzględniona"), (Outcome.DISMISSED.value, "oddalona")]


def text_field(label, missing, *, help_text="", most=4000, rows=5, required=True):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class MisuseForm(GuardedForm):
    purpose = "mark-misuse"

    number = OneLine(label="Numer na znaku", max_length=40, required=False, help_text="Jeśli jest, np. ZP/2026/001.")
    place = OneLine(
        label="Gdzie to jest",
        max_length=300,
        help_text="Adres strony, sklep, opakowanie, miejscowość.",
        error_messages={"required": "Napisz, gdzie to jest."},
    )
    message = text_field("Co się dzieje", "Napisz, co się dzieje.", most=2000)
    email = forms.EmailField(
        label="Twój e-mail",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Tylko wtedy, gdy chcesz odpowiedzi.",
        error_messages={"invalid": "Podaj adres e-mail, na przykład nazwa@domena.pl."},
    )


class DeclareForm(forms.Form):
    signed_name = OneLine(
        label="Imię, nazwisko i funkcja osoby, która podpisuje",
        max_length=120,
        error_messages={"required": "Podaj imię, nazwisko i funkcję."},
    )
    agreed = forms.BooleanField(
        label="Przeczytałem(-am) umowę licencyjną i zawieram ją w imieniu podmiotu.",
        error_messages={"required": "Bez tego oświadczenia umowa nie jest podpisana."},
    )


class SignedForm(forms.Form):
    files = upload_field("Podpisana umowa: skan, zdjęcie albo plik z podpisem elektronicznym")


class NoteForm(forms.Form):
    note = text_field("Uwaga do kroku", "", most=2000, rows=3, required=False)


class ReasonForm(forms.Form):
    reason = text_field("Powód", "Podaj powód: przeczyta go podmiot.", help_text="Przeczyta go podmiot.")


class DrawForm(forms.Form):
    count = forms.IntegerField(
        label="Ile znaków wylosować",
        min_value=1,
        max_value=100,
        error_messages={
            "required": "Podaj liczbę.", "invalid": "Podaj liczbę.",
            "min_value": "Podaj liczbę od 1 do 100.", "max_value": "Podaj liczbę od 1 do 100.",
        },
    )  # fmt: skip


class RevokeForm(ReasonForm):
    ground = forms.ChoiceField(
        label="Podstawa",
        choices=Ground.choices,
        widget=forms.RadioSelect,
        help_text="Na wniosek podmiotu albo gdy podmiot przestał istnieć, nie czeka się na wyjaśnienia ani na opinię "
        "Kapituły.",
        error_messages={"required": "Wybierz podstawę.", "invalid_choice": "Wybierz podstawę z listy."},
    )
    public_note = text_field(
        "Informacja w rejestrze",
        "Napisz jedno zdanie, które będzie w publicznym rejestrze.",
        help_text="Przeczyta ją każdy, kto sprawdzi ten numer.",
        most=500,
        rows=2,
    )


class ExplainForm(forms.Form):
    text = text_field("Wyjaśnienia", "Napisz wyjaśnienia.")


class ComplaintForm(forms.Form):
    text = text_field("Treść skargi", "Napisz, z czym się nie zgadzasz i dlaczego.")


class ComplaintDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Rozstrzygnięcie",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz rozstrzygnięcie.", "invalid_choice": "Wybierz rozstrzygnięcie z listy."},
    )
    answer = text_field("Uzasadnienie", "Podaj uzasadnienie.", help_text="Przeczyta je podmiot.")


class SettleForm(forms.Form):
    outcome = text_field("Co zrobiono", "Napisz, co zrobiono.", most=2000, rows=3)


class ReviewForm(forms.Form):
    is_good = forms.BooleanField(label="Bez zastrzeżeń", required=False)
    note = text_field("Ustalenia", "", most=2000, rows=3, required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("is_good") and not cleaned.get("note"):
            self.add_error("note", "Napisz, jakie są zastrzeżenia, albo zaznacz, że ich nie ma.")
        return cleaned


class SignFileForm(forms.Form):
    title = OneLine(
        label="Nazwa pliku", max_length=120, help_text="Na przykład: znak kolorowy, do druku.",
        error_messages={"required": "Podaj nazwę."},
    )  # fmt: skip
    file = forms.FileField(
        label="Plik znaku",
        help_text="SVG, PDF, EPS, PNG albo JPG, do 25 MB.",
        error_messages={"required": "Wybierz plik.", "empty": "Plik jest pusty.", "missing": "Wybierz plik."},
    )
