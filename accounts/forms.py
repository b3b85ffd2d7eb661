"""Forms of the admin for accounts: roles are chosen by name, never as single permissions."""

from django import forms
from unfold import forms as unfold_forms

from accounts.models import User
from accounts.permissions import Role


class AccountAddForm(unfold_forms.UserCreationForm):
    class Meta:
        model = User
        fields = ["email", "full_name", "groups"]


class AccountChangeForm(unfold_forms.UserChangeForm):
    """`editor` is set by the admin: nobody may take the keys from their own account and find the door locked."""

    editor = None

    class Meta:
        model = User
        fields = "__all__"

    def clean(self):
        cleaned = super().clean()
        if self.editor and self.instance.pk == self.editor.pk and not self.editor.is_superuser:
            self._refuse_locking_oneself_out(cleaned)
        return cleaned

    def _refuse_locking_oneself_out(self, cleaned):
        for field in ("is_active", "is_staff"):
            if field in cleaned and not cleaned[field]:
                self.add_error(field, forms.ValidationError("Nie można odebrać tego własnemu kontu."))
        names = {group.name for group in cleaned.get("groups", [])}
        if "groups" in cleaned and Role.ADMINISTRATOR not in names:
            self.add_error("groups", forms.ValidationError("Nie można odebrać własnemu kontu roli administratora."))
