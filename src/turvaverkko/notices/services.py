"""Writes of notices.

`post`, `stop`, `stop_for` and `forget_matter` are steps of an upper app's command; what a person does to
notices themselves is a command here.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import actors, time_source
from turvaverkko.core.announcements import NotInTransaction
from turvaverkko.core.commands import Subject, command, note
from turvaverkko.notices import delivering, policies, queries, rules, states, templates
from turvaverkko.notices.addresses import Address
from turvaverkko.notices.letters import ABOUT
from turvaverkko.notices.models import Notice, Preference, Veto
from turvaverkko.notices.rules import SafeHours

_FORGOTTEN: Final = {"address": "", "address_hash": ""}


def post(
    *,
    template: str,
    to: Address,
    language: str,
    matter: str,
    purpose: str,
    key: str,
    facts: Mapping[str, date | datetime] | None = None,
    discreet: bool = False,
    hold: timedelta = rules.HOLD,
    about: str = "",
) -> Notice:
    """Put a notice into the outbox, in the caller's transaction: nothing is sent unless it commits.

    Where a veto or a wish is against it, the row is stopped from the start and keeps no address, so that
    the same announcement handled again, after the veto was lifted, sends nothing either.

    Args:
        template: code of `templates.TEMPLATES`.
        to: where.
        language: the recipient's.
        matter: public id of the matter whose family is told; empty when staff are told.
        purpose: code of what it is for, such as "guidance.receipt".
        key: says what is told to whom; used again, the first notice is returned.
        facts: the days and moments that the template may tell.
        discreet: a sensitive topic: neither service nor kind of notice shows.
        hold: how long it can be taken back before it leaves.
        about: public id of what its page is opened for, where the page needs one.

    Raises:
        NotInTransaction: there is no transaction to stand in.
        FactNotAllowed: the template is unknown or may not tell one of the facts.
        NotACode: key or purpose is not a code.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(template)
    notice = Notice(
        key=rules.checked_code(key),
        matter=matter,
        purpose=rules.checked_code(purpose),
        template=template,
        language=language,
        discreet=discreet,
        facts=templates.checked(template, facts or {}) | _about(about),
        channel=to.channel,
        address=to.text,
        address_hash=to.hash,
        posted_at=time_source.now(),
        due_at=delivering.safe_due(matter, time_source.now() + hold),
    )
    return _kept(notice)


def stop(key: str) -> bool:
    """Take a notice back (undo); tell whether it had not left yet. A step."""
    return _stop(Notice.objects.filter(key=key), "undone") > 0


def stop_for(matter: str, *, purpose: str = "") -> int:
    """Take back what has not left in a matter, or what of it is for one purpose; return how many. A step."""
    wanted = Notice.objects.filter(matter=matter)
    return _stop(wanted.filter(purpose=purpose) if purpose else wanted, "undone") if matter else 0


def _about(public_id: str) -> dict[str, str]:
    return {ABOUT: rules.checked_code(public_id)} if public_id else {}


@command("notices.veto_matter", allow=policies.may_speak_for, sentence=_("Yhteydenotot kiellettiin"))
def veto_matter(actor: object, matter: str, *, reason: str) -> Veto:
    """Do not contact the family of a matter: what has not left stops, and nothing is sent later.

    Args:
        actor: who says so.
        matter: public id of the matter.
        reason: code, such as "asked" or "danger".
    """
    note(reason=reason, subject=Subject("access.matter", matter))
    made, _new = Veto.objects.get_or_create(
        matter=matter, lifted_at=None, defaults=_new_veto(actor, reason, matter=matter)
    )
    note(stopped=_stop(Notice.objects.filter(matter=matter), "veto"))
    return made


@command("notices.veto_address", allow=policies.is_staff, sentence=_("Osoitteeseen ei saa lähettää"))
def veto_address(actor: object, address: Address, *, reason: str) -> Veto:
    """Send nothing to an address, whatever the matter. Kept is only a keyed hash of it."""
    note(reason=reason)
    made, _new = Veto.objects.get_or_create(
        address_hash=address.hash, lifted_at=None, defaults=_new_veto(actor, reason)
    )
    note(stopped=_stop(Notice.objects.filter(address_hash=address.hash), "veto"))
    return made


@command("notices.lift_veto", allow=policies.may_speak_for, sentence=_("Yhteydenottokielto purettiin"))
def lift_veto(_actor: object, veto: Veto) -> Veto:
    """Let notices be sent again. What the veto stopped stays stopped."""
    if veto.matter:
        note(subject=Subject("access.matter", veto.matter))
    veto.lifted_at = veto.lifted_at or time_source.now()
    veto.save(update_fields=["lifted_at"])
    return veto


@command("notices.prefer", allow=policies.may_speak_for, sentence=_("Ilmoitusten tapa valittiin"))
def prefer(
    _actor: object, matter: str, *, wish: Preference.Wish, safe_hours: SafeHours | None = None
) -> Preference:
    """Say how the family of a matter is told, and in which hours; "none" stops what has not left."""
    note(subject=Subject("access.matter", matter), wish=str(wish), has_safe_hours=safe_hours is not None)
    hours = {
        "safe_from": safe_hours.opens if safe_hours else None,
        "safe_until": safe_hours.closes if safe_hours else None,
    }
    kept, _new = Preference.objects.update_or_create(matter=matter, defaults={"wish": wish, **hours})
    if wish == Preference.Wish.NONE:
        _stop(Notice.objects.filter(matter=matter), "wish")
    return kept


@command("notices.retry", allow=policies.may_tend_letters, sentence=_("Ilmoitusta yritetään uudelleen"))
def retry(_actor: object, notice: Notice) -> Notice:
    """Try a dead letter again, with new patience.

    Raises:
        IllegalMove: it is not dead.
    """
    return _retried(notice)


@command(
    "notices.retry_kind",
    allow=policies.may_tend_letters,
    sentence=_("Samanlaisia ilmoituksia yritetään uudelleen"),
)
def retry_kind(_actor: object, template: str) -> int:
    """Try the dead letters of one template again, the oldest first; return how many.

    At most `rules.RETRIED_AT_ONCE` at a time: nobody else writes meanwhile on SQLite.
    """
    dead = Notice.objects.filter(state=states.DEAD, template=template).select_for_update()
    found = list(dead.order_by("pk")[: rules.RETRIED_AT_ONCE])
    for notice in found:
        _retried(notice)
    note(template=template, number=len(found))
    return len(found)


@command("notices.drop", allow=policies.may_tend_letters, sentence=_("Ilmoituksesta luovuttiin"))
def drop(_actor: object, notice: Notice, *, reason: str) -> Notice:
    """Give a dead letter up for good; its address is forgotten.

    Args:
        _actor: who does.
        notice: which.
        reason: code, such as "outdated"; kept in the log.

    Raises:
        IllegalMove: it is not dead.
    """
    note(reason=rules.checked_code(reason))
    delivering.move(notice, "drop", because="dropped")
    return notice


def forget_matter(matter: str) -> None:
    """Delete everything about a matter; a step of its retention."""
    for model in (Notice, Veto, Preference):
        model.objects.filter(matter=matter).exclude(matter="").delete()


def forget_old() -> None:
    """Erase the addresses of what was sent, give up old dead letters, delete old rows."""
    now = time_source.now()
    sent = Notice.objects.filter(state=states.SENT, ended_at__lt=now - rules.ADDRESS_KEPT)
    sent.exclude(address_hash="").update(**_FORGOTTEN)
    dead = Notice.objects.filter(state=states.DEAD, ended_at__lt=now - rules.DEAD_KEPT)
    for notice in dead.select_for_update().order_by("pk"):
        delivering.move(notice, "drop", because="too-old")
    old = now - rules.ROW_KEPT
    Notice.objects.filter(Q(state=states.SENT) | Q(state=states.STOPPED), ended_at__lt=old).delete()
    Veto.objects.filter(lifted_at__lt=old).delete()


def find_late() -> int:
    """Enqueue what is long due and has lost its job; return how many. Twice enqueued is sent once."""
    now = time_source.now()
    late = Notice.objects.filter(state__in=states.OPEN, due_at__lt=now - rules.LATE)
    found = list(late.select_for_update().order_by("pk"))
    for notice in found:
        notice.due_at = now
        notice.save(update_fields=["due_at"])
        delivering.enqueue(notice)
    return len(found)


def _retried(notice: Notice) -> Notice:
    notice.attempts, notice.give_up_at = 0, None
    notice.due_at = delivering.safe_due(notice.matter, time_source.now())
    delivering.move(notice, "retry")
    delivering.enqueue(notice)
    return notice


def _kept(notice: Notice) -> Notice:
    """Write the row and its job, or return the row that has the key already."""
    reason = queries.why_not(notice)
    if reason:
        stopped = {"state": states.STOPPED, "because": reason, "ended_at": time_source.now(), **_FORGOTTEN}
        for name, value in stopped.items():
            setattr(notice, name, value)
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    kept = Notice.objects.get(key=notice.key)
    if kept.public_id == notice.public_id and not reason:
        delivering.enqueue(kept)
    return kept


def _stop(notices: QuerySet[Notice], because: str) -> int:
    # In one order, so that two who stop at once do not wait for each other.
    found = list(notices.filter(state__in=states.OPEN).select_for_update().order_by("pk"))
    for notice in found:
        delivering.move(notice, "stop", because=because)
    return len(found)


def _new_veto(actor: object, reason: str, *, matter: str = "") -> dict[str, object]:
    made_by = {"set_by": actors.id_of(actor), "set_at": time_source.now()}
    return {"reason": rules.checked_code(reason), "matter": matter, **made_by}
