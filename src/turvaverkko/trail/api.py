"""The door of `trail`: how other apps write and read entries.

Commands write by themselves (`core.commands`); `record` is for what no command does. Who shows data of a
family takes the rows from `shown`, or calls `looked` in the transaction in which it read them.
"""

from turvaverkko.trail.access_log.models import AccessEntry, Look
from turvaverkko.trail.access_log.queries import looks_at, looks_at_subject, looks_of
from turvaverkko.trail.access_log.writing import Touched, looked, shown
from turvaverkko.trail.models import Audience, LogEntry
from turvaverkko.trail.queries import entries_for, latest_entries
from turvaverkko.trail.services import record

__all__ = [
    "AccessEntry",
    "Audience",
    "LogEntry",
    "Look",
    "Touched",
    "entries_for",
    "latest_entries",
    "looked",
    "looks_at",
    "looks_at_subject",
    "looks_of",
    "record",
    "shown",
]
