"""Reads of access: who somebody is to the gate, the gate itself, and grants.

`visible_to(queryset, actor, …)` is called last: filters are already on the queryset and go into every
branch, each of which an index leads. Measured on a million grants: docs/adr/0016.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from turvaverkko.access import matrix
from turvaverkko.access.actors import FamilyActor, StaffActor
from turvaverkko.access.gate import Gate
from turvaverkko.access.lookups import OneOf, among_granted, has_grant, is_of_one
from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.rules import Confidentiality, Role, Verb, level
from turvaverkko.core import time_source
from turvaverkko.core.prepared import Prepared, PreparedModels, ids, one_id, one_moment
from turvaverkko.organisation.api import (
    RoleAssignment,
    Staff,
    Unit,
    active_units,
    staff_in_role,
    units_of_roles,
)

Row = TypeVar("Row", bound=models.Model)

# The ground that is no grant, as the access log names it.
OWN_UNIT: Final = "own-unit"


def staff_actor(staff: Staff, roles: Sequence[RoleAssignment] | None = None) -> StaffActor:
    """Return a member of staff as the gate sees them today; a closed account holds nothing.

    Two queries; one when the `roles` that they hold today have been read.
    """
    held = units_of_roles(staff, time_source.today(), roles) if staff.is_active else {}
    known = {Role(role): units for role, units in held.items() if units}
    return StaffActor(public_id=staff.public_id, pk=staff.pk, units_of=known)


def visible_to(queryset: QuerySet[Row], actor: object, verb: Verb = Verb.SEE) -> QuerySet[Row]:
    """Return the rows of a filtered queryset to which the actor may do the verb.

    The result can be ordered, sliced, counted and read, not filtered further.

    Args:
        queryset: rows of a model with a `GATE`, with every filter on.
        actor: `StaffActor` or `FamilyActor`; anybody else sees nothing.
        verb: what they want to do.
    """
    first, *rest = branches(queryset, actor, verb)
    return first.union(*rest, all=True) if rest else first


def branches(
    queryset: QuerySet[Row], actor: object, verb: Verb = Verb.SEE, *, now: datetime | None = None
) -> tuple[QuerySet[Row], *tuple[QuerySet[Row], ...]]:
    """Return what `visible_to` returns in parts that share no row, each led by an index.

    A page of a long list sorts and cuts each part before it merges them.

    Args:
        queryset: rows of a model with a `GATE`, with every filter on.
        actor: `StaffActor` or `FamilyActor`; anybody else sees nothing.
        verb: what they want to do.
        now: when grants must hold; a marker in a prepared query.
    """
    gate = gate_of(queryset.model)
    nothing = queryset.none()
    if isinstance(actor, FamilyActor):
        allowed = matrix.role_may(Role.FAMILY_MEMBER, verb, gate.kind)
        return (queryset.filter(**{gate.matter_public_id: actor.matter}) if allowed else nothing,)
    roles = matrix.roles_that_may(verb, gate.kind) & _roles(actor)
    if not isinstance(actor, StaffActor) or not roles:
        return (nothing,)
    own = _own_units(gate, actor, roles)
    strong = Grant.objects.filter(_current(now), level__gte=level(verb))
    granted = _granted(gate, actor, roles, strong, has_grant if is_of_one(queryset) else among_granted)
    for condition in own:
        granted &= ~condition
    parts = [queryset.filter(condition) for condition in (*own, granted)]
    return parts[0], *parts[1:]


def may(actor: object, verb: Verb, row: models.Model) -> bool:
    """Tell whether the actor may do the verb to one row of a model with a `GATE`, as the database has it now.

    The same answer as `visible_to`, by one or two small queries: every command asks this twice.
    """
    return row.pk in grounds(actor, gate_of(type(row)), facts_of([row]), verb)


def gate_of(model: type[models.Model]) -> Gate:
    """Return the gate of a guarded model.

    Raises:
        AttributeError: the model has none: it has no business at the gate.
    """
    found: Gate = model.GATE  # type: ignore[attr-defined]
    return found


class Facts(NamedTuple):
    """What decides on which ground a row is seen, and what the access log tells of it."""

    matter: int
    matter_public_id: str
    controller: str
    unit: int
    unit_public_id: str
    confidentiality: Confidentiality


class Ground(NamedTuple):
    """On which ground somebody may do something to a row, and in which of their units.

    Attributes:
        basis: "own-unit", or the basis of a grant.
        unit: public id of the row's unit, or of the unit to which it was opened; empty when it was opened to
            the person (see `home_of`) or to a family.
    """

    basis: str
    unit: str = ""


def facts_of(rows: Iterable[models.Model]) -> Mapping[int, Facts]:
    """Return the facts of rows of one guarded model by their keys. One query."""
    found = list(rows)
    if not found:
        return {}
    values = _facts_of_model(type(found[0])).tuples(keys=[row.pk for row in found])
    return {
        pk: Facts(
            matter, public_id, controller, unit, name, Confidentiality(*kept or [Confidentiality.NORMAL])
        )
        for pk, matter, public_id, controller, unit, name, *kept in values
    }


@cache
def _facts_of_model(model: type[models.Model]) -> Prepared:
    gate = gate_of(model)
    paths = [gate.matter, gate.matter_public_id, gate.controller, gate.unit, gate.unit_public_id]
    paths += [gate.confidentiality] if gate.confidentiality else []
    # Past the model's own manager: these very rows are already in the caller's hands.
    manager = model._base_manager  # noqa: SLF001 - documented
    return Prepared(lambda: manager.filter(pk__in=ids("keys")), ("pk", *paths), "keys")


def grounds(
    actor: object, gate: Gate, facts: Mapping[int, Facts], verb: Verb = Verb.SEE
) -> Mapping[int, Ground]:
    """Return on which ground an actor may do the verb to each row.

    Rows to which they may not are left out.

    One query when something is seen by a grant, else none.
    """
    if isinstance(actor, FamilyActor):
        mine = matrix.role_may(Role.FAMILY_MEMBER, verb, gate.kind)
        code = Ground(str(Grant.Basis.RECEIPT_CODE))
        return {pk: code for pk, fact in facts.items() if mine and fact.matter_public_id == actor.matter}
    roles = matrix.roles_that_may(verb, gate.kind) & _roles(actor)
    if not isinstance(actor, StaffActor) or not roles:
        return {}
    own = {
        pk: Ground(OWN_UNIT, fact.unit_public_id)
        for pk, fact in facts.items()
        if fact.unit in actor.units_at(fact.confidentiality, roles)
    }
    others = {pk: fact for pk, fact in facts.items() if pk not in own}
    return own | _grounds_by_grant(actor, roles, others, verb)


def basis_of(actor: object, row: models.Model) -> str:
    """Return on which ground an actor sees a row: "own-unit", the basis of a grant, or "" (not at all)."""
    found = grounds(actor, gate_of(type(row)), facts_of([row])).get(row.pk)
    return found.basis if found else ""


def home_of(actor: StaffActor, roles: frozenset[Role]) -> str:
    """Return the public id of the unit in which somebody works in some roles; "" when it is not just one.

    Units below it are theirs too, so it is the one above them all. One query.
    """
    reached = frozenset[int]().union(*(actor.units_of.get(role, ()) for role in roles))
    above = [public_id for parent, public_id in _UNITS.tuples(keys=sorted(reached)) if parent not in reached]
    return str(above[0]) if len(above) == 1 else ""


def current_grants(matter: Matter) -> QuerySet[Grant]:
    """Return who has access to a matter now beside its unit."""
    return Grant.objects.filter(_current(), matter=matter).select_related("staff", "unit").order_by("pk")


def grants_to_end(matter: Matter) -> QuerySet[Grant]:
    """Return the grants of a matter that have not ended: also those that have not begun."""
    unended = Q(ends_at__isnull=True) | Q(ends_at__gt=time_source.now())
    return Grant.objects.filter(unended, matter=matter).order_by("pk")


def grants_of(actor: StaffActor, basis: str, matter: Matter) -> QuerySet[Grant]:
    """Return the actor's own grants of a basis that hold now."""
    return Grant.objects.filter(_current(), matter=matter, staff_id=actor.pk, basis=basis)


def holds(grant: Grant) -> bool:
    """Tell whether a grant holds now."""
    return Grant.objects.filter(_current(), pk=grant.pk).exists()


def running_opening(actor: StaffActor, matter: Matter) -> BreakGlass | None:
    """Return the emergency opening by which the actor has access to a matter now."""
    running = grants_of(actor, Grant.Basis.BREAK_GLASS, matter)
    return BreakGlass.objects.filter(grant__in=running).select_related("grant").first()


def breaks_to_review(actor: object) -> QuerySet[BreakGlass]:
    """Return the emergency openings that wait for the actor's review, oldest first: never their own."""
    if not isinstance(actor, StaffActor):
        return BreakGlass.objects.none()
    waiting = BreakGlass.objects.filter(reviewed_at__isnull=True).exclude(grant__staff_id=actor.pk)
    waiting = waiting.select_related("grant__staff", "grant__matter__unit")
    return visible_to(waiting, actor, Verb.DECIDE).order_by("grant_id")


def reviewers_of(opening: BreakGlass) -> QuerySet[Staff]:
    """Return who is told of an emergency opening and may review it: the leads, without who opened."""
    grant = opening.grant
    leads = staff_in_role(Role.UNIT_LEAD, time_source.today(), units=[grant.matter.unit_id])
    return leads.exclude(pk=grant.staff_id or 0)


def is_at_work(unit: Unit) -> bool:
    """Tell whether a unit works today."""
    return active_units(time_source.today()).filter(pk=unit.pk).exists()


def controllers_of(staff: Staff) -> frozenset[int]:
    """Return the keys of the organisations in whose units somebody holds a role today."""
    units = frozenset().union(*staff_actor(staff).units_of.values())
    return frozenset(Unit.objects.filter(pk__in=units).values_list("organisation_id", flat=True))


def matter_by_public_id(public_id: str) -> Matter | None:
    """Return a matter for the services of this app and for break-glass, past the gate."""
    return Matter.objects.filter(public_id=public_id).first()


def _roles(actor: object) -> frozenset[Role]:
    return actor.roles if isinstance(actor, StaffActor) else frozenset()


def _own_units(gate: Gate, actor: StaffActor, roles: frozenset[Role]) -> list[Q]:
    """The rows that the actor's roles open in their units: conditions that share no row, mostly one."""
    if not gate.confidentiality:
        units = actor.units_at(Confidentiality.NORMAL, roles)
        return [Q(**{f"{gate.unit}__in": sorted(units)})] if units else []
    levels_of: dict[frozenset[int], list[Confidentiality]] = {}
    for confidentiality in Confidentiality:
        if units := actor.units_at(confidentiality, roles):
            levels_of.setdefault(units, []).append(confidentiality)
    return [
        Q(**{f"{gate.unit}__in": sorted(units), f"{gate.confidentiality}__in": levels})
        for units, levels in levels_of.items()
    ]


def _granted(
    gate: Gate, actor: StaffActor, roles: frozenset[Role], strong: QuerySet[Grant], one_of: OneOf
) -> Q:
    """The rows of matters with a grant to the actor, or to a unit in which one of the roles is held."""
    to_person = strong.filter(staff_id=actor.pk)
    widest = sorted(actor.units_granted_at(Confidentiality.NORMAL, roles))
    if not widest:
        return one_of(gate.matter, to_person)
    any_grant = one_of(gate.matter, to_person, strong.filter(unit_id__in=widest))
    if not gate.confidentiality:
        return any_grant
    # The rule of levels is asked of the few rows that have a grant, not of the grants.
    enough = Q(**{gate.confidentiality: Confidentiality.NORMAL}) | has_grant(gate.matter, to_person)
    if closer := sorted(actor.units_granted_at(Confidentiality.RESTRICTED, roles)):
        restricted = Q(**{gate.confidentiality: Confidentiality.RESTRICTED})
        enough |= restricted & has_grant(gate.matter, strong.filter(unit_id__in=closer))
    return any_grant & enough


def _grounds_by_grant(
    actor: StaffActor, roles: frozenset[Role], facts: Mapping[int, Facts], verb: Verb
) -> dict[int, Ground]:
    if not facts:
        return {}
    held: dict[int, list[Grant]] = {}
    for grant in _grants_at(level(verb)).all(
        staff=[actor.pk],
        units=sorted(actor.units_granted_at(Confidentiality.NORMAL, roles)),
        matters=sorted({fact.matter for fact in facts.values()}),
        now=[time_source.now()],
    ):
        held.setdefault(grant.matter_id, []).append(grant)
    found = {}
    for pk, fact in facts.items():
        reaching = actor.units_granted_at(fact.confidentiality, roles)
        usable = [g for g in held.get(fact.matter, []) if g.staff_id == actor.pk or g.unit_id in reaching]
        if usable:
            # The ground of ordinary work before that of an emergency, then the strongest, then the oldest.
            emergency = Grant.Basis.BREAK_GLASS
            best = min(usable, key=lambda g: (g.basis == emergency, -g.level, g.pk))
            found[pk] = Ground(str(best.basis), best.unit.public_id if best.unit else "")
    return found


def _current(now: datetime | None = None) -> Q:
    now = now or time_source.now()
    return Q(starts_at__lte=now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))


_UNITS: Final = Prepared(lambda: Unit.objects.filter(pk__in=ids("keys")), ("parent_id", "public_id"), "keys")


@cache
def _grants_at(least: int) -> PreparedModels[Grant]:
    return PreparedModels(
        lambda: Grant.objects.filter(
            Q(staff_id=one_id("staff")) | Q(unit_id__in=ids("units")),
            _current(one_moment("now")),
            level__gte=least,
            matter_id__in=ids("matters"),
        ).select_related("unit"),
        "staff",
        "units",
        "matters",
        "now",
    )
