"""Files and recommendations."""

from django import forms

from accounts.forms.entrance import OneLine
from core.signed_files import HINT

# Kinds beside endings: by endings alone some phones offer files and no camera.
ACCEPT = "image/jpeg,image/png,image/webp,.pdf,.jpg,.jpeg,.png,.webp,.tif,.tiff,.asice,.sce,.xml,.sig,.p7s"
MOST_AT_ONCE = 20
MESSAGES = {"required": "Wybierz plik.", "empty": "Plik jest pusty.", "missing": "Wybierz plik."}


class Several(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several, as the photos of the pages of one document; gives a list."""

    def clean(self, data, initial=None):
        given = data if isinstance(data, list | tuple) else [data]
        if len(given) > MOST_AT_ONCE:
            raise forms.ValidationError(f"Naraz można dodać najwyżej {MOST_AT_ONCE} plików.")
        return [super(FilesField, self).clean(one, initial) for one in given or [None]]

    def has_changed(self, initial, data):
        return bool(data)


def upload_field(label, *, field=forms.FileField, widget=forms.FileInput):
    return field(
        label=label, help_text=HINT, widget=widget(attrs={"accept": ACCEPT}), error_messages=MESSAGES, max_length=500
    )


class PaperForm(forms.Form):
    # Of several on one page each may be left empty: a paper is there already, or does not apply.
    use_required_attribute = False
    files = upload_field("Plik albo zdjęcia stron", field=FilesField, widget=Several)


class AskForm(forms.Form):
    recommender = OneLine(
        label="Kto poleca",
        max_length=200,
        help_text="Na przykład: Szkoła Podstawowa nr 3 w Świdnicy.",
        error_messages={"required": "Podaj, kto poleca."},
    )
    email = forms.EmailField(
        label="E-mail",
        help_text="Wyślemy na niego odsyłacz do napisania rekomendacji.",
        error_messages={"required": "Podaj e-mail.", "invalid": "Podaj adres e-mail, na przykład nazwa@domena.pl."},
    )


class UploadedForm(forms.Form):
    recommender = AskForm.base_fields["recommender"]
    files = upload_field("Rekomendacja: plik albo zdjęcie")


class RecommendForm(forms.Form):
    text = forms.CharField(
        label="Rekomendacja",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Co Państwo kupili, kiedy i czy jakość była dobra.",
        error_messages={"required": "Napisz kilka zdań."},
    )
    signed_name = OneLine(
        label="Imię i nazwisko", max_length=120, error_messages={"required": "Podaj imię i nazwisko."}
    )
    function = OneLine(label="Funkcja", max_length=120, error_messages={"required": "Podaj funkcję."})


class DeclareForm(forms.Form):
    name = OneLine(
        label="Imię i nazwisko osoby, która składa wniosek",
        max_length=120,
        error_messages={"required": "Podaj imię i nazwisko osoby, która składa wniosek."},
    )


class SignedForm(forms.Form):
    files = upload_field("Podpisany wniosek: skan, zdjęcie albo plik z podpisem elektronicznym")
