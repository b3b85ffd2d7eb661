from django import forms


class ErrorReportForm(forms.Form):
    """What is wrong in a card. `website` is a trap: people do not see it, machines fill it in."""

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
        help_text="Tylko wtedy, gdy chcesz odpowiedzi. Usuwamy go razem ze zgłoszeniem.",
    )
    website = forms.CharField(required=False)

    @property
    def is_from_machine(self):
        return bool(self.data.get("website"))
