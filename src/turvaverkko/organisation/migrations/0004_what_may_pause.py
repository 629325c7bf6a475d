from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def promises_go_on_pausing(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Until a pack says it, what ends at a time of day is the county's own promise, and may stand still."""
    apps.get_model("organisation", "DeadlinePolicy").objects.filter(time_of_day__isnull=False).update(
        may_pause=True
    )


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_sign_in")]

    operations = [
        migrations.AddField("deadlinepolicy", "may_pause", models.BooleanField(default=False)),
        migrations.RunPython(promises_go_on_pausing, migrations.RunPython.noop),
    ]
