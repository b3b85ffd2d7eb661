"""Who assesses, and what assessors and the office write of a case."""

from django import forms

from quality_mark.forms.judging.fields import DayField, words


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


class ReopenForm(forms.Form):
    powod = words("Dlaczego cofasz wysłanie", "Podaj powód.", rows=2, longest=500, help_text="Zostanie w dzienniku.")
