"""What is shown is written down: the one way from `visible_to` to a page, a file or a printer."""

from collections.abc import Iterable
from typing import Final, TypeVar

from django.db import models, transaction

from turvaverkko.access import queries
from turvaverkko.access.actors import FamilyActor, StaffActor
from turvaverkko.access.guard import Unguarded
from turvaverkko.access.matrix import roles_that_may
from turvaverkko.access.rules import Role, Verb
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.rows import kind_of
from turvaverkko.trail.api import Look, Touched, looked

# The ground of a job, such as an export at night.
SYSTEM: Final = queries.Ground("system")
Row = TypeVar("Row", bound=models.Model)


def seen(
    actor: object, rows: Iterable[Row], look: Look, screen: str, *, leave_out: bool = False
) -> list[Row]:
    """Fetch rows that went through the gate, write that the actor looks at them, and only then return them.

    Reading and writing are one transaction: without the log there is no page. Whatever the number of rows:
    one query for the rows, one for their facts, one for grants if any are seen by one, one for the looker's
    own unit if any was opened to them by name, and the writing.

    Args:
        actor: who looks.
        rows: a queryset from `visible_to`, sliced, or a list of rows of one guarded model.
        look: in which way.
        screen: the name of the URL pattern, such as "work:queue"; never a path.
        leave_out: the rows were led here by another row's gate and have not been through their own: those
            that the actor may not see are left out. For few rows found by key; else `visible_to`.

    Raises:
        Unguarded: a row is among them that the actor may not see: it did not come through the gate.
    """
    with transaction.atomic():
        fetched = list(rows)
        return _write(actor, fetched, look, screen, leave_out=leave_out) if fetched else []


def _write(actor: object, fetched: list[Row], look: Look, screen: str, *, leave_out: bool) -> list[Row]:
    gate = queries.gate_of(type(fetched[0]))
    facts = queries.facts_of(fetched)
    is_system = isinstance(actor, SystemActor)
    grounds = dict.fromkeys(facts, SYSTEM) if is_system else queries.grounds(actor, gate, facts)
    rows = [row for row in fetched if row.pk in grounds]
    unseen = len(fetched) - len(rows)
    if unseen and not leave_out:
        message = f"{unseen} rows of {gate.kind} on {screen} did not come through the gate."
        raise Unguarded(message)
    home = _home_of(actor, gate.kind) if any(not grounds[row.pk].unit for row in rows) else ""
    touched = [
        Touched(
            kind=kind_of(row),
            public_id=_id_of(row),
            matter=facts[row.pk].matter_public_id,
            controller=facts[row.pk].controller,
            basis=grounds[row.pk].basis,
            unit=grounds[row.pk].unit or home,
        )
        for row in rows
    ]
    if touched:
        looked(actor, look, touched, screen=screen, basis="", role=_roles_of(actor, gate.kind))
    return rows


def _id_of(row: models.Model) -> str:
    """Its public id; the parts of a thing have none and are told by their keys."""
    return getattr(row, "public_id", "") or f"row-{row.pk}"


def _home_of(actor: object, kind: str) -> str:
    """The unit in which somebody looks at what was opened to them by name."""
    if not isinstance(actor, StaffActor):
        return ""
    return queries.home_of(actor, actor.roles & roles_that_may(Verb.SEE, kind))


def _roles_of(actor: object, kind: str) -> str:
    """The role in which somebody looks; more than one when several open the kind to them."""
    if isinstance(actor, FamilyActor):
        return Role.FAMILY_MEMBER.value
    if not isinstance(actor, StaffActor):
        return ""
    return "/".join(sorted(actor.roles & roles_that_may(Verb.SEE, kind)))
