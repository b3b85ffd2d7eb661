"""Who may do what in the admin: one table, written into Django's groups after every migration.

Roles of people outside the office (representative, officer) and of those who assess and decide on the mark are groups
too, so that an account can hold them; what they may do is the business of their own pages, not of the admin.
"""

from accounts.choices import Role

# Roles whose holders enter the admin, when the account is marked as staff.
STAFF_ROLES = (Role.ADMINISTRATOR, Role.COORDINATOR)

WORK = ("view", "add", "change")
# What is taken off a form line by line, as a wrong reference; cards and legal persons are removed by a use case.
LINES = (*WORK, "delete")
READ = ("view",)

# Role → {"app.model": actions}; "app.*" stands for every model of the app.
ROLE_PERMISSIONS = {
    Role.COORDINATOR: {
        "registry.organisation": WORK,
        "registry.institution": WORK,
        "registry.unit": WORK,
        "registry.offer": WORK,
        "registry.offercpv": LINES,
        "registry.offerpicture": LINES,
        "registry.offermark": READ,
        "registry.socialenterprisestatus": LINES,
        "registry.organisationpkd": LINES,
        "registry.workplace": LINES,
        "registry.reference": LINES,
        "registry.errorreport": ("view", "change"),
        "registry.datasource": WORK,
        "registry.importrun": WORK,
        "registry.importrow": READ,
        "registry.headingmapping": LINES,
        "registry.duplicatecase": ("view", "change"),
        "registry.organisationkind": ("view", "change"),
        "registry.legalform": WORK,
        "registry.offercategory": WORK,
        "registry.cpvcode": READ,
        "registry.pkdcode": READ,
        "registry.region": READ,
        "registry.county": READ,
        "registry.municipality": READ,
        "registry.dictionaryload": READ,
    },
    Role.ADMINISTRATOR: {
        "registry.*": LINES,
        "accounts.*": LINES,
        "auth.group": READ,
    },
}


def allowed(role, *, app_label, model):
    """Actions ("view", "add", …) that a role may do on a model; empty for most roles."""
    table = ROLE_PERMISSIONS.get(role, {})
    return table.get(f"{app_label}.{model}") or table.get(f"{app_label}.*", ())


def may_enter_admin(user):
    """Staff with a role. Somebody marked as staff whose roles give nothing in the admin does not come in."""
    return user.is_active and user.is_staff and (user.is_superuser or bool(user.get_all_permissions()))
