"""Forms of saved searches: how often, where to, by which name."""

from django import forms

from notifications.choices import AlertFrequency

BY_MAIL = [AlertFrequency.DAILY, AlertFrequency.WEEKLY]


def frequency_field(*, has_feed_only):
    choices = AlertFrequency.choices if has_feed_only else [(one.value, one.label) for one in BY_MAIL]
    return forms.ChoiceField(
        label="Jak często pisać",
        choices=choices,
        initial=AlertFrequency.DAILY,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, jak często.", "invalid_choice": "Wybierz jedną z możliwości."},
    )


def title_field():
    return forms.CharField(
        label="Nazwa",
        max_length=200,
        help_text="Po niej poznasz to wyszukiwanie w listach.",
        error_messages={"required": "Podaj nazwę.", "max_length": "Nazwa może mieć najwyżej 200 znaków."},
    )


class VisitorForm(forms.Form):
    """Without an account. `website` is a trap: people do not see it, machines fill it in."""

    email = forms.EmailField(
        label="Twój e-mail",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Wyślemy na niego odsyłacz do potwierdzenia.",
        error_messages={
            "required": "Podaj adres e-mail.",
            "invalid": "Podaj adres e-mail, na przykład anna@example.pl.",
            "max_length": "Adres może mieć najwyżej 254 znaki.",
        },
    )
    frequency = frequency_field(has_feed_only=False)
    website = forms.CharField(required=False)

    @property
    def is_from_machine(self):
        return bool(self.data.get("website"))


class AccountForm(forms.Form):
    title = title_field()
    frequency = frequency_field(has_feed_only=True)


class FrequencyForm(forms.Form):
    """By the link in a letter."""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, initial={"frequency": row.frequency}, **kwargs)
        self.fields["frequency"] = frequency_field(has_feed_only=row.user_id is not None)
