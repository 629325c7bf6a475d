"""Requests counted from log entries: each request's story is read anew from what was done to it.

Nothing is asked but the trail, so that a figure can still be explained when the rows have been deleted.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from turvaverkko.core import time_source
from turvaverkko.core.time_source import local_day
from turvaverkko.guidance import rules
from turvaverkko.guidance.counting.names import (
    FIRST_CONTACT,
    IN_PROMISE,
    OPEN,
    OUTCOMES,
    RECEIVED,
    RESOLVED,
    WITHDRAWN,
    days_to_contact,
    medians,
)
from turvaverkko.indicators.computed_api import Cell, Counted, Period, Plan, key_of
from turvaverkko.organisation.api import host_county, local_days, path_of_county
from turvaverkko.trail.api import LogEntry

ASKED: Final = "guidance.ask"
MISSED: Final = "work.breached"
KINDS: Final = (
    ASKED,
    MISSED,
    "guidance.answer",
    "guidance.take_back",
    "guidance.record_contact",
    "guidance.resolve",
    "guidance.withdraw",
    "guidance.reopen",
)
# Unit: entries read at a time.
AT_A_TIME: Final = 2000


@dataclass(slots=True)
class Story:
    """What the entries tell of one request.

    Attributes:
        contacts: the days on which the family was reached, with who did it and by which command.
        promise: of the first promise: "met", "missed", "ended" before either, or "" while it runs.
        ended: the day on which it ended for good, as far as is known.
    """

    received: date
    municipality: str
    contacts: list[tuple[date, str, str]] = field(default_factory=list)
    promise: str = ""
    ended: date | None = None
    withdrawn: bool = False
    resolution: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One entry, as far as it is read."""

    kind: str
    subject: str
    day: date
    actor: str
    reason: str
    payload: Mapping[str, Any]


def first_day() -> date | None:
    """Return the day of the first request; None when nobody has asked yet."""
    first = LogEntry.objects.filter(kind=ASKED).order_by("id").values_list("time", flat=True).first()
    return local_day(first) if first else None


def count(plan: Plan) -> dict[Cell, Counted]:
    """Return every figure of guidance for a plan's areas and periods."""
    closed = local_days(path_of_county(host_county()), time_source.today()).closed
    return counted(told(_entries()), plan, closed)


def told(entries: Iterable[Said]) -> list[Story]:
    """Return the story of every request, from entries in their order."""
    stories: dict[str, Story] = {}
    by_item: dict[str, Story] = {}
    for one in entries:
        if one.kind == ASKED:
            story = Story(one.day, str(one.payload.get("municipality") or ""))
            stories[one.subject] = by_item[str(one.payload["item"])] = story
        elif one.kind == MISSED:
            _missed(by_item.get(one.subject), one)
        elif one.subject in stories:
            HEARD[one.kind](stories[one.subject], one)
    return list(stories.values())


def counted(stories: Iterable[Story], plan: Plan, closed: Collection[date]) -> dict[Cell, Counted]:
    """Return the figures of some stories."""
    numbers: Counter[Cell] = Counter()
    shares: dict[str, Counter[Cell]] = {"met": Counter(), "missed": Counter()}
    days: dict[Cell, list[int]] = defaultdict(list)
    for story in stories:
        areas = plan.areas_of(story.municipality)
        numbers.update(_cells(story, plan, areas))
        arrived = [key_of(one) for one in plan.periods if _holds(one, story.received)]
        if story.promise in shares:
            shares[story.promise].update(Cell(IN_PROMISE, "", area, key) for area in areas for key in arrived)
        if story.contacts:
            took = days_to_contact(story.received, story.contacts[0][0], closed)
            for cell in (Cell(FIRST_CONTACT, "", area, key) for area in areas for key in arrived):
                days[cell].append(took)
    found = {cell: Counted(Decimal(number)) for cell, number in numbers.items()}
    for cell in shares["met"].keys() | shares["missed"].keys():
        met = shares["met"][cell]
        found[cell] = Counted(part=met, whole=met + shares["missed"][cell])
    return found | medians(days)


def _entries() -> Iterable[Said]:
    columns = ("kind", "subject_id", "time", "actor", "reason", "payload")
    rows = LogEntry.objects.filter(kind__in=KINDS).order_by("id").values_list(*columns)
    for kind, subject, moment, actor, reason, payload in rows.iterator(AT_A_TIME):
        yield Said(kind, subject, local_day(moment), actor, reason, payload)


def _cells(story: Story, plan: Plan, areas: tuple[str, ...]) -> Iterable[Cell]:
    """Yield every cell of a count in which a story is one."""
    for period in plan.periods:
        key = key_of(period)
        for code, group in _counts_in(story, period):
            for area in areas:
                yield Cell(code, group, area, key)


def _counts_in(story: Story, period: Period) -> Iterable[tuple[str, str]]:
    if _holds(period, story.received):
        yield RECEIVED, ""
    if story.ended and _holds(period, story.ended):
        if story.withdrawn:
            yield WITHDRAWN, ""
        else:
            yield from (
                (RESOLVED, ""),
                (RESOLVED, story.resolution),
                (OUTCOMES, ""),
                (OUTCOMES, story.outcome),
            )
    end = period.end
    if end and story.received <= end and (story.ended is None or story.ended > end):
        yield OPEN, ""


def _holds(period: Period, day: date) -> bool:
    return bool(period.start and period.end and period.start <= day <= period.end)


def _reached(story: Story, one: Said) -> None:
    story.contacts.append((one.day, one.actor, one.kind))
    if not story.promise:
        story.promise = "met"


def _tried(story: Story, one: Said) -> None:
    if one.payload.get("reached"):
        _reached(story, one)


def _taken_back(story: Story, one: Said) -> None:
    """The last answer of the same guide was no contact; when it came too late, its entry says no reason."""
    mine = [at for at, contact in enumerate(story.contacts) if contact[1:] == (one.actor, "guidance.answer")]
    if one.reason != "undo" or not mine:
        return
    del story.contacts[mine[-1]]
    if story.promise == "met" and not story.contacts:
        story.promise = ""


def _missed(story: Story | None, one: Said) -> None:
    if story is not None and one.payload.get("policy") == rules.PROMISE and not story.promise:
        story.promise = "missed"


def _resolved(story: Story, one: Said) -> None:
    story.promise = story.promise or "ended"
    story.ended = one.day
    story.resolution, story.outcome = one.payload["resolution"], one.payload["outcome"]


def _withdrawn(story: Story, one: Said) -> None:
    story.promise = story.promise or "ended"
    if not one.payload.get("kept"):  # a limit of the law runs on: a guide ends it
        story.ended, story.withdrawn = one.day, True


def _reopened(story: Story, _one: Said) -> None:
    story.ended, story.resolution, story.outcome = None, "", ""


HEARD: Final = {
    "guidance.answer": _reached,
    "guidance.take_back": _taken_back,
    "guidance.record_contact": _tried,
    "guidance.resolve": _resolved,
    "guidance.withdraw": _withdrawn,
    "guidance.reopen": _reopened,
}
