"""The table of accounts.permissions in words."""

from django.apps import apps

from accounts.choices import Role
from accounts.permissions import POWERS, ROLE_PERMISSIONS, Scope

ACTIONS = {"view": "przegląd", "add": "dodawanie", "change": "zmiany", "delete": "usuwanie"}
SCOPES = {
    Scope.REGION: "całe województwo",
    Scope.ORGANISATION: "wskazany podmiot",
    Scope.AUTHORITY: "wskazany zamawiający lub jego jednostka",
}


def role_table():
    """[{label, scope, second_factor, actions, models: [(name, actions)]}] in the order of the roles."""
    return [
        {
            "label": role.label,
            "scope": SCOPES[POWERS[role].scope],
            "is_staff": POWERS[role].is_staff,
            "actions": sorted(action.value for action in POWERS[role].actions),
            "models": [
                (_model_words(entry), ", ".join(ACTIONS[action] for action in actions))
                for entry, actions in ROLE_PERMISSIONS.get(role, {}).items()
            ],
        }
        for role in Role
    ]


def _model_words(entry):
    app_label, _, model = entry.partition(".")
    if model == "*":
        return f"{apps.get_app_config(app_label).verbose_name}: wszystko"
    return apps.get_model(entry)._meta.verbose_name
