"""What happened to a request, told from the trail in the sentences of its commands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from turvaverkko.core.commands import registered
from turvaverkko.guidance.desk import queries
from turvaverkko.guidance.models import ContactRequest


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    time: datetime
    sentence: str
    who: str


def of(request: ContactRequest) -> list[Event]:
    """Return the history of a request whose reader was checked, the latest first. Two queries."""
    entries = queries.history(request)
    names = queries.names_of(entry.actor for entry in entries)
    known = registered()
    return [
        Event(
            entry.time,
            str(known[entry.kind].sentence) if entry.kind in known else entry.kind,
            _who(entry.actor, names),
        )
        for entry in entries
    ]


def _who(actor: str, names: dict[str, str]) -> str:
    if actor in names:
        return names[actor]
    if actor == "anonymous" or actor.startswith("family:"):
        return gettext("perhe")
    return gettext("järjestelmä") if actor.startswith("system:") else ""
