"""The page of one request: what its template needs. Reading it is written into the access log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, override

from turvaverkko.access.api import StaffActor, seen
from turvaverkko.core import time_source
from turvaverkko.core.ids import new_public_id
from turvaverkko.directory import page_api as pages
from turvaverkko.directory.baskets import api as baskets
from turvaverkko.guidance import queries, rules, states
from turvaverkko.guidance.desk import choosing, facts, history, rights
from turvaverkko.guidance.desk import queries as desk_queries
from turvaverkko.guidance.desk.due import left_words, limit_name, promise_words, used_of
from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.guidance.giving import given
from turvaverkko.guidance.models import (
    ASKERS,
    DANGERS,
    ContactRequest,
    HalfWritten,
    Message,
    UrgencyCheck,
)
from turvaverkko.guidance.rules import PROMISE, URGENCY, Danger
from turvaverkko.guidance.services.thread import mark_read
from turvaverkko.looks.api import FieldError
from turvaverkko.looks.words import moment_words
from turvaverkko.trail.api import Look
from turvaverkko.work.api import Deadline, deadlines_of, due_words, explained, foremost


@dataclass(frozen=True, slots=True)
class Typed:
    """What a refused sending brought along: it is shown again, with what to do."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    problem: SafeString | str = ""


NOTHING_TYPED = Typed()
# What one must be able to do for a box to be there.
WRITES_IN: Final = {HalfWritten.Where.ANSWER: "reach", HalfWritten.Where.NOTE: "note"}


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, how long is left, and why it is then."""

    words: SafeString | str
    left: SafeString | str
    light: str
    explanation: str
    used: int | None


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the thread as a guide sees it."""

    text: str
    who: str
    sent_at: datetime
    is_ours: bool


def context(
    actor: StaffActor, request: ContactRequest, screen: str, typed: Typed = NOTHING_TYPED
) -> dict[str, Any]:
    """Return what the page shows of a request that came through the gate."""
    (request,) = seen(actor, [request], Look.READ, screen)
    labels = Labels()
    able = rights.actions(actor, request)
    deadlines = deadlines_of([request.item])[request.item.pk]
    limits = [one for one in deadlines if one.policy != PROMISE and not (one.met_at or one.dropped_at)]
    tries = queries.attempts(request)
    messages = queries.thread(request, as_family=False)
    if "note" in able:  # who only looks on does not read in the unit's place
        mark_read(request, by_family=False)
    checks = queries.urgency_checks(request)
    begun = {
        one.where: one.text
        for one in queries.half_written(request, actor.pk)
        if WRITES_IN[HalfWritten.Where(one.where)] in able
    }
    return {
        "request_id": request.public_id,
        "heading": _heading(request, labels),
        "words": request.words,
        "words_lang": request.language.replace("fi-simple", "fi"),
        "by_line": _by_line(request, labels),
        "promise": _promise(request, deadlines),
        "owner": request.item.assignee.display_name if request.item.assignee else "",
        "holder": request.item.assignee.public_id if request.item.assignee else "",
        "is_mine": request.item.assignee_id == actor.pk,
        "is_new": request.item.state == states.NEW,
        "is_open": request.item.closed_at is None,
        "able": able,
        "remember": facts.remember(request),
        "facts": facts.of(request, deadlines, labels),
        "needs_check": any(one.policy in URGENCY for one in limits)
        or (not checks and bool(request.danger_words or request.item.priority < 3)),
        "limits": [limit_name(one.policy) for one in limits],
        "check": _check_words(checks[0]) if checks else "",
        "messages": [_said(message) for message in messages],
        "given": given(messages),
        "basket_titles": _basket_titles(actor) if "reach" in able else [],
        "basket_words": _basket_words(request),
        "attempts": [
            (one.get_means_display(), one.reached, one.staff.display_name, one.tried_at) for one in tries
        ],
        "notes": [
            Said(note.text, note.staff.display_name, note.written_at, is_ours=True)
            for note in queries.notes_for(actor, request)
        ],
        "history": history.of(request),
        "unreachable_hint": _unreachable_hint(request),
        "alarm": sorted(pages.crisis_numbers(get_language() or "fi"), key=lambda one: one.number != "112")[
            :2
        ],
        "key": new_public_id(),
        "typed": {**begun, **typed.values},
        "begun": begun.keys() - typed.values.keys(),
        "error_of": typed.errors,
        "errors": [FieldError(name, sentence) for name, sentence in typed.errors.items()],
        "problem_words": typed.problem,
        **choosing.options(request, able, typed.values),
    }


def _basket_titles(actor: StaffActor) -> list[str]:
    """Return what stands in the own basket, ready to be sent. One query when it is empty."""
    basket = baskets.basket_of_staff(actor.pk)
    content = baskets.read(basket.content) if basket else baskets.EMPTY
    return [entry.title for entry in baskets.entries_of(content, get_language() or "fi")]


def _basket_words(request: ContactRequest) -> str:
    """Return the words that go with a basket, in the family's language, to be changed by the guide."""
    with override(request.language):
        return gettext("Kokosin sinulle näitä palveluja. Ne ovat tämän viestin alla.")


def taken_words(request: ContactRequest) -> SafeString | str:
    """Return who has the request and since when: a colleague was faster."""
    name = request.item.assignee.display_name if request.item.assignee else ""
    entry = desk_queries.taken(request)
    if not name:
        return gettext(
            "Tilanne ehti muuttua. Tässä on pyyntö sellaisena kuin se nyt on; kirjoittamasi on tallessa."
        )
    when = moment_words(entry.time) if entry else ""
    took = entry is None or entry.kind == "guidance.take"
    pattern = (
        gettext("{name} otti pyynnön {when}. Kirjoittamasi on tallessa alla.")
        if took
        else gettext("{name} sai pyynnön {when}. Kirjoittamasi on tallessa alla.")
    )
    return format_html(pattern, name=name, when=when)


def moved_words(request: ContactRequest) -> SafeString | str:
    """Return that the request is no longer where the page thought it was, in plain words."""
    if request.item.state in {states.RESOLVED, states.WITHDRAWN}:
        return gettext("Pyyntö on jo päättynyt. Kirjoittamasi on tallessa alla.")
    if request.item.state == states.NEW:
        return gettext("Ota pyyntö ensin itsellesi. Kirjoittamasi on tallessa alla.")
    return taken_words(request)


def _heading(request: ContactRequest, labels: Labels) -> str:
    return gettext("Pyyntö: %(place)s") % {"place": labels.place(request.item.municipality)}


def _by_line(request: ContactRequest, labels: Labels) -> SafeString:
    name = getattr(request.contact, "name", "") or gettext("nimetön")
    parts = [
        str(dict(ASKERS)[request.asker]),
        name,
        format_html(gettext("kirjoitti {when}"), when=moment_words(request.received_at)),
        labels.channel(request.item.channel),
    ]
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _promise(request: ContactRequest, deadlines: list[Deadline]) -> Promise | None:
    now = time_source.now()
    if running := foremost(deadlines):
        told = due_words(running, now)
        left = left_words(running, now) or (told.text if told.light in {"late", "paused"} else "")
        light = "late" if told.light == "late" or running.due_at < now else "running"
        why = explained(running, opening=gettext("Pyyntö tuli"))
        words = promise_words(running, request.way)
        return Promise(words, left, "quiet" if running.paused_at else light, why, used_of(running, now))
    kept = [one for one in deadlines if one.policy == PROMISE]
    return Promise(due_words(kept[-1], now).text, "", "quiet", "", None) if kept else None


def _said(message: Message) -> Said:
    who = message.staff.display_name if message.staff else gettext("Perhe")
    return Said(message.text, who, message.sent_at, is_ours=message.staff_id is not None)


def _check_words(check: UrgencyCheck) -> SafeString:
    found = dict(DANGERS)[Danger(check.found).value]
    return format_html("{} · {} · {}", found, check.staff.display_name, moment_words(check.checked_at))


def _unreachable_hint(request: ContactRequest) -> str:
    tried = queries.tries(request)
    if rules.may_be_unreachable(tried):
        return ""
    missed = [one for one in tried if not one.reached]
    return gettext(
        "”Ei tavoitettu” käy vasta, kun perhettä on yritetty 3 kertaa 2 päivänä eikä yhteyttä saatu. "
        "Nyt yrityksiä on %(tries)s, %(days)s päivänä."
    ) % {"tries": len(missed), "days": len({one.day for one in missed})}
