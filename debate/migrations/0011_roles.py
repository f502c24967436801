from django.db import migrations

ROLES = ("Readers", "Curators", "Moderators", "Administrators")


def make_groups(apps, _schema_editor):
    """Curators are in theirs already, where there are any. What each role may do is granted after every migration."""
    groups = apps.get_model("auth", "Group").objects
    for name in ROLES:
        groups.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("debate", "0010_due_reminders"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="moderationentry",
            options={
                "permissions": [("take_back", "Can take back what is published")],
                "verbose_name": "line of the log",
                "verbose_name_plural": "moderation log",
            },
        ),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
