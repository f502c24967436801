from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debate", "0006_moderation_log"), ("sessions", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "reader",
                    models.BigIntegerField(
                        db_index=True, help_text="The key of who is signed in or signing in.", null=True
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        # Of the sessions so far nobody can tell whose they are: whoever is signed in signs in once more.
        migrations.RunSQL("DELETE FROM django_session", migrations.RunSQL.noop),
    ]
