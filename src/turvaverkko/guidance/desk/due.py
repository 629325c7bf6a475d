"""Deadlines in the words of the desk: the short ones of a row, the promise of a request, the time left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from turvaverkko.core.time_source import to_local
from turvaverkko.guidance.rules import PROMISE, Way
from turvaverkko.looks.desk import DueLight
from turvaverkko.looks.words import day_words, moment_words, with_isolated_numbers
from turvaverkko.work.api import Deadline, ShownDeadline, due_words

# How long before its end a promise is told in hours and minutes, and how long after it.
RUNNING: Final = timedelta(hours=4)
LATE_IN_HOURS: Final = timedelta(hours=24)
HOUR: Final = 60  # minutes
# Unit: thousandths of the bar of time.
FULL: Final = 1000


@dataclass(frozen=True, slots=True)
class RowDue:
    """The deadline of a row: words and light."""

    text: SafeString
    light: DueLight


def row_due(
    deadline: ShownDeadline | None, now: datetime, *, is_waiting: bool, same_day: bool = False
) -> RowDue:
    """Return what a row says of its deadline.

    Args:
        deadline: the foremost one; None when nothing runs.
        now: aware.
        is_waiting: the family was asked something.
        same_day: somebody must look today, whatever was promised.
    """
    if deadline is None:
        text = gettext("Odottaa perhettä") if is_waiting else gettext("Vastattu, asia kesken")
        return RowDue(conditional_escape(text), "quiet")
    words = due_words(deadline, now)
    if deadline.paused_at is not None:
        return RowDue(words.text, "quiet")
    if left := left_words(deadline, now):
        return RowDue(left, "late" if now > deadline.due_at else "running")
    if words.light == "late":
        return RowDue(_with_promise(words.text, deadline), "late")
    if same_day:
        today = gettext("Katsottava tänään · {when}")
        return RowDue(format_html(today, when=words.text), "running")
    return RowDue(words.text, "later")


def left_words(deadline: Deadline | ShownDeadline, now: datetime) -> SafeString | None:
    """Return "2 t 10 min jäljellä" or "Myöhässä 25 min" near the end of a promise, else None.

    A limit that ends with its day has no hours.
    """
    ends = to_local(deadline.due_at)
    if (ends.hour, ends.minute) == (0, 0) or deadline.paused_at is not None:
        return None
    left = deadline.due_at - now
    if timedelta(0) <= left <= RUNNING:
        return _said(
            left, gettext("%(hours)s t %(minutes)s min jäljellä"), gettext("%(minutes)s min jäljellä")
        )
    if timedelta(0) < -left < LATE_IN_HOURS:
        return _said(
            -left, gettext("Myöhässä %(hours)s t %(minutes)s min"), gettext("Myöhässä %(minutes)s min")
        )
    return None


def promise_words(deadline: Deadline, way: str) -> SafeString:
    """Return "Luvattu soittaa torstaina 26.11. klo 16 mennessä", or which limit of the law it is."""
    if deadline.policy == PROMISE:
        pattern = (
            gettext("Luvattu soittaa {when} mennessä")
            if way == Way.CALL
            else gettext("Luvattu vastata {when} mennessä")
        )
    else:
        pattern = {
            "urgent-help": gettext("Kiireellinen avun tarve arvioitava heti, {when}"),
            "child-welfare-urgency": gettext("Kiireellinen lastensuojelun tarve arvioitava heti, {when}"),
            "assessment-start": gettext("Arviointi aloitettava {when} mennessä"),
            "assessment-ready": gettext("Arviointi valmis {when} mennessä"),
            "child-welfare-notification": gettext("Ilmoitus käsiteltävä {when} mennessä"),
            "child-welfare-assessment-ready": gettext("Selvitys valmis {when} mennessä"),
        }.get(deadline.policy, gettext("Määräaika päättyy {when}"))
    return format_html(pattern, when=_when(deadline))


def limit_name(policy: str) -> str:
    """Return what a limit of the law asks for."""
    return {
        "urgent-help": gettext("kiireellisen avun tarpeen arvio"),
        "child-welfare-urgency": gettext("kiireellisen lastensuojelun tarpeen arvio"),
        "assessment-start": gettext("palvelutarpeen arvioinnin aloitus"),
        "assessment-ready": gettext("palvelutarpeen arviointi valmis"),
        "child-welfare-notification": gettext("lastensuojeluilmoituksen käsittely"),
        "child-welfare-assessment-ready": gettext("lastensuojelun selvitys valmis"),
    }.get(policy, policy)


def used_of(deadline: Deadline, now: datetime) -> int:
    """Return how much of the run is used, in thousandths."""
    whole = (deadline.due_at - deadline.started_at).total_seconds()
    used = (now - deadline.started_at).total_seconds()
    return FULL if whole <= 0 else max(0, min(FULL, round(FULL * used / whole)))


def _with_promise(late: SafeString, deadline: ShownDeadline) -> SafeString:
    return format_html("{} · {}", late, day_words(deadline.last_day))


def _when(deadline: Deadline) -> SafeString:
    ends = to_local(deadline.due_at)
    if (ends.hour, ends.minute) == (0, 0):
        return day_words(deadline.last_day)
    return moment_words(deadline.due_at)


def _said(span: timedelta, with_hours: str, without: str) -> SafeString:
    minutes = int(span.total_seconds() // 60)
    parts = {"hours": minutes // HOUR, "minutes": minutes % HOUR}
    return with_isolated_numbers((with_hours if parts["hours"] else without) % parts)
