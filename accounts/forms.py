"""Forms of the admin for roles."""

from django import forms
from django.utils import timezone
from unfold import widgets

from accounts.choices import Role
from accounts.models import RoleGrant, User
from accounts.permissions import POWERS, Action, may


class GrantForm(forms.ModelForm):
    """A new role. `editor` is set by the admin and is offered only the roles that they may give."""

    editor = None
    email = forms.EmailField(
        label="E-mail osoby",
        widget=widgets.UnfoldAdminEmailInputWidget,
        help_text="Osoba musi mieć już konto. Kto go nie ma, dostaje zaproszenie.",
    )

    class Meta:
        model = RoleGrant
        fields = ["role", "organisation", "authority", "ordering_unit", "starts_on", "ends_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()
        if not may(self.editor, Action.GIVE_STAFF_ROLES):
            self.fields["role"].choices = [(role, role.label) for role in Role if not POWERS[role].is_staff]

    def clean_email(self):
        user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nie ma czynnego konta z tym adresem.")
        self.instance.user = user
        return user.email


class EndGrantForm(forms.ModelForm):
    editor = None
    reason = forms.CharField(
        label="Dlaczego rola się kończy",
        max_length=200,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Ta osoba dostanie te słowa listem.",
        error_messages={"required": "Napisz, dlaczego rola się kończy."},
    )

    class Meta:
        model = RoleGrant
        fields = []
