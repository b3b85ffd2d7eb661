"""Forms by which roles are given and ended in the admin."""

from django import forms
from django.utils import timezone
from unfold import widgets

from accounts.choices import Role
from accounts.models import Invitation, RoleGrant, User
from accounts.permissions import may_give

GIVEN = ["role", "organisation", "authority", "ordering_unit", "starts_on", "ends_on"]


class RoleForm(forms.ModelForm):
    """`editor` is set by the admin and is offered only the roles that they may give."""

    editor = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()
        offered = self.fields["role"].choices
        self.fields["role"].choices = [one for one in offered if not one[0] or may_give(self.editor, Role(one[0]))]


class GrantForm(RoleForm):
    email = forms.EmailField(
        label="E-mail osoby",
        widget=widgets.UnfoldAdminEmailInputWidget,
        help_text="Osoba musi mieć już konto. Kto go nie ma, dostaje zaproszenie.",
    )

    class Meta:
        model = RoleGrant
        fields = GIVEN

    def clean_email(self):
        user = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if user is None:
            raise forms.ValidationError("Nie ma czynnego konta z tym adresem.")
        self.instance.user = user
        return user.email


class InvitationForm(RoleForm):
    email = forms.EmailField(label="E-mail osoby", max_length=254, widget=widgets.UnfoldAdminEmailInputWidget)

    class Meta:
        model = Invitation
        fields = ["email", *GIVEN]


class EndGrantForm(forms.ModelForm):
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
