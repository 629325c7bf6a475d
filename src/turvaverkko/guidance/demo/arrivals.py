"""When families write, and when the offices are open. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from turvaverkko.core import calendars
from turvaverkko.core.calendars import ONE_DAY
from turvaverkko.core.time_source import HELSINKI, to_local

# Unit: o'clock. When the guides of the story work.
OPENS: Final = time(8)
CLOSES: Final = time(16)
# Unit: office days. The promise of the example county; the story only aims by it, the commands count it.
PROMISED: Final = 3
# Unit: closings looked back and forward from the present.
SEEN: Final = 4
MINUTES_IN_HOUR: Final = 60


@dataclass(frozen=True, slots=True)
class Office:
    """The present of the story and the days on which the offices are open.

    Attributes:
        present: aware, in Finnish time; nothing happens after it.
        closed: the county's own closing days.
    """

    present: datetime
    closed: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Tell whether the offices are open on a day."""
        return calendars.is_office_day(day, closed=self.closed)

    def closings(self) -> list[date]:
        """Return the next days on which a promise can end with time left, the earliest first."""
        today = self.present.date()
        start = today if self.present.time() < CLOSES else today + ONE_DAY
        return [calendars.nth_day(start, nth, self.is_open) for nth in _offsets(start, self)]

    def past_closings(self) -> list[date]:
        """Return the latest days on which a promise has ended, the latest first."""
        day = self.present.date() if self.present.time() >= CLOSES else self.present.date() - ONE_DAY
        found: list[date] = []
        while len(found) < SEEN:
            if self.is_open(day):
                found.append(day)
            day -= ONE_DAY
        return found

    def is_at_work(self, moment: datetime) -> bool:
        """Tell whether the offices are open at a moment."""
        local = to_local(moment)
        return self.is_open(local.date()) and OPENS <= local.time() < CLOSES

    def at_work(self, moment: datetime, dice: Random) -> datetime:
        """Return the moment itself if the offices are open, else a moment of the next morning."""
        local = to_local(moment)
        if self.is_at_work(local):
            return local
        after = local.date() if local.time() < OPENS else local.date() + ONE_DAY
        day = calendars.nth_day(after, 0, self.is_open)
        return datetime.combine(day, OPENS, tzinfo=HELSINKI) + timedelta(minutes=dice.randrange(5, 200))


def _offsets(start: date, office: Office) -> range:
    """With n = 0 `nth_day` gives the first counting day from `start` on; from an office day 1 is the next."""
    return range(SEEN) if office.is_open(start) else range(1, SEEN + 1)


def between(dice: Random, shares: Mapping[str, Any], office: Office, nearest: int, farthest: int) -> datetime:
    """Return a moment some days ago, as the months, weekdays and hours weigh it."""
    days = [office.present.date() - timedelta(days=ago) for ago in range(nearest, farthest + 1)]
    return _moment(dice, shares, _weighed(dice, shares, days))


def due_on(dice: Random, shares: Mapping[str, Any], office: Office, closing: date) -> datetime:
    """Return a past moment whose promise ends on a day, or one just passed when no such moment has come."""
    days = [day for day in _days_before(closing, office) if day <= office.present.date()]
    received = _moment(dice, shares, _weighed(dice, shares, days)) if days else office.present
    latest = office.present - timedelta(minutes=dice.randrange(10, 200))
    return min(received, latest)


def _days_before(closing: date, office: Office) -> Iterator[date]:
    day = closing - ONE_DAY
    while calendars.count_days(day, closing, office.is_open) <= PROMISED:
        if calendars.nth_day(day, PROMISED, office.is_open) == closing:
            yield day
        day -= ONE_DAY


def _weighed(dice: Random, shares: Mapping[str, Any], days: list[date]) -> date:
    weights = [shares["months"][day.month] * shares["weekdays"][day.weekday()] for day in days]
    return dice.choices(days, weights=weights)[0]


def _moment(dice: Random, shares: Mapping[str, Any], day: date) -> datetime:
    hour = dice.choices(range(len(shares["hours"])), weights=shares["hours"])[0]
    at = time(hour, dice.randrange(MINUTES_IN_HOUR), dice.randrange(MINUTES_IN_HOUR))
    return datetime.combine(day, at, tzinfo=HELSINKI)
