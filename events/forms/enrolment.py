"""Starting an institution's form, its people, the signed pages, and what a coordinator says."""

import re

from django import forms

from accounts.forms.entrance import OneLine
from core.signed_files import HINT
from events.choices import DelegateRole
from events.enrolment.roster import SHAPE, Person, read_lines
from events.forms.fields import FilesField, RolesField, SeveralFiles, repaired


class StartForm(forms.Form):
    nip = repaired(
        "nip",
        "NIP instytucji",
        required=True,
        help_text="Jeśli instytucja jest w naszym rejestrze, jej dane wpiszą się same.",
        error_messages={"required": "Podaj NIP instytucji."},
    )
    email = repaired(
        "email",
        "Twój e-mail",
        required=True,
        help_text="Wyślemy na niego odsyłacz do zgłoszenia.",
        error_messages={"required": "Podaj e-mail."},
    )
    website = forms.CharField(required=False)

    @property
    def is_from_machine(self):
        return bool(self.data.get("website"))


class EndForm(forms.Form):
    reason = OneLine(
        label="Dlaczego udział się kończy",
        max_length=500,
        help_text="Te słowa dostanie instytucja.",
        error_messages={"required": "Napisz, dlaczego udział się kończy."},
    )


class SignatoryForm(forms.Form):
    name = OneLine(
        label="Imię i nazwisko", max_length=120, error_messages={"required": "Podaj imię i nazwisko tej osoby."}
    )
    function = OneLine(
        label="Funkcja",
        max_length=120,
        help_text="Na przykład: prezes zarządu, pełnomocnik, wójt.",
        error_messages={"required": "Podaj funkcję tej osoby."},
    )


class PersonForm(forms.Form):
    first_name = OneLine(label="Imię", max_length=60, error_messages={"required": "Podaj imię."})
    last_name = OneLine(label="Nazwisko", max_length=80, error_messages={"required": "Podaj nazwisko."})
    role = RolesField(DelegateRole, label="Rola w instytucji", error_messages={"required": "Wybierz rolę."})
    job_title = OneLine(label="Stanowisko", max_length=120, required=False)
    email = repaired(
        "email",
        "E-mail",
        required=True,
        help_text="Na ten adres osoba dostanie własny odsyłacz. Dwie osoby mogą mieć ten sam adres.",
        error_messages={"required": "Podaj e-mail."},
    )
    phone = repaired("phone", "Telefon")

    @property
    def person(self):
        return Person(**self.cleaned_data)


class PasteForm(forms.Form):
    """Many people at once. `people` are those that can be added, `faulty` the lines that stay in the field."""

    lines = forms.CharField(
        label="Osoby, każda w osobnym wierszu",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=(
            f"Wiersz: {SHAPE}. Rola to: członek, członek zarządu, pracownik albo wolontariusz. Można wkleić kolumny "
            "z arkusza. Telefon nie jest konieczny."
        ),
        error_messages={"required": "Wpisz lub wklej co najmniej jedną osobę."},
    )
    people, faulty = (), ()

    def clean_lines(self):
        self.people, self.faulty = read_lines(self.cleaned_data["lines"])
        return self.cleaned_data["lines"]


class PapersForm(forms.Form):
    files = FilesField(
        label="Podpisany formularz",
        widget=SeveralFiles(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.webp,.tif,.tiff,.asice,.sce,.xml,.sig,.p7s"}),
        help_text=f"{HINT} Można wybrać kilka plików naraz: strony będą w kolejności ich nazw.",
        error_messages={"required": "Wybierz plik albo zdjęcia stron."},
    )

    def clean_files(self):
        """Phones number their photos, and browsers hand several files over in any order."""
        return sorted(self.cleaned_data["files"], key=lambda upload: _natural(upload.name))


def _natural(name):
    """ "strona 10" comes after "strona 9"."""
    parts = re.split(r"([0-9]{1,9})", name.lower())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
