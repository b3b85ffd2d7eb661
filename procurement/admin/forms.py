"""Lists of codes as boxes to tick, and free words one a line."""

from django import forms
from unfold import widgets

from procurement.choices import Band, Nature
from procurement.models import ClauseGroup, ClauseKind, Mode
from procurement.models.clauses import DATA, Clause
from registry.admin.fields import LinesField

_SEVERAL = widgets.UnfoldAdminCheckboxSelectMultipleWidget


def several(label, choices=(), help_text="", *, required=False):
    return forms.MultipleChoiceField(
        label=label, required=required, choices=choices, widget=_SEVERAL, help_text=help_text
    )


class ModeForm(forms.ModelForm):
    bands = several("Kiedy", Band.choices, required=True)
    synonyms = LinesField(
        label="Inne nazwy", required=False, help_text="Jedna w wierszu; tak bywa nazywany w planach."
    )


class ClauseKindForm(forms.ModelForm):
    needs = several("Wymagane dane", [(name, Clause._meta.get_field(name).verbose_name) for name in DATA])
    groups = several("Grupy osób")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            rows = ClauseGroup.objects.order_by("position", "code", "valid_from")
            self.fields["groups"].choices = list({row.code: (row.code, row.label) for row in rows}.values())


class OfferPeriodForm(forms.ModelForm):
    mode = forms.ChoiceField(label="Tryb", widget=widgets.UnfoldAdminSelectWidget)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "mode" in self.fields:
            rows = Mode.objects.order_by("position", "code", "valid_from")
            self.fields["mode"].choices = list({row.code: (row.code, row.label) for row in rows}.values())


class ClauseGroupForm(forms.ModelForm):
    articles = LinesField(label="Artykuły", required=False, help_text="Sam numer, jeden w wierszu, na przykład 94.")


class GuideForm(forms.ModelForm):
    clause = forms.ChoiceField(label="Klauzula", required=False, widget=widgets.UnfoldAdminSelectWidget)
    bands = several("Dla jakiej wartości", Band.choices, "Tylko dla klauzuli. Nic nie zaznaczono: dla każdej.")
    natures = several("Dla jakich zamówień", Nature.choices, "Tylko dla klauzuli. Nic nie zaznaczono: dla każdych.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "clause" in self.fields:
            kinds = ClauseKind.objects.order_by("position", "code", "valid_from")
            names = {kind.code: (kind.code, str(kind)) for kind in kinds}
            self.fields["clause"].choices = [("", "żadna: tekst o części doradcy"), *names.values()]
