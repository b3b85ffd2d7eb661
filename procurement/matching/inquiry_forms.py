"""Forms of inquiries: on the side of who asks, and of who answers."""

from datetime import datetime, time
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from core.signed_files import HINT
from procurement.choices import InquiryKind, Opening
from procurement.forms.fields import MoneyField
from procurement.matching.forms import PlainForm
from procurement.use_cases.matching.replies import NOTHING_SAID

MOST_LINKS = 10
FIRST_YEAR, LAST_YEAR = 2000, 2100


class DeadlineFields(forms.Form):
    """A day and an hour by the Polish clock, cleaned together into `deadline_at`."""

    day = forms.DateField(
        label="Odpowiedzi do dnia",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Podaj dzień.", "invalid": "Podaj datę, na przykład 3.11.2026."},
    )
    hour = forms.TimeField(
        label="Do godziny",
        initial=time(12),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Podaj godzinę.", "invalid": "Podaj godzinę, na przykład 12:00."},
    )
    # Use cases speak of the deadline; on the form its faults stand at the day.
    aliases = {"deadline_at": "day"}

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError("Podaj rok od 2000 do 2100.")
        return day

    def clean(self):
        cleaned = super().clean()
        if "day" in cleaned and "hour" in cleaned:
            moment = datetime.combine(cleaned["day"], cleaned["hour"], timezone.get_current_timezone())
            cleaned["deadline_at"] = moment
        return cleaned

    def refuse(self, refusal):
        field = self.aliases.get(refusal.field, refusal.field)
        self.add_error(field if field in self.fields else None, str(refusal))


class InquiryForm(DeadlineFields):
    kind = forms.ChoiceField(label="O co pytasz", choices=InquiryKind.choices, widget=forms.RadioSelect)
    subject = forms.CharField(label="Przedmiot", max_length=200, error_messages={"required": "Podaj przedmiot."})
    message = forms.CharField(
        label="Treść",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Opisz zamówienie, warunki, miejsce i czas, sposób oceny. Wszyscy dostaną to samo.",
        error_messages={"required": "Napisz, o co pytasz."},
    )
    links = forms.CharField(
        label="Adresy dokumentów",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Po jednym w wierszu, na przykład do opisu przedmiotu zamówienia na stronie urzędu.",
    )
    opening = forms.ChoiceField(
        label="Kiedy zobaczysz odpowiedzi",
        choices=Opening.choices,
        widget=forms.RadioSelect,
        initial=Opening.AFTER,
        help_text="Zapytani dowiedzą się, co wybrano. Po wysłaniu nie można tego zmienić.",
    )
    field_order = ["kind", "subject", "message", "links", "day", "hour", "opening"]

    def clean_links(self):
        addresses = [line.strip() for line in self.cleaned_data["links"].splitlines() if line.strip()]
        if len(addresses) > MOST_LINKS:
            raise ValidationError(f"Podaj najwyżej {MOST_LINKS} adresów.")
        check = URLValidator(schemes=["http", "https"])
        for address in addresses:
            try:
                check(address)
            except ValidationError as error:
                raise ValidationError(f"To nie jest adres strony: {address[:80]}") from error
            if len(address) > 500:
                raise ValidationError("Adres może mieć najwyżej 500 znaków.")
        return addresses


class WithdrawalForm(PlainForm):
    reason = forms.CharField(
        label="Dlaczego wycofujesz zapytanie",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Powód dostaną wszyscy, których zapytano.",
        error_messages={"required": "Napisz, dlaczego wycofujesz zapytanie."},
    )


class AnswerForm(PlainForm):
    text = forms.CharField(
        label="Odpowiedź",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Pytanie i odpowiedź dostaną wszyscy zapytani, bez słowa o tym, kto pytał.",
        error_messages={"required": "Napisz odpowiedź."},
    )


# As many digits as its column has.
MOST_PRICE = Decimal(10) ** 12


class ReplyForm(PlainForm):
    text = forms.CharField(
        label="Odpowiedź", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    price = MoneyField(label="Cena netto (zł)", required=False, most=MOST_PRICE)
    file = forms.FileField(label="Plik", required=False, help_text=HINT, error_messages={"empty": "Plik jest pusty."})
    sender_name = forms.CharField(
        label="Imię i nazwisko",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Podaj imię i nazwisko."},
    )
    sender_email = forms.EmailField(
        label="E-mail do kontaktu",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Na ten adres przyjdzie potwierdzenie.",
        error_messages={
            "required": "Podaj adres e-mail.",
            "invalid": "Podaj adres e-mail, na przykład biuro@przyklad.pl.",
        },
    )

    def clean(self):
        """Told together with every other fault, not once those are mended."""
        cleaned = super().clean()
        says_something = cleaned.get("text", "").strip() or self.files.get("file")
        if not says_something and "text" not in self.errors:
            self.add_error("text", NOTHING_SAID)
        return cleaned


class QuestionForm(PlainForm):
    question = forms.CharField(
        label="Pytanie do zamawiającego",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Odpowiedź dostaną wszyscy zapytani. Nie podpisuj się w treści pytania.",
        error_messages={"required": "Napisz pytanie."},
    )
