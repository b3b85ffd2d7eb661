"""A form that stood open while somebody else wrote the same row: it overwrites nothing that was not seen."""

from django import forms

CHANGED_MEANWHILE = "Ktoś zmienił {what}, odkąd ją otwarto. Otwórz ją jeszcze raz i wpisz zmiany ponownie."


class OpenedForm(forms.ModelForm):
    """Remembers how its rows stood when it was drawn. Rows are told apart by when they were last written."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    what = "tę pozycję"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self._standing()

    def rows(self):
        return [self.instance] if self.instance.pk else []

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("version") and cleaned["version"] != self._standing():
            self.add_error(None, CHANGED_MEANWHILE.format(what=self.what))
        return cleaned

    def _standing(self):
        return "-".join(str(row.updated_at.timestamp()) for row in self.rows())


class LockedWhileSaved:
    """For a ModelAdmin: the row is locked before a form that was sent is compared with it. Django's view has begun a
    transaction by then."""

    def get_object(self, request, object_id, from_field=None):
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        for row in self.rows_to_lock(found):
            list(type(row)._base_manager.select_for_update(no_key=True).filter(pk=row.pk).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def rows_to_lock(self, obj):
        return [obj]
