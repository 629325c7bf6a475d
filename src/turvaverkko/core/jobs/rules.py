"""How long a lease, a wait and a memory last. Pure."""

from datetime import datetime, timedelta
from typing import Final

# Source: own default. A worker that died is noticed after at most this long; a living one extends it in time.
LEASE: Final = timedelta(seconds=60)
# Source: own default. The waits double: 5, 10, 20 s … 43 min, then an hour each.
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(hours=1)
# Counted from the first failure. Source: a provider's outage of a day, and a night more.
PATIENCE: Final = timedelta(hours=36)
# Source: own default. A job done is remembered this long, and with it its key.
DONE_KEPT: Final = timedelta(days=30)
# A period is known by the key of its job, so no period may be longer than a key is remembered.
LONGEST_PERIOD: Final = timedelta(days=28)


def wait_after(attempts: int, *, longest: timedelta = LONGEST_WAIT) -> timedelta:
    """Return how long to wait after the failure of attempt number `attempts` (1, 2, 3 …).

    Examples:
        >>> [wait_after(n).total_seconds() for n in (1, 2, 3, 10, 11, 50)]
        [5.0, 10.0, 20.0, 2560.0, 3600.0, 3600.0]
    """
    doublings = min(attempts - 1, 20)  # far beyond the longest wait
    doubled: timedelta = FIRST_WAIT * 2**doublings
    return min(doubled, LONGEST_WAIT, longest)


def next_try(
    attempts: int, now: datetime, give_up_at: datetime, *, longest: timedelta = LONGEST_WAIT
) -> datetime | None:
    """Return when to try again, or None when patience is at its end."""
    return None if now >= give_up_at else now + wait_after(attempts, longest=longest)
