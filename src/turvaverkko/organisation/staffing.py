"""Reads: who works where, with which role, on a day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet

from turvaverkko.core.prepared import Prepared, one_day
from turvaverkko.organisation.models import RoleAssignment, Staff, Unit
from turvaverkko.organisation.queries import in_force

_ACTIVE_UNITS: Final = Prepared(
    lambda: active_units(one_day("day")), ("pk", "parent_id", "organisation_id", "area_id"), "day"
)


def units_of_roles(
    staff: Staff, day: date, held: Sequence[RoleAssignment] | None = None
) -> dict[str, frozenset[int]]:
    """Return the keys of the units in which somebody holds each role on a day.

    A role in a unit reaches the units below it, a role in an organisation all its units, a role in an area
    the units of the area. Units that have ended are left out. Two queries; one when it is known which roles
    are `held` that day.
    """
    roles = held if held is not None else _held(RoleAssignment.objects.filter(staff=staff), day)
    return {role: reached for _holder, role, reached in _reached(roles, day)}


def active_units(day: date) -> QuerySet[Unit]:
    """Return the units that work on a day."""
    return Unit.objects.filter(in_force(day), in_force(day, "organisation__")).order_by("name_fi")


def staff_in_role(role: str, day: date, *, units: Iterable[int]) -> QuerySet[Staff]:
    """Return the active staff who hold a role in one of some units (by unit, organisation or area)."""
    wanted = set(units)
    held = _reached(_held(RoleAssignment.objects.filter(role=role, staff__is_active=True), day), day)
    holders = [holder for holder, _role, reached in held if reached & wanted]
    return Staff.objects.filter(pk__in=holders).order_by("display_name")


def names_of_staff(public_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of staff by public id. One query."""
    rows = Staff.objects.filter(public_id__in={one for one in public_ids if one})
    return dict(rows.values_list("public_id", "display_name"))


def staffed_units(roles: Iterable[str], day: date) -> dict[str, frozenset[int]]:
    """Return the keys of the units in which at least one active person holds each of some roles on a day.

    Two queries.
    """
    wanted = list(roles)
    assignments = RoleAssignment.objects.filter(role__in=wanted, staff__is_active=True)
    found: dict[str, set[int]] = {role: set() for role in wanted}
    for _holder, role, reached in _reached(_held(assignments, day), day):
        found[role] |= reached
    return {role: frozenset(units) for role, units in found.items()}


def staff_by_unit(roles: Iterable[str], day: date) -> dict[int, frozenset[int]]:
    """Return who is active in any of some roles, by the key of the unit. Two queries."""
    assignments = RoleAssignment.objects.filter(role__in=list(roles), staff__is_active=True)
    found: dict[int, set[int]] = {}
    for holder, _role, reached in _reached(_held(assignments, day), day):
        for unit in reached:
            found.setdefault(unit, set()).add(holder)
    return {unit: frozenset(holders) for unit, holders in found.items()}


def _held(assignments: QuerySet[RoleAssignment], day: date) -> list[RoleAssignment]:
    return list(assignments.filter(in_force(day)))


def _reached(roles: Sequence[RoleAssignment], day: date) -> Iterable[tuple[int, str, frozenset[int]]]:
    """Yield (staff, role, units of a day) of assignments; one line a person and role."""
    if not roles:
        return
    units = _ACTIVE_UNITS.tuples(day=[day])
    below: dict[int | None, list[int]] = {}
    for pk, parent, _organisation, _area in units:
        below.setdefault(parent, []).append(pk)
    found: dict[tuple[int, str], set[int]] = {}
    for role in roles:
        reached = (
            pk
            for pk, _parent, organisation, area in units
            if pk == role.unit_id
            or (role.organisation_id is not None and organisation == role.organisation_id)
            or (role.area_id is not None and area == role.area_id)
        )
        found.setdefault((role.staff_id, role.role), set()).update(_with_those_below(reached, below))
    for (holder, name), keys in found.items():
        yield holder, name, frozenset(keys)


def _with_those_below(units: Iterable[int], below: Mapping[int | None, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += below.get(unit, [])
    return found
