"""Steps: what the commands of upper apps do to matters and grants, inside their own transaction.

A family that asks for help does not hold a right to open matters, nor a guide who hands over one to move
them: the right is that of the command ("ask", "hand over"), whose policy asked for it. So a step asks no
right of its own. It runs only inside a command, or for the system, and leaves its own line in the trail.
What a person does to access in their own right is a command: `services.py`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from turvaverkko.access import copies, queries
from turvaverkko.access.messages import AccessEnded
from turvaverkko.access.models import Grant, Matter
from turvaverkko.access.rules import Confidentiality, Verb, level
from turvaverkko.core import actors, time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.announcements import announce
from turvaverkko.core.commands import Entry, Note, note, subject_of
from turvaverkko.core.rows import locked
from turvaverkko.core.states import IllegalMove
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.trail.api import record

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What a timeline says of the lines that steps leave.
SENTENCES: Final[dict[str, "_StrPromise"]] = {
    "access.open_matter": _("Asia avattiin"),
    "access.close_matter": _("Asia päätettiin"),
    "access.reopen_matter": _("Asia avattiin uudelleen"),
    "access.move_matter": _("Asia siirtyi toiseen yksikköön"),
    "access.keep_closer": _("Asian salassapito muuttui"),
    "access.grant": _("Pääsy annettiin"),
    "access.end_grants": _("Pääsy päättyi"),
}


class NotInCommand(RuntimeError):
    """A person's step was taken outside a command: nobody asked whether they may."""


def open_matter(
    actor: object, unit: Unit, *, kind: str, confidentiality: Confidentiality = Confidentiality.NORMAL
) -> Matter:
    """Open a matter of a kind in a unit; its controller is the unit's organisation.

    Raises:
        NotInCommand: a person's step outside a command.
    """
    _inside_a_command(actor)
    matter = Matter(kind=kind, unit=unit, controller_id=unit.organisation_id, confidentiality=confidentiality)
    matter.save()
    _tell("access.open_matter", actor, matter, unit=unit, kind=kind, confidentiality=int(confidentiality))
    return matter


def close_matter(actor: object, matter: Matter) -> Matter:
    """Close a matter. Its grants end with it; the unit still sees it. Closing twice is no harm.

    Raises:
        NotInCommand: a person's step outside a command.
    """
    _inside_a_command(actor)
    row = locked(matter)
    if row.closed_at is None:
        row.closed_at = time_source.now()
        row.save(update_fields=["closed_at"])
        ended = end(list(queries.grants_to_end(row)), row)
        _tell("access.close_matter", actor, row, ended=ended)
    matter.closed_at = row.closed_at
    return matter


def reopen_matter(actor: object, matter: Matter) -> Matter:
    """Open a closed matter again. Ended grants stay ended.

    Raises:
        NotInCommand: a person's step outside a command.
    """
    _inside_a_command(actor)
    row = locked(matter)
    if row.closed_at is not None:
        row.closed_at = None
        row.save(update_fields=["closed_at"])
        _tell("access.reopen_matter", actor, row)
    matter.closed_at = None
    return matter


def move_matter(actor: object, matter: Matter, unit: Unit) -> Matter:
    """Move a matter to another unit of the same controller.

    The former unit no longer sees it, nor do those who had taken it there; rows with a copy follow.

    Raises:
        NotInCommand: a person's step outside a command.
        ValueError: the unit has ended, or belongs to another controller: that takes a referral and a consent.
    """
    _inside_a_command(actor)
    row = locked(matter)
    if unit.organisation_id != row.controller_id:
        message = "A matter does not change controller by moving."
        raise ValueError(message)
    if unit.pk != row.unit_id:
        if not queries.is_at_work(unit):
            message = "A matter does not move to a unit that has ended."
            raise ValueError(message)
        row.unit = unit
        row.save(update_fields=["unit"])
        copies.renew(row)
        taken = queries.grants_to_end(row).filter(basis=Grant.Basis.ASSIGNED, staff__isnull=False)
        _tell("access.move_matter", actor, row, unit=unit, ended=end(list(taken), row))
    matter.unit = unit
    return matter


def keep_closer(actor: object, matter: Matter, confidentiality: Confidentiality) -> Matter:
    """Write how closely a matter is kept, closer or less so; rows with a copy follow.

    Raises:
        NotInCommand: a person's step outside a command.
    """
    _inside_a_command(actor)
    row = locked(matter)
    if row.confidentiality != confidentiality:
        former, row.confidentiality = row.confidentiality, confidentiality
        row.save(update_fields=["confidentiality"])
        copies.renew(row)
        _tell("access.keep_closer", actor, row, former=int(former), confidentiality=int(confidentiality))
    matter.confidentiality = confidentiality
    return matter


def grant(
    actor: object,
    matter: Matter,
    *,
    to: Staff | Unit,
    verb: Verb,
    basis: Grant.Basis,
    until: datetime | None = None,
    law: str = "",
) -> Grant:
    """Give a member of staff or a unit access to a matter, up to a verb, until a moment or until ended.

    Raises:
        NotInCommand: a person's step outside a command.
        IllegalMove: the matter is closed.
        ValueError: the basis is break-glass, which only `break_glass` gives.
        IntegrityError: a grant by statute without the law, or an end before now.
    """
    _inside_a_command(actor)
    made = give(actor, matter, to=to, verb=verb, basis=basis, until=until, law=law)
    _tell("access.grant", actor, matter, basis=str(basis), level=made.level, holder=to.public_id)
    return made


def end_grants(
    actor: object, matter: Matter, *, basis: Grant.Basis, staff: Staff | None = None, unit: Unit | None = None
) -> int:
    """End grants of a basis in a matter from the next request on: a person's, a unit's or everybody's.

    Returns:
        How many ended. One that had not begun never will.

    Raises:
        NotInCommand: a person's step outside a command.
    """
    _inside_a_command(actor)
    holders = {"staff": staff, "unit": unit}
    named = {name: holder for name, holder in holders.items() if holder is not None}
    found = list(queries.grants_to_end(matter).filter(basis=basis, **named))
    number = end(found, matter)
    if number:
        ids = [holder.public_id for holder in named.values()]
        _tell("access.end_grants", actor, matter, basis=str(basis), holders=ids, ended=number)
    return number


def give(
    actor: object,
    matter: Matter,
    *,
    to: Staff | Unit,
    verb: Verb,
    basis: Grant.Basis,
    until: datetime | None = None,
    law: str = "",
) -> Grant:
    """Write a grant, for the steps and commands of this app. Raises as `grant`."""
    if basis == Grant.Basis.BREAK_GLASS:
        message = "An emergency opening is its own command: it is announced and reviewed."
        raise ValueError(message)
    if locked(matter).closed_at is not None:
        raise IllegalMove("closed", "grant")
    made = Grant(
        matter=matter,
        staff=to if isinstance(to, Staff) else None,
        unit=to if isinstance(to, Unit) else None,
        level=level(verb),
        basis=basis,
        law=law,
        starts_at=time_source.now(),
        ends_at=until,
        given_by=actors.id_of(actor),
    )
    made.save()
    return made


def end(grants: list[Grant], matter: Matter) -> int:
    """Write that grants have ended and announce it, for the steps and commands of this app."""
    now = time_source.now()
    for ended in grants:
        ended.ends_at = max(now, ended.starts_at)
        ended.save(update_fields=["ends_at"])
    if grants:
        announce(AccessEnded(matter.public_id, tuple(g.pk for g in grants)))
    return len(grants)


def _inside_a_command(actor: object) -> None:
    if isinstance(actor, SystemActor):
        return
    try:
        note()
    except RuntimeError as no_command:
        message = "A step of access stands inside a command."
        raise NotInCommand(message) from no_command


def _tell(
    step: str, actor: object, matter: Matter, /, *, unit: Unit | None = None, **payload: object
) -> None:
    told = Note(unit=unit.public_id if unit else "", payload=payload)
    record(Entry(step, actors.id_of(actor), subject_of(matter), told))
