from django import forms

from core.antispam import GuardedForm
from registry.choices import ReportSubject


class ErrorReportForm(GuardedForm):
    """What is wrong in a card, and for whom the answer is."""

    purpose = "error-report"

    subject = forms.ChoiceField(
        label="Czego dotyczy błąd",
        required=False,
        choices=[("", "Nie wiem, opiszę niżej"), *ReportSubject.choices],
    )
    message = forms.CharField(
        label="Co się nie zgadza?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Na przykład: telefon jest nieaktualny, spółdzielnia przeniosła się do Legnicy.",
        error_messages={"required": "Napisz, co się nie zgadza."},
    )
    email = forms.EmailField(
        label="Twój e-mail",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Tylko wtedy, gdy chcesz odpowiedzi. Usuwamy go wkrótce po załatwieniu zgłoszenia.",
        error_messages={"invalid": "Podaj adres e-mail, na przykład nazwa@domena.pl."},
    )
