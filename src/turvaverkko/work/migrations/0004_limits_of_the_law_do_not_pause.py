from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Exists, Min, OuterRef, Q

OPEN = Q(met_at__isnull=True, dropped_at__isnull=True)


def limits_go_on(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Promises may stand still; limits of the law that did go on from where they ran, and lead the queue again."""
    deadlines = apps.get_model("work", "Deadline").objects
    policies = apps.get_model("organisation", "DeadlinePolicy").objects
    deadlines.filter(policy__in=policies.filter(may_pause=True).values("code")).update(may_pause=True)
    stood = deadlines.filter(OPEN, may_pause=False, paused_at__isnull=False)
    items = list(stood.values_list("item_id", flat=True).distinct())
    deadlines.filter(may_pause=False).update(paused_at=None, pause_reason="", paused_until=None)
    running = deadlines.filter(OPEN, item=OuterRef("pk"), paused_at__isnull=True)
    earliest = running.order_by().values("item").annotate(first=Min("due_at")).values("first")
    found = apps.get_model("work", "WorkItem").objects.filter(Exists(running), pk__in=items)
    found.filter(closed_at__isnull=True).update(next_due=earliest)


class Migration(migrations.Migration):
    dependencies = [("work", "0003_open_items_by_urgency"), ("organisation", "0004_what_may_pause")]

    operations = [
        migrations.AddField("deadline", "may_pause", models.BooleanField(default=False)),
        migrations.AddField("deadline", "drop_reason", models.CharField(blank=True, max_length=40)),
        migrations.RunPython(limits_go_on, migrations.RunPython.noop),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True) | Q(may_pause=True), name="only_what_may_stands_still"
            ),
        ),
        migrations.AddConstraint(
            "deadline",
            models.CheckConstraint(
                condition=Q(drop_reason="") | Q(dropped_at__isnull=False), name="reason_is_of_a_drop"
            ),
        ),
    ]
