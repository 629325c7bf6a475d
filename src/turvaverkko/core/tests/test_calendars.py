import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import make_due_date_cases as worked
from turvaverkko.core import almanac, calendars
from turvaverkko.core.calendars import DayTest

ANY_DAY = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))
A_FEW = st.integers(min_value=1, max_value=30)
CLOSED = st.frozensets(st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)), max_size=20)
SUMMER = (date(2026, 6, 1), date(2026, 8, 9))
COUNTS: dict[str, DayTest] = {
    "working_days": calendars.is_working_day,
    "office_days": calendars.office_days(worked.CLOSED),
    "school_days": calendars.school_days(worked.BREAKS),
    "calendar_days": calendars.every_day,
}
ADDERS: dict[str, Callable[[date, int], date]] = {
    "working_days": calendars.add_working_days,
    "office_days": lambda start, n: calendars.add_office_days(start, n, closed=worked.CLOSED),
    "school_days": lambda start, n: calendars.add_school_days(start, n, breaks=worked.BREAKS),
    "calendar_days": calendars.add_calendar_days,
    "months": calendars.add_months,
}
EACH_CALENDAR = pytest.mark.parametrize("calendar", list(COUNTS))
CASES = list(csv.DictReader(worked.TABLE.read_text().splitlines()))


def test_every_worked_case_has_the_due_day_that_was_counted_by_hand() -> None:
    wrong = [
        case
        for case in CASES
        if ADDERS[case["calendar"]](date.fromisoformat(case["start"]), int(case["length"]))
        != date.fromisoformat(case["due"])
    ]
    assert len(CASES) > 1000
    assert wrong == []


def test_the_days_left_out_are_as_many_as_counted_by_hand() -> None:
    for case in CASES:
        if case["calendar"] != "months":
            start, due = date.fromisoformat(case["start"]), date.fromisoformat(case["due"])
            left_out = calendars.days_left_out(start, due, COUNTS[case["calendar"]])
            assert len(left_out) == int(case["left_out"]), case


def test_the_committed_table_is_what_the_script_writes() -> None:
    assert worked.TABLE.read_text() == worked.table()


def test_the_script_of_the_table_imports_nothing_that_it_tests() -> None:
    source = Path(worked.__file__).read_text()
    imports = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert imports
    assert not any(name in line for line in imports for name in ("turvaverkko", "holidays", "django"))


@pytest.mark.parametrize("year", range(2024, 2032))
def test_the_library_agrees_with_the_almanac_and_its_eves_are_kept_apart(year: int) -> None:
    assert almanac.public_holidays(year) == {day for day in worked.HOLIDAYS if day.year == year}
    assert almanac.eves(year) == {day for day in worked.EVE_DAYS if day.year == year}


@pytest.mark.parametrize(
    ("day", "working", "office", "school"),
    [
        pytest.param("2026-12-24", True, False, False, id="Christmas Eve counts only by statute"),
        pytest.param("2026-06-19", True, False, False, id="Midsummer Eve counts only by statute"),
        pytest.param("2026-12-25", False, False, False, id="Christmas Day"),
        pytest.param("2026-12-31", True, True, True, id="New Year's Eve is a day like others"),
        pytest.param("2026-05-01", False, False, False, id="May Day"),
        pytest.param("2028-12-06", False, False, False, id="Independence Day on a Wednesday"),
        pytest.param("2026-05-14", False, False, False, id="Ascension Day"),
        pytest.param("2026-01-06", False, False, False, id="Epiphany on a Tuesday"),
        pytest.param("2026-11-21", False, False, False, id="Saturday"),
        pytest.param("2026-11-23", True, True, True, id="Monday"),
    ],
)
def test_three_calendars_differ_on_the_eves(day: str, working: bool, office: bool, school: bool) -> None:
    when = date.fromisoformat(day)
    assert calendars.is_working_day(when) is working
    assert calendars.is_office_day(when) is office
    assert calendars.is_school_day(when) is school


@pytest.mark.parametrize(
    ("start", "due"),
    [
        pytest.param("2026-11-24", "2026-12-03", id="the handbook: Tuesday -> Thursday of the next week"),
        pytest.param("2026-06-15", "2026-06-24", id="Midsummer Eve counts, Midsummer Day does not"),
        pytest.param("2026-12-18", "2026-12-30", id="Christmas Eve counts, Christmas Day does not"),
        pytest.param("2026-11-21", "2026-12-01", id="arrived on a Saturday: Monday is the first day"),
    ],
)
def test_seven_working_days_of_the_child_welfare_act(start: str, due: str) -> None:
    assert calendars.add_working_days(date.fromisoformat(start), 7) == date.fromisoformat(due)


def test_the_countys_own_closing_day_is_left_out_of_its_promise() -> None:
    assert calendars.add_office_days(date(2026, 12, 23), 3) == date(2026, 12, 30)
    closed = {date(2026, 12, 28)}
    assert calendars.add_office_days(date(2026, 12, 23), 3, closed=closed) == date(2026, 12, 31)


def test_a_wish_sent_in_the_summer_break_waits_for_the_first_school_days() -> None:
    assert calendars.add_school_days(date(2026, 7, 1), 7, breaks=[SUMMER]) == date(2026, 8, 18)


def test_breaks_that_leave_no_school_day_are_told_instead_of_searched_for_ever() -> None:
    forever = (date(2020, 1, 1), date(2060, 1, 1))
    with pytest.raises(calendars.NoDayFound):
        calendars.add_school_days(date(2026, 7, 1), 1, breaks=[forever])


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        pytest.param("2026-11-30", 3, "2027-02-28", id="no 30 February"),
        pytest.param("2027-11-30", 3, "2028-02-29", id="leap year"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="a year after a leap day"),
        pytest.param("2026-12-31", 1, "2027-01-31", id="over New Year"),
        pytest.param("2026-08-31", 1, "2026-09-30", id="no 31 September"),
        pytest.param("2026-08-31", 0, "2026-08-31", id="no month"),
    ],
)
def test_months_end_on_the_day_of_the_same_number(start: str, months: int, due: str) -> None:
    assert calendars.add_months(date.fromisoformat(start), months) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        pytest.param("2026-12-24", "2026-12-28", id="Christmas Eve, over the whole of Christmas"),
        pytest.param("2026-06-19", "2026-06-22", id="Midsummer Eve"),
        pytest.param("2026-11-21", "2026-11-23", id="Saturday"),
        pytest.param("2026-05-01", "2026-05-04", id="May Day"),
        pytest.param("2026-11-23", "2026-11-23", id="an ordinary Monday stays"),
    ],
)
def test_a_last_day_at_an_authority_moves_off_a_day_on_which_it_is_shut(day: str, moved: str) -> None:
    assert calendars.last_day_moved(date.fromisoformat(day)) == date.fromisoformat(moved)


@EACH_CALENDAR
def test_counting_backwards_is_refused(calendar: str) -> None:
    with pytest.raises(ValueError, match="forwards"):
        ADDERS[calendar](date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="forwards"):
        calendars.add_months(date(2026, 1, 1), -1)


@EACH_CALENDAR
@given(day=ANY_DAY, n=A_FEW)
def test_a_due_day_is_always_a_day_of_its_calendar(calendar: str, day: date, n: int) -> None:
    assert COUNTS[calendar](ADDERS[calendar](day, n))


@EACH_CALENDAR
@given(day=ANY_DAY, n=A_FEW)
def test_adding_n_days_and_counting_them_gives_n(calendar: str, day: date, n: int) -> None:
    assert calendars.count_days(day, ADDERS[calendar](day, n), COUNTS[calendar]) == n


@EACH_CALENDAR
@given(day=ANY_DAY, n=A_FEW)
def test_a_later_start_is_never_due_earlier(calendar: str, day: date, n: int) -> None:
    add = ADDERS[calendar]
    assert add(day, n) <= add(day + timedelta(days=1), n)
    assert add(day, n) < add(day, n + 1)


@given(day=ANY_DAY, n=st.integers(min_value=0, max_value=60))
def test_months_are_monotone_and_never_skip_a_month(day: date, n: int) -> None:
    due = calendars.add_months(day, n)
    assert due <= calendars.add_months(day + timedelta(days=1), n)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == n


@given(day=st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31)), n=A_FEW, closed=CLOSED)
def test_closing_days_only_ever_delay_a_promise(day: date, n: int, closed: frozenset[date]) -> None:
    due = calendars.add_office_days(day, n, closed=closed)
    assert due not in closed
    assert due >= calendars.add_office_days(day, n) >= calendars.add_working_days(day, n)
    assert calendars.count_office_days(day, due, closed=closed) == n


@given(day=ANY_DAY)
def test_zero_days_mean_the_first_day_from_the_start_on(day: date) -> None:
    due = calendars.add_working_days(day, 0)
    assert due == day if calendars.is_working_day(day) else due > day
    assert calendars.count_working_days(due, due) == 0


def test_school_days_are_counted_like_the_others() -> None:
    assert calendars.count_school_days(date(2026, 5, 29), date(2026, 8, 10), breaks=[SUMMER]) == 1
