"""The lead's view: what its template needs."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from turvaverkko.access.api import Role, StaffActor, seen
from turvaverkko.core import time_source
from turvaverkko.guidance.desk import queries
from turvaverkko.guidance.desk.due import promise_words
from turvaverkko.guidance.desk.labels import Labels
from turvaverkko.looks.api import Cell, Option, Table
from turvaverkko.trail.api import Look
from turvaverkko.work.api import BREACH_REASONS, breaches, due_words, load

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


def context(actor: StaffActor, screen: str) -> dict[str, Any]:
    """Return load and breaches. Breaches on the page are written into the access log."""
    led = actor.units_of.get(Role.UNIT_LEAD, frozenset())
    return {
        "units": [unit.name for unit in queries.units_led(led)],
        "load": _load(actor),
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


def _breaches(actor: StaffActor, screen: str) -> list[Breach]:
    missed = seen(actor, breaches(actor)[:PAGE], Look.LIST, screen)
    addresses = queries.public_ids_of(actor, [one.item_id for one in missed])
    labels, now = Labels(), time_source.now()
    return [
        Breach(
            item=one.item.public_id,
            policy=one.policy,
            place=labels.municipality(one.item.municipality) or gettext("paikka ei tiedossa"),
            promise=promise_words(one, ""),
            late=due_words(one, now).text,
            url=reverse("guidance:desk-request", args=[addresses[one.item_id]]),
        )
        for one in missed
        if one.item_id in addresses
    ]
