"""What happened to a request, told from the trail in the sentences of its commands."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from turvaverkko.core.commands import registered
from turvaverkko.guidance.desk import queries
from turvaverkko.guidance.desk.due import limit_name
from turvaverkko.guidance.desk.labels import not_needed_words
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.guidance.rules import PROMISE
from turvaverkko.trail.api import LogEntry
from turvaverkko.work.api import BREACH_REASONS


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    time: datetime
    sentence: str
    who: str
    detail: str = ""


def of(request: ContactRequest) -> list[Event]:
    """Return the history of a request whose reader was checked, the latest first. Two queries."""
    entries = queries.history(request)
    people = [one for entry in entries for one in (entry.actor, entry.payload.get("holder")) if one]
    names = queries.names_of(people)
    known = registered()
    return [
        Event(
            entry.time,
            str(known[entry.kind].sentence) if entry.kind in known else entry.kind,
            _who(entry.actor, names),
            _detail(entry, names),
        )
        for entry in entries
    ]


def _detail(entry: LogEntry, names: dict[str, str]) -> str:
    """Return to whom it was given, which limit was missed and why, or why limits of the law were given up."""
    if entry.kind in {"guidance.assign", "guidance.unassign"}:
        return names.get(str(entry.payload.get("holder", "")), "")
    if entry.kind == "work.explain_breach":
        return str(dict(BREACH_REASONS).get(entry.reason, ""))
    if entry.kind == "work.breached":
        policy = str(entry.payload.get("policy", ""))
        return "" if policy == PROMISE else limit_name(policy)
    why = not_needed_words()
    given = (str(one).partition(":") for one in entry.payload.get("not_needed", ()))
    return "; ".join(
        gettext("%(limit)s: ei tarvita, %(why)s") % {"limit": limit_name(policy), "why": why[code]}
        for policy, _colon, code in given
        if code in why
    )


def _who(actor: str, names: dict[str, str]) -> str:
    if actor in names:
        return names[actor]
    if actor == "anonymous" or actor.startswith("family:"):
        return gettext("perhe")
    return gettext("järjestelmä") if actor.startswith("system:") else ""
