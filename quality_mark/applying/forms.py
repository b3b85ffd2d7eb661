"""The written steps of an application, each a form over what was typed: bound to it, the form says what is missing."""

from datetime import date
from decimal import ROUND_DOWN, Decimal

from django import forms

from core.answering import AnswersForm
from core.templatetags.portal import money
from core.typed import QueryLike
from quality_mark.applying import steps
from quality_mark.models import SurveyQuestion
from registry.choices import TargetGroup

PERIODS = 3
EARLIER = {2: "Poprzedni okres", 3: "Okres przed poprzednim"}
# Says what is still missing, not that nothing was saved.
DRAFT = "components/_draft_form.html"


def long_text(label, missing, *, help_text="", rows=5, required=True):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class Amount(forms.DecimalField):
    """PLN as people write it: "1 234,50", "1234.50 zł"."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(min_value=0, max_digits=14, decimal_places=2, **kwargs)
        self.error_messages |= {
            "invalid": "Podaj kwotę, na przykład 12 500,00.",
            "min_value": "Kwota nie może być ujemna.",
            "max_decimal_places": "Grosze to najwyżej dwie cyfry po przecinku.",
        }

    def to_python(self, value):
        text = "".join(str(value or "").lower().removesuffix("zł").removesuffix("pln").split())
        if text.count(",") == 1 and "." not in text:
            text = text.replace(",", ".")
        return super().to_python(text)


class Step(forms.Form):
    """`rules` are those of the case. What is wrong is kept all the same, and the form says so."""

    template_name = DRAFT

    def __init__(self, data=None, *, rules, **kwargs):
        self.rules = rules
        super().__init__(data, **kwargs)


class ChangesForm(Step):
    """First of a renewal; the other steps hold what was said the last time."""

    changes = long_text(
        "Co się zmieniło od poprzedniego wniosku",
        "Napisz, co się zmieniło, albo że nic.",
        help_text="W ofercie, w podmiocie, w liczbie osób. Jeśli nic, napisz: bez zmian.",
    )


class OfferForm(Step):
    product = long_text(
        "Co podmiot sprzedaje i komu", "Opisz produkt lub usługę.", help_text="Tak, jak w rozmowie z klientem."
    )
    quality = long_text("Po czym poznać dobrą jakość", "Napisz, po czym poznać dobrą jakość.")
    distinction = long_text("Co wyróżnia tę ofertę", "", required=False)


class AimForm(Step):
    aim = long_text(
        "Jaki cel społeczny realizuje podmiot",
        "Opisz cel społeczny.",
        help_text="Działania, które naprawdę się dzieją, dla kogo i z jakim skutkiem.",
    )
    groups = forms.MultipleChoiceField(
        label="Dla kogo jest ta praca",
        choices=TargetGroup.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Zaznacz tylko grupy, których to dotyczy.",
        error_messages={"invalid_choice": "Wybierz grupy z listy."},
    )
    results = long_text("Co się udało w ostatnim roku", "Napisz, co się udało w ostatnim roku.")


class MoneyForm(Step):
    """Own and all income by accounting period, the last one first; the share of the last one is computed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, PERIODS + 1):
            is_last = number == 1
            # Whole labels: each field is also named alone, in a call to complete and to those who hear the page.
            words = "Ostatni zamknięty okres" if is_last else EARLIER[number]
            self.fields[f"year{number}"] = forms.IntegerField(
                label=f"{words}: rok",
                required=is_last,
                min_value=1990,
                max_value=2100,
                error_messages={
                    "required": "Podaj rok obrachunkowy.",
                    "invalid": "Podaj rok, na przykład 2025.",
                    "min_value": "Podaj rok, na przykład 2025.",
                    "max_value": "Podaj rok, na przykład 2025.",
                },
            )
            self.fields[f"total{number}"] = Amount(
                label=f"{words}: przychody ogółem (zł)",
                required=is_last,
                error_messages={"required": "Podaj przychody ogółem."},
            )
            self.fields[f"own{number}"] = Amount(
                label=f"{words}: w tym przychody własne (zł)",
                required=is_last,
                help_text="Ze sprzedaży i innej działalności podmiotu, bez dotacji i darowizn." if is_last else "",
                error_messages={"required": "Podaj przychody własne."},
            )

    def clean(self):
        cleaned = super().clean()
        for number in range(1, PERIODS + 1):
            total, own, year = (cleaned.get(f"{name}{number}") for name in ("total", "own", "year"))
            if total is not None and own is not None and own > total:
                self.add_error(f"own{number}", "Przychody własne nie mogą być większe niż ogółem.")
            if year and year > date.today().year:  # noqa: DTZ011 - a year ahead is wrong in any time zone
                self.add_error(f"year{number}", "Ten okres jeszcze się nie skończył.")
            if number > 1 and any(v is not None for v in (total, own, year)) and None in (total, own, year):
                self.add_error(
                    f"year{number}", "Podaj rok, przychody ogółem i własne albo zostaw wszystkie trzy puste."
                )
        return cleaned

    @property
    def share(self):
        """Own income of the last period in percent, or None."""
        cleaned = getattr(self, "cleaned_data", {})
        total, own = cleaned.get("total1"), cleaned.get("own1")
        if not total or own is None:
            return None
        # Rounded up, what is just below the least share would be told and counted as reaching it.
        return (own * 100 / total).quantize(Decimal("0.01"), ROUND_DOWN)

    @property
    def remark(self):
        """What the share means for the rules, in words."""
        if self.share is None:
            return ""
        share, least = f"{self.share:f}".replace(".", ","), f"{Decimal(self.rules.least_own_income).normalize():f}"
        total, own = money(self.cleaned_data["total1"]), money(self.cleaned_data["own1"])
        words = f"Przychody własne to {share} % ({own} z {total}); zasady wymagają co najmniej {least} %."
        return words if self.share >= self.rules.least_own_income else f"{words} Wniosek nie spełnia tego kryterium."


class DeclarationsForm(Step):
    true = forms.BooleanField(
        label="Informacje we wniosku są prawdziwe.",
        error_messages={"required": "Bez tego oświadczenia nie można złożyć wniosku."},
    )
    rules_known = forms.BooleanField(
        label="Znam zasady przyznawania i używania znaku.",
        error_messages={"required": "Bez tego oświadczenia nie można złożyć wniosku."},
    )
    may_sign = forms.BooleanField(
        label="Mam prawo złożyć ten wniosek w imieniu podmiotu.",
        error_messages={"required": "Bez tego oświadczenia nie można złożyć wniosku."},
    )


class SurveyForm(AnswersForm):
    template_name = DRAFT

    def __init__(self, data=None, *, rules, **kwargs):
        self.rules = rules
        questions = SurveyQuestion.objects.filter(rulebook=rules).exclude(answer="file")
        super().__init__(questions, data, prefix=None, **kwargs)


FORMS = {
    steps.CHANGES: ChangesForm,
    steps.OFFER: OfferForm,
    steps.AIM: AimForm,
    steps.MONEY: MoneyForm,
    steps.SURVEY: SurveyForm,
    steps.DECLARATIONS: DeclarationsForm,
}


def stored_form(application, step):
    """The form bound to what is stored, so that it tells what is missing."""
    return FORMS[step](QueryLike(application.answers.get(step, {})), rules=application.rulebook)
