"""The writer that `core.commands` calls: entries and keys, inside the command's transaction."""

from collections.abc import Mapping
from typing import Any

from turvaverkko.core.commands import Entry
from turvaverkko.core.replay import IdempotencyConflict, KeyUse
from turvaverkko.trail import services
from turvaverkko.trail.models import IdempotencyKey


class TrailWriter:
    """Keeps the trail in the main database: an entry stands and falls with what it tells of."""

    def write(self, entry: Entry) -> None:
        """Write one entry."""
        services.record(entry)

    def claim(self, use: KeyUse) -> Mapping[str, Any] | None:
        """Take a key, or return the result of its first use.

        Two senders at once: the second waits at the unique constraint until the first has committed.

        Raises:
            IdempotencyConflict: the key was used with other content.
        """
        kept, is_new = IdempotencyKey.objects.get_or_create(
            command=use.command, actor=use.actor, key=use.key, defaults={"fingerprint": use.fingerprint}
        )
        if is_new:
            return None
        if kept.fingerprint != use.fingerprint:
            raise IdempotencyConflict
        result: Mapping[str, Any] | None = kept.result
        return result

    def keep(self, use: KeyUse, result: Mapping[str, Any]) -> None:
        """Keep the result of a claimed key."""
        mine = IdempotencyKey.objects.filter(command=use.command, actor=use.actor, key=use.key)
        mine.update(result=result)
