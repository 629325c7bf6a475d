"""Writes of access: matters are opened and closed, grants given and ended, glass broken and reviewed."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from turvaverkko.access import policies, queries
from turvaverkko.access.actors import StaffActor
from turvaverkko.access.messages import AccessEnded, GlassBroken
from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.rules import BREAK_GLASS_LASTS, Confidentiality, Verb, level
from turvaverkko.core import actors, time_source
from turvaverkko.core.announcements import announce
from turvaverkko.core.commands import command, note
from turvaverkko.organisation.api import Staff, Unit


@command("access.open_matter", allow=policies.may_open_matter, sentence=_("Asia avattiin"), lock=False)
def open_matter(
    _actor: object, unit: Unit, *, kind: str, confidentiality: Confidentiality = Confidentiality.NORMAL
) -> Matter:
    """Open a matter of a kind in a unit; its controller is the unit's organisation."""
    matter = Matter(kind=kind, unit=unit, controller_id=unit.organisation_id, confidentiality=confidentiality)
    matter.save()
    note(unit=unit.public_id, kind=kind, confidentiality=int(confidentiality))
    return matter


@command("access.close_matter", allow=policies.may_grant, sentence=_("Asia päätettiin"))
def close_matter(_actor: object, matter: Matter) -> Matter:
    """Close a matter. Its grants end with it; the unit still sees it for the retention time."""
    matter.closed_at = time_source.now()
    matter.save(update_fields=["closed_at"])
    _end(list(queries.current_grants(matter)))
    return matter


@command("access.move_matter", allow=policies.may_grant, sentence=_("Asia siirtyi toiseen yksikköön"))
def move_matter(_actor: object, matter: Matter, unit: Unit) -> Matter:
    """Move a matter to another unit of the same controller; the former unit no longer sees it.

    Raises:
        ValueError: the unit belongs to another controller; that takes a referral and a consent.
    """
    if unit.organisation_id != matter.controller_id:
        message = "A matter does not change controller by moving."
        raise ValueError(message)
    note(unit=unit.public_id)
    matter.unit = unit
    matter.save(update_fields=["unit"])
    return matter


@command("access.grant", allow=policies.may_grant, sentence=_("Pääsy annettiin"))
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
        IntegrityError: a grant by statute without the law.
    """
    note(basis=str(basis), level=level(verb), holder=to.public_id)
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


@command("access.end_grants", allow=policies.may_grant, sentence=_("Pääsy päättyi"))
def end_grants(_actor: object, matter: Matter, *, staff: Staff, basis: Grant.Basis) -> int:
    """End a person's grants of a basis in a matter, from the next request on; return how many."""
    mine = [g for g in queries.current_grants(matter) if g.staff_id == staff.pk and g.basis == basis]
    note(basis=str(basis), holder=staff.public_id, ended=len(mine))
    _end(mine)
    return len(mine)


@command("access.break_glass", allow=policies.may_break_glass, sentence=_("Asia avattiin hätätilanteessa"))
def break_glass(actor: StaffActor, matter: Matter, *, reason: str) -> BreakGlass:
    """Open a matter in an emergency for `BREAK_GLASS_LASTS`; the unit's lead is told and reviews it.

    Raises:
        ValueError: no reason was given.
    """
    if not reason.strip():
        message = "An emergency opening needs a reason."
        raise ValueError(message)
    until = time_source.now() + BREAK_GLASS_LASTS
    given = Grant(
        matter=matter,
        staff_id=actor.pk,
        level=level(Verb.CONTRIBUTE),
        basis=Grant.Basis.BREAK_GLASS,
        starts_at=time_source.now(),
        ends_at=until,
        given_by=actor.public_id,
    )
    given.save()
    opening = BreakGlass(grant=given, reason=reason.strip())
    opening.save()
    announce(GlassBroken(matter.public_id, matter.unit_id, actor.public_id, until))
    return opening


@command("access.review_break_glass", allow=policies.may_review, sentence=_("Hätäavaus arvioitiin"))
def review(actor: StaffActor, opening: BreakGlass, *, verdict: BreakGlass.Verdict, reason: str) -> BreakGlass:
    """Say whether an emergency opening was justified."""
    note(verdict=str(verdict), grant=opening.grant_id)
    opening.verdict, opening.verdict_reason = verdict, reason
    opening.reviewed_at, opening.reviewed_by_id = time_source.now(), actor.pk
    opening.save(update_fields=["verdict", "verdict_reason", "reviewed_at", "reviewed_by"])
    return opening


def _end(grants: list[Grant]) -> None:
    now = time_source.now()
    for ended in grants:
        ended.ends_at = now
        ended.save(update_fields=["ends_at"])
    if grants:
        announce(AccessEnded(grants[0].matter.public_id, tuple(g.pk for g in grants)))
