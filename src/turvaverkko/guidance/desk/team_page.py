"""The lead's view: what its template needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from turvaverkko.access.api import Role, StaffActor, seen
from turvaverkko.core import time_source
from turvaverkko.core.addresses import addresses_of
from turvaverkko.core.ids import new_public_id
from turvaverkko.guidance.desk import choosing, queries, rows
from turvaverkko.guidance.desk.due import promise_words
from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.looks.api import Cell, Option, Table
from turvaverkko.looks.desk import QueueRow
from turvaverkko.trail.api import Look
from turvaverkko.work.api import BREACH_REASONS, Filters, breaches, due_words, foremost_of, load, queue

# Unit: free requests on the page, the most urgent first; the others come when these have somebody.
FREE_ROWS: Final = 10
# Unit: breaches on one page, the oldest first; the others come when these have a reason.
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Breach:
    """A missed promise that waits for its reason."""

    item: str
    policy: str
    place: str
    promise: SafeString
    late: SafeString
    url: str


@dataclass(frozen=True, slots=True)
class Free:
    """A request that nobody has, and to whom it can be given."""

    row: QueueRow
    people: Sequence[Option]


def context(actor: StaffActor, screen: str) -> dict[str, Any]:
    """Return load, free requests and breaches. Requests on the page are written into the access log."""
    led = queries.units_led(actor.units_of.get(Role.UNIT_LEAD, frozenset()))
    return {
        "units": [unit.name for unit in led],
        "load": _load(actor),
        "free": _free(actor, [unit.public_id for unit in led], screen),
        "key": new_public_id(),
        "breaches": _breaches(actor, screen),
        "reasons": [
            Option("", gettext("Valitse")),
            *(Option(code, str(name)) for code, name in BREACH_REASONS),
        ],
    }


def _load(actor: StaffActor) -> Table | None:
    counted = load(actor.units_of.get(Role.UNIT_LEAD, frozenset()))
    if not counted:
        return None
    names = queries.names_by_key(key for key, _number in counted if key is not None)
    lines = [(gettext("Vapaana jonossa") if key is None else names.get(key, ""), n) for key, n in counted]
    return Table(
        caption=gettext("Avoimet työt tekijöittäin"),
        columns=[Cell(gettext("Tekijä")), Cell(gettext("Avoinna"), numeric=True)],
        rows=[[Cell(name), Cell(str(number), numeric=True)] for name, number in lines],
        total=[Cell(gettext("Yhteensä")), Cell(str(sum(n for _name, n in lines)), numeric=True)],
    )


def _free(actor: StaffActor, units: Sequence[str], screen: str) -> list[Free]:
    if not units:
        return []
    filters = Filters(kinds=(queries.ITEM_KIND,), units=tuple(units), free=True)
    items = queue(actor, filters)[:FREE_ROWS]
    requests = queries.requests_seen(actor, items, screen)
    deadlines, people = foremost_of(items), queries.people_by_unit(items)
    labels, now, address = Labels(), time_source.now(), addresses_of("guidance:desk-request")
    return [
        Free(
            rows.row_of(
                item, requests[item.pk], deadlines[item.pk], labels, address, actor=actor.pk, now=now
            ),
            choosing.people(people[item.pk]),
        )
        for item in items
        if item.pk in requests
    ]


def _breaches(actor: StaffActor, screen: str) -> list[Breach]:
    missed = seen(actor, breaches(actor)[:PAGE], Look.LIST, screen)
    addresses = queries.public_ids_of(actor, [one.item_id for one in missed])
    labels, now = Labels(), time_source.now()
    return [
        Breach(
            item=one.item.public_id,
            policy=one.policy,
            place=labels.place(one.item.municipality),
            promise=promise_words(one, ""),
            late=due_words(one, now).text,
            url=reverse("guidance:desk-request", args=[addresses[one.item_id]]),
        )
        for one in missed
        if one.item_id in addresses
    ]
