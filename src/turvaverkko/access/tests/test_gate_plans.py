"""The plans of PostgreSQL at size: no part of the gate walks a big table."""

import pytest
from django.db import connection

from turvaverkko.access.api import Matter, Role, StaffActor, Verb, branches, visible_to
from turvaverkko.access.models import Grant
from turvaverkko.access.testing import staff, unit

MATTERS, GRANTS, UNITS = 40_000, 80_000, 40

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="plans of PostgreSQL"),
]


@pytest.fixture
def many() -> StaffActor:
    """A guide of one unit among forty, with two thousand grants of their own and of the unit."""
    home = unit("unit-0")
    units = [home.pk, *(unit(f"unit-{number}", home.organisation).pk for number in range(1, UNITS))]
    people = [staff(f"p{number}@example.invalid").pk for number in range(80)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {Matter._meta.db_table}
                (public_id, kind, confidentiality, opened_at, controller_id, unit_id)
            SELECT 'm' || g, 'request', 1 + g %% 3 / 2, now(), %s, (%s::bigint[])[1 + g %% {UNITS}]
            FROM generate_series(1, {MATTERS}) g""",
            [home.organisation_id, units],
        )
        cursor.execute(
            f"""INSERT INTO {Grant._meta.db_table}
                (level, basis, law, starts_at, ends_at, given_by, matter_id, staff_id, unit_id)
            SELECT 1 + g %% 3, 'assigned', '', now() - interval '1 day', NULL, 'test',
                (SELECT min(id) FROM {Matter._meta.db_table}) + (g * 7919) %% {MATTERS},
                CASE WHEN g %% 2 = 0 THEN (%s::bigint[])[1 + g %% 80] END,
                CASE WHEN g %% 2 = 1 THEN (%s::bigint[])[1 + g %% {UNITS}] END
            FROM generate_series(1, {GRANTS}) g""",
            [people, units],
        )
        cursor.execute("ANALYZE")
    return StaffActor("guide", people[0], {Role.SERVICE_GUIDE: frozenset(units[:1])})


@pytest.mark.parametrize("verb", [Verb.SEE, Verb.DECIDE])
def test_each_part_is_led_by_an_index(many: StaffActor, verb: Verb) -> None:
    parts = branches(Matter.objects.all(), many, verb)
    assert len(parts) == 2
    for part in parts:
        assert "Seq Scan" not in part.order_by("-id")[:50].explain()
    assert "= ANY ($0)" in parts[1].explain()


def test_a_look_at_one_row_asks_that_rows_grants(many: StaffActor) -> None:
    plan = visible_to(Matter.objects.filter(public_id="m77"), many).explain()
    assert "Seq Scan" not in plan
    assert "matter_id = access_matter" in plan
