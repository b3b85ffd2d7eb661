"""What a person gives about themselves: only the fields that the edition demands."""

import datetime

from django import forms
from stdnum.pl import pesel as stdnum_pesel

from accounts.forms.entrance import OneLine
from events.choices import Education, LabourStatus, PersonField, Sex
from events.completeness import OBLIGATORY
from events.enrolment.faults import OUTSIDE
from events.forms.fields import MunicipalityField, RolesField, VersionField, repaired

WRONG_PESEL = "To nie jest poprawny PESEL: nie zgadza się liczba cyfr, data albo cyfra kontrolna."
OLDEST = 110
NEEDED = {"birth_date": "Podaj datę urodzenia.", "sex": "Wybierz płeć."}


class PeselField(OneLine):
    """Not marked as one that may be left empty; whether it may is judged with has_no_pesel."""

    def validate(self, value):
        pass


class OwnDataForm(forms.Form):
    first_name = OneLine(label="Imię", max_length=60, error_messages={"required": "Podaj imię."})
    last_name = OneLine(label="Nazwisko", max_length=80, error_messages={"required": "Podaj nazwisko."})
    email = repaired(
        "email", "E-mail", required=True, help_text="Tu przychodzą listy o wydarzeniach.",
        error_messages={"required": "Podaj e-mail."},
    )  # fmt: skip
    phone = repaired("phone", "Telefon", required=True, error_messages={"required": "Podaj telefon."})
    pesel = PeselField(
        label="PESEL",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    has_no_pesel = forms.BooleanField(label="Nie mam numeru PESEL", required=False)
    birth_date = forms.DateField(
        label="Data urodzenia",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Podaj datę, na przykład 3.11.1986."},
    )
    sex = RolesField(Sex, label="Płeć", required=False)
    education = RolesField(Education, label="Wykształcenie", error_messages={"required": "Wybierz wykształcenie."})
    labour_status = RolesField(
        LabourStatus, label="Status na rynku pracy", error_messages={"required": "Wybierz status."}
    )
    street_line = OneLine(label="Ulica i numer", max_length=160, error_messages={"required": "Podaj ulicę i numer."})
    postal_code = repaired(
        "postal_code", "Kod pocztowy", required=True, error_messages={"required": "Podaj kod pocztowy."}
    )
    town = OneLine(label="Miejscowość", max_length=80, error_messages={"required": "Podaj miejscowość."})
    municipality = MunicipalityField(error_messages={"required": "Wybierz gminę."})
    special_needs = forms.CharField(
        label="Szczególne potrzeby",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Na przykład: wózek, tłumacz PJM, pętla indukcyjna, materiały dużym drukiem.",
    )
    diet = OneLine(label="Dieta", max_length=200, required=False, help_text="Na przykład: bez glutenu, wegetariańska.")

    def __init__(self, data=None, *, participant, edition, today):
        self.participant, self.today = participant, today
        self.asked = {PersonField(name) for name in edition.person_fields}
        initial = {name: getattr(participant, name, "") for name in self.base_fields if name != "pesel"}
        initial["municipality"] = participant.municipality_id or (OUTSIDE if participant.town else "")
        super().__init__(data, initial=initial)
        for name in self._left_out():
            del self.fields[name]
        if PersonField.PESEL in self.asked:
            self._about_pesel()
            return
        for name in {"birth_date", "sex"} & {*self.fields}:
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = NEEDED[name]

    def _left_out(self):
        fields = {
            PersonField.PHONE: ("phone",),
            PersonField.PESEL: ("pesel", "has_no_pesel"),
            PersonField.EDUCATION: ("education",),
            PersonField.LABOUR_STATUS: ("labour_status",),
            PersonField.ADDRESS: ("street_line", "postal_code", "town", "municipality"),
            PersonField.BIRTH_DATE: ("birth_date",),
            PersonField.SEX: ("sex",),
        }
        return [name for field, names in fields.items() if field not in self.asked for name in names]

    def _about_pesel(self):
        """What is saved is not shown again: a link may be read by somebody else."""
        saved = self.participant.pesel
        self.fields["pesel"].required = not saved
        self.fields["pesel"].help_text = (
            f"Zapisany, kończy się na {saved[-2:]}. Wpisz tylko, gdy chcesz go zmienić."
            if saved
            else "Jest potrzebny do rozliczenia projektu. Przechowujemy go zaszyfrowany."
        )
        for name in ("birth_date", "sex"):
            if name in self.fields:
                self.fields[name].help_text = "Tylko dla osób bez numeru PESEL; inaczej wynika z niego."

    def clean_pesel(self):
        digits = stdnum_pesel.compact(self.cleaned_data["pesel"]).replace("-", "")
        if not digits:
            return ""
        try:
            stdnum_pesel.validate(digits)
            born = stdnum_pesel.get_birth_date(digits)
        except Exception as error:  # the library has a class of its own for each of the reasons
            raise forms.ValidationError(WRONG_PESEL) from error
        if born >= self.today:
            raise forms.ValidationError(WRONG_PESEL)
        return digits

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        if born and not self.today - datetime.timedelta(OLDEST * 366) < born < self.today:
            raise forms.ValidationError("Ta data urodzenia nie może być prawdziwa.")
        return born

    def clean(self):
        cleaned = super().clean()
        self._clean_pesel_or_none(cleaned)
        needed = {*self.fields} - {*self.errors} if cleaned.get("has_no_pesel") else ()
        for name, words in NEEDED.items():
            if name in needed and not cleaned.get(name):
                self.add_error(name, words)
        return cleaned

    def _clean_pesel_or_none(self, cleaned):
        if PersonField.PESEL not in self.asked or "pesel" in self.errors:
            return
        given = cleaned.get("pesel") or self.participant.pesel
        if cleaned.get("pesel") and cleaned.get("has_no_pesel"):
            self.add_error("has_no_pesel", "Wpisz PESEL albo zaznacz, że go nie masz. Jedno z dwojga.")
        elif not given and not cleaned.get("has_no_pesel"):
            self.add_error("pesel", "Podaj PESEL albo zaznacz, że go nie masz.")

    @property
    def values(self):
        """{column of Participant: value}; birth date and sex follow from a PESEL. `pesel` is not among them."""
        cleaned = dict(self.cleaned_data)
        pesel = cleaned.pop("pesel", "") or ("" if cleaned.get("has_no_pesel") else self.participant.pesel)
        if pesel:
            born, sex = stdnum_pesel.get_birth_date(pesel), stdnum_pesel.get_gender(pesel)
            derived = {"birth_date": born, "sex": Sex.FEMALE if sex == "F" else Sex.MALE}
            cleaned |= {name: value for name, value in derived.items() if name in self.fields}
        if "municipality" in cleaned:
            municipality = cleaned.pop("municipality")
            cleaned["municipality_id"] = None if municipality == OUTSIDE else municipality
        return cleaned

    @property
    def new_pesel(self):
        """A new PESEL, "" for none any more, None when what is saved stays."""
        if PersonField.PESEL not in self.asked:
            return None
        if self.cleaned_data.get("has_no_pesel"):
            return ""
        return self.cleaned_data["pesel"] or None


class ConsentsForm(forms.Form):
    """A box for each text in force that the person has not agreed to in this version. `texts`: {TextKind: row}."""

    def __init__(self, data=None, *, texts, given):
        super().__init__(data, prefix="zgoda")
        self.texts = texts
        for kind, text in texts.items():
            if text.pk in given:
                continue
            obligatory = kind in OBLIGATORY
            said = "Zapoznałem się lub zapoznałam się: " if obligatory else "Zgadzam się: "
            self.fields[kind.value] = VersionField(
                version=text.pk,
                label=f"{said}{text.title}, wersja {text.version}",
                required=obligatory,
                help_text="" if obligatory else "Dobrowolne. Można to w każdej chwili wycofać na tej stronie.",
                error_messages={"required": "Bez tego nie można wziąć udziału w projekcie."},
            )

    @property
    def ticked(self):
        """Ids of the texts."""
        return {self.texts[kind].pk for kind, value in self.cleaned_data.items() if value}
