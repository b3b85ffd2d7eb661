"""The form in which somebody asks for a role."""

from django import forms


class RequestForm(forms.Form):
    reason = forms.CharField(
        label="Dlaczego możesz działać w tym imieniu?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Na przykład: jestem w zarządzie, prowadzę biuro, mam pełnomocnictwo.",
        error_messages={"required": "Napisz, dlaczego możesz działać w tym imieniu."},
    )
    document = forms.FileField(
        label="Dokument",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        help_text="Na przykład pełnomocnictwo: PDF, JPG lub PNG, do 10 MB. Zobaczą go tylko koordynatorzy.",
    )
