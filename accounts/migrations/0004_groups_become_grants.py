from django.db import migrations
from django.utils import timezone

# As they stood in Django's groups. A representative or an officer had no named object there and nothing to do; they
# ask anew.
ENTERED_WITH_STAFF_MARK = {"administrator", "koordynator"}
OF_THE_REGION = ENTERED_WITH_STAFF_MARK | {"dyrektor", "kapitula", "asesor"}


def give(apps, schema_editor):
    Group, RoleGrant = apps.get_model("auth", "Group"), apps.get_model("accounts", "RoleGrant")
    now = timezone.now()
    for group in Group.objects.filter(name__in=OF_THE_REGION):
        people = group.user_set.exclude(grants__role=group.name)
        if group.name in ENTERED_WITH_STAFF_MARK:
            people = people.filter(is_staff=True)
        for user in people:
            RoleGrant.objects.create(
                user=user, role=group.name, starts_on=timezone.localdate(user.created_at), granted_at=now
            )
    Group.objects.filter(name__in=OF_THE_REGION | {"urzednik", "przedstawiciel"}).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("accounts", "0003_roles_and_trail"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    # Backwards the grants stay: the release before does not read them, and its groups come anew with its migrations.
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
