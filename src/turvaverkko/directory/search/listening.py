"""What is published or changed is found at once: the index hears of it inside the same transaction."""

from turvaverkko.directory.messages import ListingChanged
from turvaverkko.directory.search.documents import entry_now
from turvaverkko.directory.search.services import index_entry, remove_entry


def index_anew(changed: ListingChanged) -> None:
    """Write the entry of a listing as it is now, or take it out when it is public no longer."""
    entry = entry_now(changed.key)
    if entry is None:
        remove_entry(changed.key)
    else:
        index_entry(entry)
