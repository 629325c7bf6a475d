"""The delivery of one notice: the job, and every move that a job makes.

The connection to the mail server is opened first. Then the row is locked, vetoes and wishes are asked once
more, the letter is sent, and how it ended is written before the lock is let go. A veto locks the same row:
it is either seen by the delivery, or it waits and comes after the letter. A worker that dies in between has
written nothing: the letter is sent again, under the same Message-ID. A second worker waits at the lock and
finds the notice sent.
"""

import logging
from datetime import datetime
from typing import Final

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks import TaskContext, task

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.commands import Entry, Note, Subject, subject_of
from turvaverkko.core.jobs import rules as job_rules
from turvaverkko.notices import letters, queries, rules, states
from turvaverkko.notices.adapters import mail
from turvaverkko.notices.models import Notice
from turvaverkko.trail.api import record

log: Final = logging.getLogger("turvaverkko.notices")
ACTOR: Final = SystemActor("notices")


@task(takes_context=True, outside=True, queue_name="delivery")
def deliver(context: TaskContext, public_id: str) -> None:  # noqa: ARG001 - a task outside the database takes it
    """Send a notice, if it may still be sent. Its own key towards the mail server is its Message-ID."""
    if not _begin(public_id):
        return
    try:
        with mail.conversation() as connection:
            _send(public_id, connection)
    except mail.NotDelivered as failure:
        with transaction.atomic():
            notice = _locked(public_id)
            if notice and notice.state == states.SENDING:
                _fail(notice, failure)


def enqueue(notice: Notice) -> None:
    """Have a notice delivered when it is due; a step in the caller's transaction."""
    deliver.using(run_after=notice.due_at).enqueue(notice.public_id)


def move(notice: Notice, action: str, *, because: str = "") -> None:
    """Make one move and save; a notice at rest notes when, a stopped one forgets its address.

    Raises:
        IllegalMove: it cannot follow the present state.
    """
    notice.state = states.NOTICE.after(notice.state, action)
    notice.because = because
    notice.ended_at = None if notice.state in states.OPEN else time_source.now()
    if notice.state == states.STOPPED:
        notice.address = notice.address_hash = ""
    notice.save()
    _tell(notice)


def _begin(public_id: str) -> bool:
    """Claim the notice; tell whether there is something to send."""
    with transaction.atomic():
        notice = _locked(public_id)
        if notice is None or notice.state not in states.OPEN or notice.due_at > time_source.now():
            return False
        if reason := queries.why_not(notice):
            move(notice, "stop", because=reason)
            return False
        if notice.state == states.HELD:
            notice.state = states.NOTICE.after(notice.state, "release")
        notice.attempts += 1
        notice.message_id = notice.message_id or mail.message_id_of(notice.public_id)
        move(notice, "begin")
    return True


def _send(public_id: str, connection: BaseEmailBackend) -> None:
    """Send under the row's lock, and write how it ended."""
    with transaction.atomic():
        notice = _locked(public_id)
        if notice is None or notice.state != states.SENDING or _is_no_longer_wanted(notice):
            return
        letter = letters.letter(
            notice.template, notice.facts, language=notice.language, discreet=notice.discreet
        )
        try:
            mail.send(
                connection,
                letter,
                to=notice.to.text,
                message_id=notice.message_id,
                written_at=notice.posted_at,
            )
        except mail.NotDelivered as failure:
            _fail(notice, failure)
        else:
            move(notice, "deliver")


def _is_no_longer_wanted(notice: Notice) -> bool:
    """Stop it, or let it wait for a safe hour; tell whether that was so."""
    if reason := queries.why_not(notice):
        move(notice, "stop", because=reason)
        return True
    due = safe_due(notice.matter, time_source.now())
    if due <= time_source.now():
        return False
    _wait(notice, "wait", due)
    return True


def safe_due(matter: str, moment: datetime) -> datetime:
    """Return the moment, or the next safe one of a matter."""
    preference = queries.preference_of(matter)
    return rules.next_safe(moment, preference.safe_hours if preference else None)


def _fail(notice: Notice, failure: mail.NotDelivered) -> None:
    """Try again later, or give up."""
    now = time_source.now()
    if failure.for_good:
        move(notice, "reject", because=failure.code)
        return
    notice.give_up_at = notice.give_up_at or now + rules.PATIENCE
    again = job_rules.next_try(notice.attempts, now, notice.give_up_at)
    if again is None:
        notice.state = states.NOTICE.after(notice.state, "fail")
        move(notice, "give_up", because=failure.code)
    else:
        _wait(notice, "fail", safe_due(notice.matter, again), because=failure.code)


def _wait(notice: Notice, action: str, until: datetime, *, because: str = "") -> None:
    notice.due_at = until
    move(notice, action, because=because)
    enqueue(notice)


def _locked(public_id: str) -> Notice | None:
    return Notice.objects.select_for_update().filter(public_id=public_id).first()


def _tell(notice: Notice) -> None:
    """Log every move, and write what a matter's story needs into the trail."""
    log.info(
        "notice id=%s template=%s attempt=%d state=%s because=%s",
        *(notice.public_id, notice.template, notice.attempts, notice.state, notice.because or "-"),
    )
    if notice.state in {states.SENT, states.DEAD}:
        subject = Subject("access.matter", notice.matter) if notice.matter else subject_of(notice)
        payload = {"notice": notice.public_id, "purpose": notice.purpose, "because": notice.because}
        told = Note(payload={name: value for name, value in payload.items() if value})
        record(Entry(f"notices.{notice.state}", ACTOR.public_id, subject, told))
