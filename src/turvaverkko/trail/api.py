"""The door of `trail`: how other apps write and read entries.

Commands write by themselves (`core.commands`); `record` is for what no command does.
"""

from turvaverkko.trail.models import Audience, LogEntry
from turvaverkko.trail.queries import entries_for, latest_entries
from turvaverkko.trail.services import record

__all__ = ["Audience", "LogEntry", "entries_for", "latest_entries", "record"]
