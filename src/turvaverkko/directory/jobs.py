"""What the clock does to happenings: their times are laid out anew, and what is over is found no more."""

from datetime import time
from typing import Final

from django_tasks import task

from turvaverkko.core.jobs import daily
from turvaverkko.core.rows import locked
from turvaverkko.directory.laying_out import lay_out
from turvaverkko.directory.models import Happening
from turvaverkko.directory.search import api as search

# Unit: happenings. A job is one transaction, during which nobody else writes an embedded database.
AT_ONCE: Final = 20


@task
def lay_out_happenings(after: int = 0) -> None:
    """Write the times of published happenings anew: school breaks may have changed. Another job goes on."""
    published = Happening.objects.filter(state=Happening.State.PUBLISHED, pk__gt=after)
    rows = list(published.order_by("pk")[:AT_ONCE])
    for happening in rows:
        lay_out(locked(happening))
    for happening in rows:
        search.index_entry(f"happening/{happening.slug}")
    if len(rows) == AT_ONCE:
        lay_out_happenings.enqueue(rows[-1].pk)


daily(time(3, 20), lay_out_happenings, name="directory.lay_out_happenings")
