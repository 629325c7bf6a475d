"""One sentence that explains a due date, in the reader's language.

"Pyyntö tuli keskiviikkona 23.12.2026. Kolmas toimistopäivä on 30.12.2026, koska 24.–27.12. eivät ole
toimistopäiviä." The opening is the caller's, because only the caller knows what arrived.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext, gettext_noop, ngettext, pgettext

from turvaverkko.core.calendars import add_months
from turvaverkko.core.deadlines import Due, Unit

# "On Monday": the essive, from Monday on.
ON_WEEKDAY: Final = (
    gettext_noop("maanantaina"),
    gettext_noop("tiistaina"),
    gettext_noop("keskiviikkona"),
    gettext_noop("torstaina"),
    gettext_noop("perjantaina"),
    gettext_noop("lauantaina"),
    gettext_noop("sunnuntaina"),
)
# Words for the first ones; a longer count is written in figures ("14. toimistopäivä").
ORDINALS: Final = (
    gettext_noop("Ensimmäinen"),
    gettext_noop("Toinen"),
    gettext_noop("Kolmas"),
    gettext_noop("Neljäs"),
    gettext_noop("Viides"),
    gettext_noop("Kuudes"),
    gettext_noop("Seitsemäs"),
    gettext_noop("Kahdeksas"),
    gettext_noop("Yhdeksäs"),
    gettext_noop("Kymmenes"),
)
NTH_DAY: Final = {
    Unit.WORKING_DAYS: gettext_noop("%(nth)s arkipäivä on %(due)s"),
    Unit.OFFICE_DAYS: gettext_noop("%(nth)s toimistopäivä on %(due)s"),
    Unit.SCHOOL_DAYS: gettext_noop("%(nth)s koulupäivä on %(due)s"),
    Unit.CALENDAR_DAYS: gettext_noop("%(nth)s päivä on %(due)s"),
}


def explain(due: Due, *, opening: str | None = None) -> str:
    """Return why a thing is due on its day, including the days that were left out.

    Args:
        due: the due date to explain.
        opening: what began the run, already translated, to be followed by "on Monday …"; for instance
            `gettext("Pyyntö tuli")`.
    """
    began = gettext("%(opening)s %(on_weekday)s %(day)s.") % {
        "opening": opening or gettext("Määräaika alkoi"),
        "on_weekday": gettext(ON_WEEKDAY[due.start.weekday()]),
        "day": full_date(due.start),
    }
    sentences = [began, _ending(due)]
    if due.day != due.counted_day:
        moved = gettext("Viimeinen päivä siirtyy päivään %(day)s (laki 150/1930, 5 §).")
        sentences.append(moved % {"day": _with_time(due.day, due)})
    return " ".join(sentences)


def full_date(day: date) -> str:
    """Return a day as Finland writes it.

    Examples:
        >>> full_date(date(2026, 12, 3))
        '3.12.2026'
    """
    return f"{day.day}.{day.month}.{day.year}"


def runs_of_days(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of every run of days that follow each other.

    Examples:
        >>> [(a.day, b.day) for a, b in runs_of_days([date(2026, 12, d) for d in (24, 25, 27)])]
        [(24, 25), (27, 27)]
    """
    first: date | None = None
    last: date | None = None
    for day in days:
        if first is not None and last is not None and day - last > timedelta(days=1):
            yield first, last
            first = day
        first = first or day
        last = day
    if first is not None and last is not None:
        yield first, last


def listed_days(days: Sequence[date]) -> str:
    """Return days as one phrase, runs drawn together: "24.–27.12. ja 1.1."."""
    phrases = [_run(first, last) for first, last in runs_of_days(days)]
    if len(phrases) == 1:
        return phrases[0]
    comma = f"{pgettext('luettelossa', ',')} "
    return gettext("%(first)s ja %(last)s") % {"first": comma.join(phrases[:-1]), "last": phrases[-1]}


def _run(first: date, last: date) -> str:
    if first == last:
        return f"{first.day}.{first.month}."
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.\u2013{last.day}.{last.month}."
    return f"{first.day}.{first.month}.\u2013{last.day}.{last.month}."


def _ending(due: Due) -> str:
    if due.policy.unit is Unit.AT_ONCE:
        return gettext("Asia hoidetaan heti.")
    if due.policy.unit is Unit.MONTHS:
        return _months(due)
    return _days(due)


def _days(due: Due) -> str:
    amount = due.policy.amount
    nth = gettext(ORDINALS[amount - 1]) if amount <= len(ORDINALS) else _figure(amount)
    main = gettext(NTH_DAY[due.policy.unit]) % {"nth": nth, "due": _with_time(due.counted_day, due)}
    if due.policy.unit is Unit.CALENDAR_DAYS:
        return gettext("%(main)s; jokainen päivä lasketaan.") % {"main": main}
    if not due.left_out:
        return f"{main}."
    return gettext("%(main)s, koska %(reason)s.") % {"main": main, "reason": _reason(due)}


def _figure(amount: int) -> str:
    return pgettext("järjestysluku numeroin", "%(amount)s.") % {"amount": amount}


def _reason(due: Due) -> str:
    """Return "24.–27.12. eivät ole toimistopäiviä" in the policy's own calendar."""
    one = len(due.left_out) == 1
    texts = {
        Unit.WORKING_DAYS: (gettext("%(days)s ei ole arkipäivä"), gettext("%(days)s eivät ole arkipäiviä")),
        Unit.OFFICE_DAYS: (
            gettext("%(days)s ei ole toimistopäivä"),
            gettext("%(days)s eivät ole toimistopäiviä"),
        ),
        Unit.SCHOOL_DAYS: (gettext("%(days)s ei ole koulupäivä"), gettext("%(days)s eivät ole koulupäiviä")),
    }
    single, many = texts[due.policy.unit]
    return (single if one else many) % {"days": listed_days(due.left_out)}


def _months(due: Due) -> str:
    amount = due.policy.amount
    main = ngettext(
        "%(amount)s kuukauden määräaika päättyy %(due)s",
        "%(amount)s kuukauden määräaika päättyy %(due)s",
        amount,
    ) % {"amount": amount, "due": _with_time(due.counted_day, due)}
    if add_months(due.start, amount).day == due.start.day:
        return f"{main}."
    reason = gettext("siinä kuussa ei ole %(day)s. päivää") % {"day": due.start.day}
    return gettext("%(main)s, koska %(reason)s.") % {"main": main, "reason": reason}


def _with_time(day: date, due: Due) -> str:
    if due.policy.time_of_day is None:
        return full_date(day)
    hours = due.policy.time_of_day
    return pgettext("due date and time of day", "%(day)s kello %(time)s") % {
        "day": full_date(day),
        "time": f"{hours.hour}.{hours.minute:02d}",
    }
