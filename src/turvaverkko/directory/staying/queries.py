"""Reads of letters, answers and corrections."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from turvaverkko.core import time_source
from turvaverkko.directory.staying import rules, standing, states
from turvaverkko.directory.staying.models import Ask, Correction


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the last minutes, which can still be taken back."""

    key: str
    name: str
    said: str
    press: str


@dataclass(frozen=True, slots=True)
class Press:
    """What one press of a button answered.

    Attributes:
        names: of the listings.
    """

    press: str
    said: str
    names: list[str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that waits for an editor.

    Attributes:
        name: of the listing.
        is_hidden: whether its answer hid it, and it still is.
        is_late: past what the county promised.
    """

    correction: Correction
    name: str
    is_hidden: bool
    is_late: bool


def ask_of(public_id: str | None) -> Ask | None:
    """Return a letter by its public id."""
    return (
        Ask.objects.select_related("organisation").filter(public_id=public_id).first() if public_id else None
    )


def just_answered(ask: Ask) -> list[Answered]:
    """Return what was answered through a link in the last minutes, the latest first. At most five queries."""
    since = time_source.now() - rules.UNDO_WITHIN
    rows = list(ask.answers.filter(undone_at=None, answered_at__gte=since).order_by("-answered_at", "-pk"))
    names = standing.names_of((row.about, row.listing) for row in rows)
    return [
        Answered(f"{row.about}:{row.listing}", names[row.about, row.listing][0], row.said, row.press)
        for row in rows
        if (row.about, row.listing) in names
    ]


def presses(answered: Iterable[Answered]) -> list[Press]:
    """Return the answers by the press of a button that gave them."""
    found: dict[tuple[str, str], Press] = {}
    for one in answered:
        found.setdefault((one.press, one.said), Press(one.press, one.said, [])).names.append(one.name)
    return list(found.values())


def being_corrected() -> set[str]:
    """Return what waits for an editor, by the keys of the listings: nobody is asked of it meanwhile."""
    rows = Correction.objects.filter(state=states.OPEN).values_list("about", "listing")
    return {f"{about}:{listing}" for about, listing in rows}


def open_corrections() -> QuerySet[Correction]:
    """Return the corrections that wait for an editor, the earliest due first."""
    return (
        Correction.objects.filter(state=states.OPEN)
        .select_related("organisation")
        .order_by("due_at", "made_at", "pk")
    )


def waiting(corrections: Iterable[Correction]) -> list[Waiting]:
    """Return corrections as an editor reads them. At most four queries."""
    rows = list(corrections)
    names = standing.names_of((row.about, row.listing) for row in rows)
    now = time_source.now()
    found = []
    for row in rows:
        name, state = names.get((row.about, row.listing), ("", ""))
        is_late = row.due_at is not None and row.due_at < now
        found.append(Waiting(row, name, row.has_ended and state == "hidden", is_late))
    return found
