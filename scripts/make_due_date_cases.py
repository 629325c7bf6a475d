"""Write the table of worked due dates, 2024-2030, against which the calendars are tested.

    python scripts/make_due_date_cases.py            # writes the table
    python scripts/make_due_date_cases.py --check    # says whether the committed table is the same

It must not share a mistake with what it tests: the holidays below are typed from the Finnish almanac, year
by year, and the days are counted one at a time. Nothing of turvaverkko and no holiday library is imported.
"""

import argparse
import csv
import io
import sys
from datetime import date, timedelta
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src/turvaverkko/core/tests/cases/due_dates_2024_2030.csv"

# Typed from the almanac. Fixed days (New Year 1.1., Epiphany 6.1., May Day 1.5., Independence 6.12.,
# Christmas 25.12. and 26.12.) are written out too, so that each year can be read as it is printed.
PUBLIC_HOLIDAYS = {
    2024: "1.1. 6.1. 29.3. 31.3. 1.4. 1.5. 9.5. 19.5. 22.6. 2.11. 6.12. 25.12. 26.12.",
    2025: "1.1. 6.1. 18.4. 20.4. 21.4. 1.5. 29.5. 8.6. 21.6. 1.11. 6.12. 25.12. 26.12.",
    2026: "1.1. 6.1. 3.4. 5.4. 6.4. 1.5. 14.5. 24.5. 20.6. 31.10. 6.12. 25.12. 26.12.",
    2027: "1.1. 6.1. 26.3. 28.3. 29.3. 1.5. 6.5. 16.5. 26.6. 6.11. 6.12. 25.12. 26.12.",
    2028: "1.1. 6.1. 14.4. 16.4. 17.4. 1.5. 25.5. 4.6. 24.6. 4.11. 6.12. 25.12. 26.12.",
    2029: "1.1. 6.1. 30.3. 1.4. 2.4. 1.5. 10.5. 20.5. 23.6. 3.11. 6.12. 25.12. 26.12.",
    2030: "1.1. 6.1. 19.4. 21.4. 22.4. 1.5. 30.5. 9.6. 22.6. 2.11. 6.12. 25.12. 26.12.",
    2031: "1.1. 6.1. 11.4. 13.4. 14.4. 1.5. 22.5. 1.6. 21.6. 1.11. 6.12. 25.12. 26.12.",
}
# Midsummer Eve and Christmas Eve.
EVES = {
    2024: "21.6. 24.12.",
    2025: "20.6. 24.12.",
    2026: "19.6. 24.12.",
    2027: "25.6. 24.12.",
    2028: "23.6. 24.12.",
    2029: "22.6. 24.12.",
    2030: "21.6. 24.12.",
    2031: "20.6. 24.12.",
}
# Made up for the table (no municipality's own): autumn, Christmas, winter and summer break of each year.
SCHOOL_BREAKS = {
    2024: ("4.3.-8.3.", "3.6.-7.8.", "21.10.-25.10.", "23.12.-31.12."),
    2025: ("1.1.-6.1.", "3.3.-7.3.", "2.6.-6.8.", "20.10.-24.10.", "22.12.-31.12."),
    2026: ("1.1.-6.1.", "2.3.-6.3.", "1.6.-5.8.", "19.10.-23.10.", "21.12.-31.12."),
    2027: ("1.1.-8.1.", "1.3.-5.3.", "7.6.-10.8.", "18.10.-22.10.", "20.12.-31.12."),
    2028: ("1.1.-7.1.", "6.3.-10.3.", "5.6.-9.8.", "16.10.-20.10.", "20.12.-31.12."),
    2029: ("1.1.-7.1.", "5.3.-9.3.", "4.6.-8.8.", "15.10.-19.10.", "21.12.-31.12."),
    2030: ("1.1.-6.1.", "4.3.-8.3.", "3.6.-7.8.", "21.10.-25.10.", "23.12.-31.12."),
    2031: ("1.1.-6.1.", "3.3.-7.3."),
}
# Days on which the county shuts its offices by its own decision; made up as well.
OWN_CLOSING_DAYS = {2025: "2.5.", 2026: "15.5. 28.12.", 2028: "26.5.", 2030: "31.5."}

# What the rules count in each calendar (3 office days, 7 working days, ...), and shorter and longer runs.
LENGTHS = {
    "working_days": (1, 3, 7, 10),
    "office_days": (1, 2, 3, 5),
    "school_days": (1, 7),
    "calendar_days": (14, 28),
    "months": (1, 3, 12),
}


def day_of(text: str, year: int) -> date:
    """Return the day that "24.12." means in a year."""
    day, month, _ = text.split(".")
    return date(year, int(month), int(day))


def days_of(typed: dict[int, str]) -> set[date]:
    """Return every day of a typed list."""
    return {day_of(text, year) for year, texts in typed.items() for text in texts.split()}


HOLIDAYS = days_of(PUBLIC_HOLIDAYS)
EVE_DAYS = days_of(EVES)
CLOSED = days_of(OWN_CLOSING_DAYS)
BREAKS = [
    (day_of(text.split("-")[0], year), day_of(text.split("-")[1], year))
    for year, texts in SCHOOL_BREAKS.items()
    for text in texts
]


def counts(day: date, calendar: str) -> bool:
    """Tell whether a day counts in a calendar."""
    if calendar == "calendar_days":
        return True
    if day.isoweekday() in {6, 7} or day in HOLIDAYS:
        return False
    if calendar == "working_days":
        return True
    if day in EVE_DAYS:
        return False
    if calendar == "office_days":
        return day not in CLOSED
    return not any(first <= day <= last for first, last in BREAKS)


def due(start: date, length: int, calendar: str) -> tuple[date, int]:
    """Return the due day and how many days were left out, counting one day at a time."""
    if calendar == "months":
        return months_later(start, length), 0
    day, counted, left_out = start, 0, 0
    while counted < length:
        day += timedelta(days=1)
        if counts(day, calendar):
            counted += 1
        else:
            left_out += 1
    return day, left_out


def months_later(start: date, length: int) -> date:
    """Return the day of the same number, stepping month by month; the month's last day if there is none."""
    year, month = start.year, start.month
    for _ in range(length):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = start.day
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def starts() -> list[tuple[date, str]]:
    """Return the days from which runs are counted, each with the reason why it is interesting."""
    chosen: list[tuple[date, str]] = []
    for year in range(2024, 2031):
        easter = next(
            day for day in sorted(HOLIDAYS) if day.year == year and day.isoweekday() == 7 and day.month > 1
        )
        midsummer_eve = day_of(EVES[year].split()[0], year)
        chosen += [
            (easter - timedelta(days=3), "before Easter"),
            (easter, "Easter Day"),
            (date(year, 4, 30), "before May Day"),
            (easter + timedelta(days=38), "before Ascension Day"),
            (midsummer_eve - timedelta(days=1), "before Midsummer Eve"),
            (midsummer_eve, "Midsummer Eve"),
            (date(year, 10, 14), "before the autumn break"),
            (date(year, 12, 5), "before Independence Day"),
            (date(year, 12, 23), "before Christmas"),
            (date(year, 12, 31), "New Year's Eve"),
            (date(year, 1, 5), "before Epiphany"),
            (date(year, 2, 28), "end of February"),
            (date(year, 11, 30), "end of November"),
            (date(year, 8, 31), "end of August"),
            (date(year, 9, 14), "an ordinary week"),
        ]
    chosen += [(date(2024, 2, 29), "leap day"), (date(2028, 2, 29), "leap day")]
    return sorted(chosen)


def table() -> str:
    """Return the whole table as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["calendar", "start", "length", "due", "left_out", "why"])
    for start, why in starts():
        for calendar, lengths in LENGTHS.items():
            for length in lengths:
                end, left_out = due(start, length, calendar)
                writer.writerow([calendar, start.isoformat(), length, end.isoformat(), left_out, why])
    return out.getvalue()


def main() -> int:
    """Write the table, or compare it with the committed one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say whether the table is up to date")
    if parser.parse_args().check:
        same = TABLE.exists() and TABLE.read_text() == table()
        print("The table is up to date." if same else f"{TABLE} differs: run this script without --check.")
        return 0 if same else 1
    TABLE.write_text(table())
    print(f"{TABLE}: {len(table().splitlines()) - 1} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
