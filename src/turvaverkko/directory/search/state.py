"""The one row of state: its lock, its revisions. Everything that writes the index begins here."""

import secrets

from turvaverkko.directory.search.models import IndexChange, IndexState

# Unit: changes. A process that slept through more of them reads the index anew.
_REMEMBERED_CHANGES = 500


def locked() -> IndexState:
    """The state, locked until the end of the caller's transaction."""
    IndexState.objects.get_or_create(pk=1)
    return IndexState.objects.select_for_update().get(pk=1)


def next_revision(state: IndexState) -> int:
    """Count one change; processes see it with the commit of the transaction."""
    state.revision += 1
    state.stamp = secrets.token_urlsafe(16)
    state.save(update_fields=["revision", "stamp"])
    IndexChange.objects.filter(revision__lte=max(state.revision - _REMEMBERED_CHANGES, 0)).delete()
    IndexChange.objects.update_or_create(revision=state.revision, defaults={"stamp": state.stamp})
    return state.revision


def reserved(state: IndexState, count: int) -> int:
    """The first of `count` entry numbers nobody else will get."""
    first = state.next_number
    state.next_number += count
    state.save(update_fields=["next_number"])
    return first
