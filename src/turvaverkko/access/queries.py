"""Reads of access: who somebody is to the gate, and the gate itself.

`visible_to(queryset, actor, …)` is called last: filters are already on the queryset and go into both
branches, each of which an index leads. An OR of the two was three times slower on a million grants.
"""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from turvaverkko.access import matrix
from turvaverkko.access.actors import FamilyActor, StaffActor
from turvaverkko.access.gate import Gate
from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.rules import Confidentiality, Role, Verb, level
from turvaverkko.core import time_source
from turvaverkko.core.rows import itself
from turvaverkko.organisation.api import Staff, units_of_roles

Row = TypeVar("Row", bound=models.Model)


def staff_actor(staff: Staff) -> StaffActor:
    """Return a member of staff as the gate sees them today."""
    held = units_of_roles(staff, time_source.today())
    known = {Role(role): units for role, units in held.items()}
    return StaffActor(public_id=staff.public_id, pk=staff.pk, units_of=known)


def visible_to(queryset: QuerySet[Row], actor: object, verb: Verb = Verb.SEE) -> QuerySet[Row]:
    """Return the rows of a filtered queryset to which the actor may do the verb.

    The result can be ordered, sliced, counted and read, not filtered further.

    Args:
        queryset: rows of a model with a `GATE`, with every filter on.
        actor: `StaffActor` or `FamilyActor`; anybody else sees nothing.
        verb: what they want to do.
    """
    gate: Gate = queryset.model.GATE  # type: ignore[attr-defined]  # a model without one has no business here
    if isinstance(actor, FamilyActor):
        if not matrix.role_may(Role.FAMILY_MEMBER, verb, gate.kind):
            return queryset.none()
        return queryset.filter(**{gate.matter_public_id: actor.matter})
    if not isinstance(actor, StaffActor):
        return queryset.none()
    roles = matrix.roles_that_may(verb, gate.kind) & actor.roles
    if not roles:
        return queryset.none()
    by_unit = queryset.filter(_by_unit(gate, actor, roles))
    by_grant = queryset.filter(**{f"{gate.matter}__in": _granted(actor, verb)})
    return by_unit.union(by_grant)


def may(actor: object, verb: Verb, row: models.Model) -> bool:
    """Tell whether the actor may do the verb to one row of a model with a `GATE`."""
    return visible_to(itself(row), actor, verb).exists()


def basis_of(actor: object, row: models.Model) -> str:
    """Return on which basis an actor sees a row: "own-unit", the basis of their grant, or "" (not at all)."""
    gate: Gate = type(row).GATE  # type: ignore[attr-defined]
    if isinstance(actor, FamilyActor):
        return str(Grant.Basis.RECEIPT_CODE)
    if not isinstance(actor, StaffActor):
        return ""
    own = itself(row)
    if own.filter(_by_unit(gate, actor, actor.roles)).exists():
        return "own-unit"
    matter = own.values_list(gate.matter, flat=True)
    found = Grant.objects.filter(_holds(actor), matter_id__in=matter).order_by("-level", "pk").first()
    return str(found.basis) if found else ""


def current_grants(matter: Matter) -> QuerySet[Grant]:
    """Return who has access to a matter now beside its unit."""
    return Grant.objects.filter(_current(), matter=matter).select_related("staff", "unit").order_by("pk")


def grants_of(actor: StaffActor, basis: str, matter: Matter) -> QuerySet[Grant]:
    """Return the actor's own grants of a basis that hold now."""
    return Grant.objects.filter(_current(), matter=matter, staff_id=actor.pk, basis=basis)


def breaks_to_review(units: Iterable[int]) -> QuerySet[BreakGlass]:
    """Return the emergency openings of some units' matters that nobody has reviewed, oldest first."""
    waiting = BreakGlass.objects.filter(reviewed_at__isnull=True, grant__matter__unit__in=list(units))
    return waiting.select_related("grant__staff", "grant__matter__unit").order_by("grant__starts_at")


def matter_by_public_id(public_id: str) -> Matter | None:
    """Return a matter for the services of this app and for break-glass, past the gate."""
    return Matter.objects.filter(public_id=public_id).first()


def _by_unit(gate: Gate, actor: StaffActor, roles: frozenset[Role]) -> Q:
    """The units whose rows the actor's roles open, for each level of confidentiality."""
    condition = Q(pk__in=[])
    for confidentiality in Confidentiality:
        if units := actor.units_at(confidentiality, roles):
            condition |= Q(**{gate.confidentiality: confidentiality, f"{gate.unit}__in": sorted(units)})
    return condition


def _granted(actor: StaffActor, verb: Verb) -> QuerySet[Grant, Any]:
    return Grant.objects.filter(_holds(actor), level__gte=level(verb)).values("matter_id")


def _holds(actor: StaffActor) -> Q:
    mine = Q(staff_id=actor.pk)
    if units := actor.member_of:
        mine |= Q(unit_id__in=sorted(units))
    return mine & _current()


def _current() -> Q:
    now = time_source.now()
    return Q(starts_at__lte=now) & (Q(ends_at__isnull=True) | Q(ends_at__gt=now))
