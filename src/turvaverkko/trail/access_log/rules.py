"""Limits of the access log. Pure."""

from datetime import datetime, timedelta
from typing import Final

# Unit: hours. A seal is anchored by the next round, a row sealed by it; later than this somebody must look.
LATEST_ANCHORED: Final = 1
# Unit: hours. Clocks of two machines may differ; a seal further ahead was not made by a clock.
CLOCKS_DIFFER: Final = 24


def erasable_before(moment: datetime, years: int) -> datetime:
    """Return the moment before which rows may be erased when they are kept for `years`.

    Source: use and disclosure logs of client data are kept 12 years (703/2023; *check*); a county's setting.

    Examples:
        >>> from datetime import UTC
        >>> erasable_before(datetime(2040, 2, 29, 12, tzinfo=UTC), 11).isoformat()
        '2029-02-28T12:00:00+00:00'
    """
    try:
        return moment.replace(year=moment.year - years)
    except ValueError:
        return moment.replace(year=moment.year - years, day=28)


def is_overdue(since: datetime, moment: datetime) -> bool:
    """Tell whether something waiting for seal or anchor since then has waited too long."""
    return moment - since > timedelta(hours=LATEST_ANCHORED)


def is_ahead_of_time(sealed_at: datetime, moment: datetime) -> bool:
    """Tell whether a seal claims to be made later than any clock of ours can show."""
    return sealed_at - moment > timedelta(hours=CLOCKS_DIFFER)
