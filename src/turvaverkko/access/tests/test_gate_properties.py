"""The gate against a slow oracle: whatever the units, roles, levels and grants."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from turvaverkko.access import matrix
from turvaverkko.access.api import (
    Confidentiality,
    Grant,
    Matter,
    Role,
    Verb,
    branches,
    may,
    staff_actor,
    visible_to,
)
from turvaverkko.access.testing import give, matter, staff, unit
from turvaverkko.core import time_source
from turvaverkko.organisation.models import Staff

STAFF_ROLES = [role for role in Role if role not in {Role.FAMILY_MEMBER, Role.ANONYMOUS}]
UNITS = st.integers(0, 2)


@dataclass(frozen=True)
class Given:
    matter: int
    to_unit: int | None
    to_me: bool
    verb: Verb
    starts: int
    ends: int | None


GRANTS = st.builds(
    Given,
    matter=st.integers(0, 3),
    to_unit=st.none() | UNITS,
    to_me=st.booleans(),
    verb=st.sampled_from(Verb),
    starts=st.integers(-2, 1),
    ends=st.none() | st.integers(0, 2),
)


def oracle(roles: dict[Role, set[int]], where: Matter, grants: list[Grant], me: Staff, verb: Verb) -> bool:
    """Written from the sentences of the design, not from the code."""
    now = time_source.now()
    for role, units in roles.items():
        if verb not in matrix.kinds()["access.matter"].allowed.get(role, ()):
            continue
        closest = 2 if role == Role.UNIT_LEAD else 1
        sees_by_unit = role in {Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD}
        if sees_by_unit and where.unit_id in units and where.confidentiality <= closest:
            return True
        for one in grants:
            on = one.matter_id == where.pk and list(Verb).index(verb) < one.level
            if not on or one.starts_at > now or (one.ends_at is not None and one.ends_at <= now):
                continue
            if one.staff_id == me.pk or (one.unit_id in units and where.confidentiality <= closest):
                return True
    return False


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.dictionaries(st.sampled_from(STAFF_ROLES), UNITS, max_size=4),
    matters=st.lists(st.tuples(UNITS, st.sampled_from(Confidentiality)), min_size=4, max_size=4),
    grants=st.lists(GRANTS, max_size=6),
    verb=st.sampled_from(Verb),
)
def test_the_gate_says_what_the_oracle_says(
    held: dict[Role, int], matters: list[tuple[int, Confidentiality]], grants: list[Given], verb: Verb
) -> None:
    with transaction.atomic():
        places = [unit(f"unit-{number}") for number in range(3)]
        me = staff("me@example.invalid", **{r.value.replace("-", "_"): places[u] for r, u in held.items()})
        other = staff("other@example.invalid")
        rows = [matter(places[where], confidentiality=kept) for where, kept in matters]
        now = time_source.now()
        made = [
            give(
                places[g.to_unit] if g.to_unit is not None else me if g.to_me else other,
                rows[g.matter],
                g.verb,
                starts_at=now + timedelta(hours=g.starts),
                ends_at=None if g.ends is None else now + timedelta(hours=max(g.ends, g.starts)),
            )
            for g in grants
        ]
        roles = {role: {places[where].pk} for role, where in held.items()}
        expected = {row.pk for row in rows if oracle(roles, row, made, me, verb)}
        actor = staff_actor(me)
        assert sorted(row.pk for row in visible_to(Matter.objects.all(), actor, verb)) == sorted(expected)
        parts = [row.pk for part in branches(Matter.objects.all(), actor, verb) for row in part]
        assert sorted(parts) == sorted(expected)
        assert {row.pk for row in rows if may(actor, verb, row)} == expected
        assert {
            row.pk for row in rows if visible_to(Matter.objects.filter(pk=row.pk), actor, verb)
        } == expected
        transaction.set_rollback(True)
