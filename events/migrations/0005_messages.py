import django.contrib.postgres.fields
from django.db import migrations, models

from events.choices import MessageReach, RegistrationState


def to_columns(apps, schema_editor):
    """What one object held, each in a column of its own."""
    message = apps.get_model("events", "EventMessage")
    registration = apps.get_model("events", "Registration")
    for one in message.objects.all():
        given = one.sent_to if isinstance(one.sent_to, dict) else {"states": one.sent_to}
        one.states = given.get("states", [])
        one.reach = given.get("joins", MessageReach.ALL)
        one.key = given.get("key") or f"przed-{one.pk}"
        one.save()
        one.unreached.set(registration.objects.filter(pk__in=given.get("without_address", [])))
    # What is written has to be checked before the table may be altered once more.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("events", "0004_on_the_way")]

    operations = [
        migrations.RenameField("eventmessage", "states", "sent_to"),
        migrations.AddField(
            "eventmessage",
            "states",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=RegistrationState.choices, max_length=24),
                default=list,
                size=None,
                verbose_name="do kogo",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "eventmessage",
            "reach",
            models.CharField(
                choices=MessageReach.choices, default=MessageReach.ALL, max_length=20, verbose_name="udział"
            ),
        ),
        migrations.AddField(
            "eventmessage", "key", models.CharField(default="", editable=False, max_length=40), preserve_default=False
        ),
        migrations.AddField(
            "eventmessage",
            "unreached",
            models.ManyToManyField(related_name="+", to="events.registration", verbose_name="bez adresu"),
        ),
        migrations.RunPython(to_columns, migrations.RunPython.noop),
        migrations.RemoveField("eventmessage", "sent_to"),
        migrations.AddConstraint(
            "eventmessage",
            models.UniqueConstraint(fields=("event", "key"), name="events_message_once"),
        ),
        migrations.AddConstraint(
            "eventmessage",
            models.CheckConstraint(
                condition=models.Q(("states__contained_by", RegistrationState.values)),
                name="events_message_states_known",
            ),
        ),
        migrations.AddConstraint(
            "eventmessage",
            models.CheckConstraint(
                condition=models.Q(("reach__in", MessageReach.values)), name="events_message_reach_known"
            ),
        ),
    ]
