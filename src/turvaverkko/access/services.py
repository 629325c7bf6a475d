"""What a person does to access in their own right: gives it, ends it, breaks glass, reviews.

What other commands need of matters and grants on their way is in `steps.py`.
"""

from datetime import datetime
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from turvaverkko.access import policies, queries, steps
from turvaverkko.access.actors import StaffActor
from turvaverkko.access.messages import GlassBroken
from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.rules import BREAK_GLASS_LASTS, Verb, level
from turvaverkko.core import time_source
from turvaverkko.core.announcements import announce
from turvaverkko.core.commands import command, note
from turvaverkko.core.states import IllegalMove
from turvaverkko.organisation.api import Staff, Unit
from turvaverkko.trail.api import Look, Touched, looked

Basis = Grant.Basis
# A lead's own decision. The others follow from what happened: a referral was accepted, a glass broken.
BY_HAND: Final = frozenset({Basis.ASSIGNED, Basis.CONSENT, Basis.STATUTE})
# Over the border of a controller only the family or the law opens the way.
ACROSS_CONTROLLERS: Final = frozenset({Basis.CONSENT, Basis.STATUTE})


@command("access.give_access", allow=policies.may_assign, sentence=_("Pääsy annettiin"))
def give_access(
    actor: StaffActor,
    matter: Matter,
    *,
    to: Staff | Unit,
    verb: Verb,
    basis: Grant.Basis,
    until: datetime | None = None,
    law: str = "",
) -> Grant:
    """Give a colleague or a unit access to a matter, never more than one has.

    Raises:
        PermissionDenied: to oneself, or more than one may do oneself.
        ValueError: the basis is not given by hand, or does not reach another controller.
        IllegalMove: the matter is closed.
        IntegrityError: a grant by statute without the law, or an end before now.
    """
    itself = isinstance(to, Staff) and to.pk == actor.pk
    if itself or not queries.may(actor, verb, matter):
        raise PermissionDenied
    at_home = to.organisation_id == matter.controller_id if isinstance(to, Unit) else _works_for(to, matter)
    if basis not in (BY_HAND if at_home else ACROSS_CONTROLLERS):
        message = f"Access on the basis {basis} is not given by hand to them."
        raise ValueError(message)
    note(basis=str(basis), level=level(verb), holder=to.public_id)
    return steps.give(actor, matter, to=to, verb=verb, basis=basis, until=until, law=law)


@command("access.end_access", allow=policies.may_assign, sentence=_("Pääsy päättyi"))
def end_access(_actor: StaffActor, matter: Matter, *, holder: Staff | Unit) -> int:
    """End everything by which somebody has access to a matter beside their own unit; return how many."""
    mine = {"staff": holder} if isinstance(holder, Staff) else {"unit": holder}
    ended = steps.end(list(queries.grants_to_end(matter).filter(**mine)), matter)
    note(holder=holder.public_id, ended=ended)
    return ended


@command("access.break_glass", allow=policies.may_break_glass, sentence=_("Asia avattiin hätätilanteessa"))
def break_glass(actor: StaffActor, matter: Matter, *, reason: str) -> BreakGlass:
    """Open a matter in an emergency for `BREAK_GLASS_LASTS`; the unit's lead is told and reviews it.

    While an opening runs, a second click returns it.

    Raises:
        ValueError: no reason was given.
    """
    if not reason.strip():
        message = "An emergency opening needs a reason."
        raise ValueError(message)
    if running := queries.running_opening(actor, matter):
        return running
    now = time_source.now()
    until = now + BREAK_GLASS_LASTS
    given = Grant(
        matter=matter,
        staff_id=actor.pk,
        level=level(Verb.CONTRIBUTE),
        basis=Basis.BREAK_GLASS,
        starts_at=now,
        ends_at=until,
        given_by=actor.public_id,
    )
    given.save()
    opening = BreakGlass(grant=given, reason=reason.strip())
    opening.save()
    note(unit=matter.unit.public_id, reason="emergency", matter=matter.public_id)
    touched = Touched("access.matter", matter.public_id, matter.public_id, matter.controller.public_id)
    looked(
        actor,
        Look.BREAK_GLASS,
        [touched],
        screen="access:break_glass",
        basis=str(Basis.BREAK_GLASS),
        unit=queries.home_of(actor, actor.roles),
    )
    announce(GlassBroken(opening.public_id, matter.public_id, matter.unit_id, actor.public_id, until))
    return opening


@command("access.review_break_glass", allow=policies.may_review, sentence=_("Hätäavaus arvioitiin"))
def review(actor: StaffActor, opening: BreakGlass, *, verdict: BreakGlass.Verdict, reason: str) -> BreakGlass:
    """Say whether an emergency opening was justified. An unjustified one ends at once.

    Raises:
        IllegalMove: it has been reviewed.
        ValueError: no reason was given.
    """
    if opening.reviewed_at is not None:
        raise IllegalMove("reviewed", "review")
    if not reason.strip():
        message = "A review needs a reason."
        raise ValueError(message)
    note(verdict=str(verdict), matter=opening.grant.matter.public_id)
    opening.verdict, opening.verdict_reason = verdict, reason.strip()
    opening.reviewed_at, opening.reviewed_by_id = time_source.now(), actor.pk
    opening.save(update_fields=["verdict", "verdict_reason", "reviewed_at", "reviewed_by"])
    if verdict == BreakGlass.Verdict.UNJUSTIFIED and queries.holds(opening.grant):
        steps.end([opening.grant], opening.grant.matter)
    return opening


def _works_for(staff: Staff, matter: Matter) -> bool:
    return matter.controller_id in queries.controllers_of(staff)
