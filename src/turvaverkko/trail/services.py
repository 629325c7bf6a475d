"""Writes of the trail."""

from datetime import timedelta
from typing import Final

from turvaverkko.core import time_source
from turvaverkko.core.commands import Entry
from turvaverkko.trail import payload
from turvaverkko.trail.models import Audience, IdempotencyKey, LogEntry

# Unit: days. Source: own default; a page left open over a week is sent anew.
KEYS_KEPT: Final = timedelta(days=7)


def record(entry: Entry) -> LogEntry:
    """Write one entry. Commands call it by themselves; call it for what no command does.

    Raises:
        FreeText: something in it is neither an id nor a code.
        ValueError: the audience is not one of `Audience`.
    """
    note = entry.note
    return LogEntry.objects.create(
        kind=payload.checked_code("kind", entry.kind),
        subject_kind=entry.subject.kind if entry.subject else "",
        subject_id=payload.checked_code("subject", entry.subject.public_id) if entry.subject else "",
        actor=payload.checked_code("actor", entry.actor),
        acting_for=payload.checked_code("acting_for", note.acting_for),
        unit=payload.checked_code("unit", note.unit),
        reason=payload.checked_code("reason", note.reason),
        payload=payload.checked(note.payload),
        audience=Audience(note.audience or Audience.STAFF),
        controller=payload.checked_code("controller", note.controller),
    )


def forget_old_keys() -> int:
    """Delete the keys of sendings older than `KEYS_KEPT`; return how many."""
    deleted, _by_model = IdempotencyKey.objects.filter(made_at__lt=time_source.now() - KEYS_KEPT).delete()
    return deleted
