"""The only place that asks what time it is.

Everything else takes the time from here, so that a test, the demo data and a report of a past day
can all be run "as of" a moment. The linter refuses the other ways of asking. Only a demo can move it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

# The county lives in Finland: days, office hours and deadlines are counted in Finnish time.
HELSINKI = ZoneInfo("Europe/Helsinki")
_moved: Final[ContextVar[datetime | None]] = ContextVar("moved", default=None)


class TimeStays(RuntimeError):
    """Somebody wanted to move time where real families are: nothing is dated otherwise than it happened."""


def now() -> datetime:
    """Return the present moment, aware, in UTC (the form in which moments are stored)."""
    return _moved.get() or datetime.now(UTC)  # noqa: TID251 - this is the one place


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let it be a past moment inside the block, and stand still: for the example data of a demo.

    Only this thread of doing sees it. Blocks may stand inside each other.

    Raises:
        TimeStays: this is no demo, or the moment is yet to come.
        ValueError: the moment has no time zone.
    """
    local = to_local(moment)
    if not settings.DEMO or local > datetime.now(UTC):  # noqa: TID251 - the real present
        raise TimeStays
    token = _moved.set(local.astimezone(UTC))
    try:
        yield
    finally:
        _moved.reset(token)


def local_now() -> datetime:
    """Return the present moment, aware, as a wall in Finland shows it."""
    return to_local(now())


def today() -> date:
    """Return the present day in Finland; near midnight it differs from the day in UTC."""
    return local_now().date()


def to_local(moment: datetime) -> datetime:
    """Return `moment` in Finnish time.

    Raises:
        ValueError: the moment has no time zone, so it cannot be placed.

    Examples:
        >>> to_local(datetime(2026, 12, 23, 22, 30, tzinfo=UTC)).isoformat()
        '2026-12-24T00:30:00+02:00'
    """
    if moment.tzinfo is None:
        message = "A moment without a time zone cannot be placed in Finland."
        raise ValueError(message)
    return moment.astimezone(HELSINKI)


def local_day(moment: date | datetime) -> date:
    """Return the Finnish day of a moment; a plain date is already one.

    Examples:
        >>> local_day(datetime(2026, 12, 23, 22, 30, tzinfo=UTC))
        datetime.date(2026, 12, 24)
        >>> local_day(date(2026, 12, 23))
        datetime.date(2026, 12, 23)
    """
    if isinstance(moment, datetime):
        return to_local(moment).date()
    return moment
