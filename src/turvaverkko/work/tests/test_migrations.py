"""What a migration does to rows that are there: limits of the law that stood still go on."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from turvaverkko.core.time_source import HELSINKI

BEFORE = [("work", "0003_open_items_by_urgency"), ("organisation", "0003_sign_in")]
AFTER = [("work", "0004_limits_of_the_law_do_not_pause"), ("organisation", "0004_what_may_pause")]
DAY = datetime(2026, 11, 23, 9, tzinfo=HELSINKI)


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_limits_that_stood_still_go_on_and_promises_stand() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    try:
        apps = executor.loader.project_state(BEFORE).apps
        organisation, item = _rows(apps)
        for code, due, at in (("contact-promise", 26, "16:00"), ("child-welfare-notification", 27, None)):
            apps.get_model("organisation", "DeadlinePolicy").objects.create(
                code=code, name_fi=code, amount=3, unit="office_days", runs_from="received", time_of_day=at
            )
            apps.get_model("work", "Deadline").objects.create(
                item_id=item,
                policy=code,
                policy_version=1,
                counted_in="office_days",
                started_at=DAY,
                due_at=DAY.replace(day=due),
                last_day=date(2026, 11, due),
                half_day=date(2026, 11, 24),
                near_day=date(2026, 11, 25),
                paused_at=DAY,
                pause_reason="waiting-family",
            )
        executor = MigrationExecutor(connection)
        executor.migrate(AFTER)
        apps = executor.loader.project_state(AFTER).apps
        stands = dict(apps.get_model("work", "Deadline").objects.values_list("policy", "paused_at"))
        assert stands == {"contact-promise": DAY, "child-welfare-notification": None}
        assert apps.get_model("work", "WorkItem").objects.get().next_due == DAY.replace(day=27)
        for model in ("Deadline", "WorkItem"):
            apps.get_model("work", model).objects.all().delete()
        apps.get_model("access", "Matter").objects.all().delete()
        apps.get_model("organisation", "DeadlinePolicy").objects.all().delete()
        apps.get_model("organisation", "Unit").objects.all().delete()
        apps.get_model("organisation", "Organisation").objects.filter(pk=organisation).delete()
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())


def _rows(apps) -> tuple[int, int]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - the historical registry
    organisation = apps.get_model("organisation", "Organisation").objects.create(
        slug="migraatio", kind="county", name_fi="Migraatio"
    )
    unit = apps.get_model("organisation", "Unit").objects.create(
        slug="migraatio", name_fi="Migraatio", organisation=organisation
    )
    matter = apps.get_model("access", "Matter").objects.create(
        kind="request", unit=unit, controller=organisation
    )
    item = apps.get_model("work", "WorkItem").objects.create(
        kind="guidance.request", state="waiting_family", matter=matter, unit=unit
    )
    return organisation.pk, item.pk
