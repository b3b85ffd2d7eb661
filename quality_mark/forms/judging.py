"""Forms of those who judge."""

from django import forms

from accounts.forms.entrance import OneLine
from quality_mark.voting import Choice


def words(label, missing, *, rows=4, help_text="", required=True, longest=4000):
    return forms.CharField(
        label=label,
        required=required,
        max_length=longest,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing, "max_length": f"Najwyżej {longest} znaków."},
    )


class DayField(forms.DateField):
    """A day of our time: others are typed by mistake, and clocks do not reach the ends of the calendar."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)
        self.error_messages |= {"required": "Podaj dzień.", "invalid": "Podaj dzień, na przykład 2026-12-10."}

    def validate(self, value):
        super().validate(value)
        if value and not 2000 <= value.year <= 2100:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


# Of every reason that an applicant reads.
FOR_APPLICANT = "Przeczyta to wnioskodawca. Bez nazwisk oceniających i bez pojedynczych głosów."


class ConflictForm(forms.Form):
    conflict = forms.ChoiceField(
        label="Konflikt interesów",
        choices=[
            ("nie", "Nie mam konfliktu interesów w tej sprawie."),
            ("tak", "Mam konflikt interesów i rezygnuję z oceny tego wniosku."),
        ],
        widget=forms.RadioSelect,
        help_text="Na przykład: praca lub członkostwo w tym podmiocie, pokrewieństwo, wspólny adres, rekomendacja.",
        error_messages={"required": "Zaznacz jedno z dwóch.", "invalid_choice": "Zaznacz jedno z dwóch."},
    )
    reason = words("Na czym polega konflikt", "", rows=2, required=False, longest=500)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("conflict") == "tak" and not cleaned.get("reason"):
            self.add_error("reason", "Napisz, na czym polega konflikt.")
        return cleaned


class ScoresForm(forms.Form):
    """A value and a reason for each criterion. A draft may be empty: what is missing is told when it is sent."""

    def __init__(self, data=None, *, criteria, assessment=None, **kwargs):
        self.criteria = criteria
        super().__init__(data, **kwargs)
        stored = {one.criterion_id: one for one in assessment.scores.all()} if assessment else {}
        for one in criteria:
            score = stored.get(one.pk)
            wrong = f"Ocena to liczba od 0 do {one.scale}."
            self.fields[f"value_{one.code}"] = forms.TypedChoiceField(
                label=f"{one.title}: ocena",
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "bez oceny"), *((value, str(value)) for value in range(one.scale + 1))],
                initial=score.value if score else None,
                help_text=f"{one.help_text} Skala od 0 do {one.scale}, waga {one.weight}.".strip(),
                error_messages={"invalid_choice": wrong, "invalid": wrong},
            )
            self.fields[f"reason_{one.code}"] = words(
                f"{one.title}: uzasadnienie", "", rows=3, required=False, longest=4000
            )
            self.fields[f"reason_{one.code}"].initial = score.reason if score else ""
            for name in (f"value_{one.code}", f"reason_{one.code}"):
                # A draft may lack it, what is sent may not: it is not called optional.
                self.fields[name].is_needed = True
        self.fields["comment"] = words("Podsumowanie", "", required=False)
        self.fields["comment"].initial = assessment.comment if assessment else ""

    def scores(self):
        return {
            one.pk: (self.cleaned_data[f"value_{one.code}"], self.cleaned_data[f"reason_{one.code}"])
            for one in self.criteria
        }

    def require_all(self):
        """As for sending: each criterion has a value and a reason."""
        for one in self.criteria:
            if self.cleaned_data.get(f"value_{one.code}") is None and f"value_{one.code}" not in self.errors:
                self.add_error(f"value_{one.code}", "Wybierz ocenę.")
            if not self.cleaned_data.get(f"reason_{one.code}") and f"reason_{one.code}" not in self.errors:
                self.add_error(f"reason_{one.code}", "Uzasadnij ocenę.")
        return not self.errors


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Photos(forms.FileField):
    """Several files, or none."""

    widget = ManyFiles(attrs={"accept": "image/*"})

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(Photos, self).clean(one, initial) for one in files]


class VisitForm(forms.Form):
    visited_on = DayField(label="Dzień wizyty")
    note = words("Co widziano", "Napisz, co widziano.", rows=8)
    photos = Photos(
        label="Zdjęcia",
        required=False,
        help_text="JPG, PNG albo WebP. Miejsce i dane aparatu są z nich usuwane. Wnioskodawca ich nie widzi.",
        error_messages={"empty": "Jedno ze zdjęć jest puste."},
    )


class CommentForm(forms.Form):
    text = words("Uwaga dla oceniających i biura", "Napisz uwagę.", rows=3, longest=2000)


class AssignForm(forms.Form):
    """Who assesses. `candidates` are all who have the role; those with a conflict cannot be chosen."""

    due_on = DayField(label="Ocena do dnia")
    assessors = forms.TypedMultipleChoiceField(
        label="Oceniający",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Wybierz oceniających.", "invalid_choice": "Wybierz osoby z listy."},
    )

    def __init__(self, *args, candidates, count, **kwargs):
        super().__init__(*args, **kwargs)
        free = [one for one in candidates if not one.conflict]
        self.fields["assessors"].choices = [
            (one.person.pk, f"{one.person.get_full_name()}, ocen w toku: {one.load}") for one in free
        ]
        self.fields["assessors"].initial = [one.person.pk for one in free[:count]]
        self.fields["assessors"].help_text = f"Zasady wymagają tylu osób: {count}. Zaznaczono najmniej obciążone."


class ReasonForm(forms.Form):
    reason = words("Co trzeba wyjaśnić", "Napisz, co trzeba wyjaśnić.", rows=3, help_text=FOR_APPLICANT)


class ReopenForm(forms.Form):
    powod = words("Dlaczego cofasz wysłanie", "Podaj powód.", rows=2, longest=500, help_text="Zostanie w dzienniku.")


class TermForm(forms.Form):
    name = OneLine(label="Nazwa kadencji", max_length=120, error_messages={"required": "Podaj nazwę."})
    starts_on = DayField(label="Od dnia")
    ends_on = DayField(label="Do dnia (włącznie)", required=False)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Kadencja nie może się skończyć przed swoim początkiem.")
        return cleaned


class MemberForm(forms.Form):
    person = forms.TypedChoiceField(
        label="Osoba", coerce=int, error_messages={"required": "Wybierz osobę.", "invalid_choice": "Wybierz z listy."}
    )
    as_what = forms.ChoiceField(
        label="Jako",
        choices=[("czlonek", "członek"), ("przewodniczacy", "przewodniczący"), ("zastepca", "zastępca")],
        error_messages={"required": "Wybierz.", "invalid_choice": "Wybierz z listy."},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "wybierz"), *((one.pk, one.get_full_name()) for one in people)]


class SittingForm(forms.Form):
    day = DayField(label="Dzień")
    time = forms.TimeField(
        label="Godzina",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Podaj godzinę.", "invalid": "Podaj godzinę, na przykład 10:00."},
    )
    place = OneLine(label="Miejsce", max_length=200, required=False)
    link = forms.URLField(
        label="Odsyłacz do spotkania",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Podaj adres, który zaczyna się od https://."},
    )
    is_remote = forms.BooleanField(label="Głosowanie zdalne, w portalu, przez czas z zasad", required=False)


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label="Twój głos",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz, jak głosujesz.", "invalid_choice": "Wybierz jedną z trzech odpowiedzi."},
    )


class RecusalForm(forms.Form):
    reason = words("Dlaczego się wyłączasz", "Podaj powód.", rows=2, longest=500)


class DecisionForm(forms.Form):
    step = forms.ChoiceField(
        label="Rozstrzygnięcie",
        choices=[
            ("grant", "Przyznać znak"),
            ("refuse", "Odmówić"),
            ("more", "Wrócić po dalsze wyjaśnienia"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz rozstrzygnięcie.", "invalid_choice": "Wybierz z listy."},
    )
    reason = words(
        "Uzasadnienie",
        "Podaj uzasadnienie.",
        rows=5,
        help_text=FOR_APPLICANT,
    )

    def only_refusal(self):
        """Of a case that fails its formal check nothing else can be decided."""
        self.fields["step"].choices = [("refuse", "Odmówić")]
        self.fields["step"].initial = "refuse"
        return self
