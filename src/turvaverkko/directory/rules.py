"""Rules of the directory. Pure: no database, no web; the day comes in as a value."""

from datetime import date, timedelta
from typing import Final, Literal

from turvaverkko.core.calendars import add_calendar_days, add_months

# Of whose word the confirmation is: the three kinds that age at different speeds.
Confirmer = Literal["meeting-place", "ngo", "public"]

# Unit: calendar months from the day of the last confirmation.
# Source: design WORKFLOWS, Listing (own defaults). The national catalogue warns after 15 months and
# archives after 18, which is far too slow for what families walk to with a pram.
CONFIRM_EVERY: Final[dict[Confirmer, int]] = {"meeting-place": 3, "ngo": 6, "public": 12}
# Unit: calendar days after the last date of a series of happenings. Source: design WORKFLOWS, Listing.
CONFIRM_SERIES_WITHIN: Final = 30
# How many criteria a meeting place is assessed by. Source: the national criteria of meeting places as
# the county pack counts them (`criteria_met` of 10); the assessment itself is not copied here.
NATIONAL_CRITERIA: Final = 10
# Organisations whose listings age at the speed of voluntary work.
VOLUNTARY_KINDS: Final = frozenset({"ngo", "parish"})
# Unit: days since the last change of a basket. Source: own default, as the cookies page says.
BASKET_KEPT: Final = timedelta(days=30)
# The age "expecting" has no years: it is met by the life situation of pregnancy.
EXPECTING: Final = "odotus"
EXPECTING_SITUATION: Final = "odotus-ja-vauva"


def confirmer(organisation_kind: str, *, is_meeting_place: bool = False) -> Confirmer:
    """Return at which speed a listing ages.

    Examples:
        >>> confirmer("ngo"), confirmer("county"), confirmer("ngo", is_meeting_place=True)
        ('ngo', 'public', 'meeting-place')
    """
    if is_meeting_place:
        return "meeting-place"
    return "ngo" if organisation_kind in VOLUNTARY_KINDS else "public"


def confirmation_due(confirmed_on: date, by: Confirmer) -> date:
    """Return the last day on which the listing still counts as confirmed.

    Examples:
        >>> confirmation_due(date(2026, 11, 30), "meeting-place")
        datetime.date(2027, 2, 28)
    """
    return add_months(confirmed_on, CONFIRM_EVERY[by])


def series_confirmation_due(last_date: date) -> date:
    """Return the day by which a series of happenings is confirmed anew or put away.

    Examples:
        >>> series_confirmation_due(date(2026, 12, 1))
        datetime.date(2026, 12, 31)
    """
    return add_calendar_days(last_date, CONFIRM_SERIES_WITHIN)


def is_stale(confirmed_on: date | None, by: Confirmer, today: date) -> bool:
    """Tell whether the confirmation is too old, or was never given.

    Examples:
        >>> is_stale(date(2026, 8, 22), "meeting-place", date(2026, 11, 22))
        False
        >>> is_stale(date(2026, 8, 22), "meeting-place", date(2026, 11, 23))
        True
    """
    return confirmed_on is None or today > confirmation_due(confirmed_on, by)


def suits_age(age: int, youngest: int | None, oldest: int | None) -> bool:
    """Tell whether a service with these ages is for somebody of `age` years; no limit suits everybody.

    Examples:
        >>> suits_age(12, 3, 12), suits_age(13, 3, 12), suits_age(40, None, None)
        (True, False, True)
    """
    return (youngest is None or youngest <= age) and (oldest is None or age <= oldest)


def ages_meet(youngest: int | None, oldest: int | None, from_age: int | None, to_age: int | None) -> bool:
    """Tell whether two ranges of years have an age in common; an open end is no limit.

    Examples:
        >>> ages_meet(3, 12, 12, 17), ages_meet(0, 2, 3, 6), ages_meet(None, 6, 3, None)
        (True, False, True)
    """
    starts_in_time = youngest is None or to_age is None or youngest <= to_age
    lasts_long_enough = oldest is None or from_age is None or from_age <= oldest
    return starts_in_time and lasts_long_enough
