"""When a period began: every so often, or daily at a time on Finnish walls. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Protocol

from turvaverkko.core.jobs.rules import LONGEST_PERIOD
from turvaverkko.core.time_source import HELSINKI, local_day

EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)


class Rhythm(Protocol):
    """What the scheduler asks of a rhythm."""

    @property
    def length(self) -> timedelta:
        """How long a period usually is."""

    def latest(self, now: datetime) -> datetime:
        """Return the moment (UTC) at which the present period began."""


@dataclass(frozen=True, slots=True)
class Every:
    """Every so often, counted in elapsed time, so that daylight saving changes nothing.

    Raises:
        ValueError: the length is under a second or over `LONGEST_PERIOD`.

    Examples:
        >>> Every(timedelta(minutes=15)).latest(datetime(2026, 11, 22, 13, 44, tzinfo=UTC)).isoformat()
        '2026-11-22T13:30:00+00:00'
    """

    length: timedelta

    def __post_init__(self) -> None:
        if not timedelta(seconds=1) <= self.length <= LONGEST_PERIOD:
            message = f"A period lasts from one second to {LONGEST_PERIOD.days} days."
            raise ValueError(message)

    def latest(self, now: datetime) -> datetime:
        """Return the latest whole number of lengths since the year 2000."""
        return now.astimezone(UTC) - (now - EPOCH) % self.length

    def __str__(self) -> str:
        return f"every {self.length}"


@dataclass(frozen=True, slots=True)
class Daily:
    """Once on every Finnish day.

    A time that the spring night leaves out is an hour later on the wall (the same time after midnight);
    of a time that the autumn night has twice, the first counts.

    Examples:
        >>> Daily(time(3, 30)).latest(datetime(2026, 3, 29, 12, tzinfo=UTC)).astimezone(HELSINKI).isoformat()
        '2026-03-29T04:30:00+03:00'
    """

    at: time

    @property
    def length(self) -> timedelta:
        """A day."""
        return timedelta(days=1)

    def latest(self, now: datetime) -> datetime:
        """Return today's moment, or yesterday's while today's is to come."""
        day = local_day(now)
        today = self._on(day)
        # Compared in UTC: moments of one zone are compared by their walls, which the autumn night has twice.
        return today if today <= now.astimezone(UTC) else self._on(day - timedelta(days=1))

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, self.at, HELSINKI).astimezone(UTC)

    def __str__(self) -> str:
        return f"daily at {self.at:%H:%M}"
