"""Reads of work: where a kind of work goes, which units can take it, and what nobody would see."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from turvaverkko.access.api import Confidentiality, Role
from turvaverkko.core import time_source
from turvaverkko.organisation.api import Path, Unit, staffed_units
from turvaverkko.work.models import Route, WorkItem

# Who works a queue: a unit without any of these has nobody to see its items.
QUEUE_ROLES: Final = (Role.SERVICE_GUIDE, Role.WORKER, Role.UNIT_LEAD)


@dataclass(frozen=True, slots=True)
class Able:
    """Which units can take what today, by their keys; units that have ended are in neither.

    Attributes:
        staffed: somebody works their queue.
        led: a lead sees, or gives to somebody, what is kept closer than normal.
    """

    staffed: frozenset[int]
    led: frozenset[int]


@dataclass(frozen=True, slots=True)
class Home:
    """Where a stray item goes.

    Attributes:
        unit: a unit that works and is staffed.
        duty: whether it is the county's own duty unit, as it should be.
    """

    unit: Unit
    duty: bool


def unit_on_route(kind: str, path: Path) -> Route | None:
    """Return the route of a kind of work: the municipality's, else its area's, else the county's own.

    Only a unit that works today and has somebody to work its queue is chosen, in the last resort any on
    the county's routes; where none is left, the county's own row in any case. None: there is no route.
    """
    routes = _routes(kind, path.county)
    usable = usable_units()
    own = [
        route
        for place in ("municipality_id", "area_id", "county_id")
        for route in routes
        if getattr(route, place) is not None and getattr(route, place) == _of(path, place)
    ]
    chosen = [route for route in (*own, *routes) if route.unit_id in usable] or own[-1:]
    return chosen[0] if chosen else None


def usable_units() -> frozenset[int]:
    """Return the keys of the units that work today and have somebody who works their queue."""
    return able_units().staffed


def able_units() -> Able:
    """Return which units can take what today."""
    by_role = staffed_units(QUEUE_ROLES, time_source.today())
    return Able(frozenset().union(*by_role.values()), by_role[Role.UNIT_LEAD])


def routed_units(kind: str) -> QuerySet[Unit]:
    """Return the units to which a kind of work is routed."""
    return Unit.objects.filter(pk__in=Route.objects.filter(kind=kind).values("unit")).order_by("name_fi")


def stray_items(able: Able | None = None) -> QuerySet[WorkItem]:
    """Return the open items that nobody would see where they are.

    Their unit has ended, has nobody left who sees items so close, or is on no route of their kind any
    more (kinds without routes stay where they were put).
    """
    able = able or able_units()
    seen = Q(confidentiality=Confidentiality.NORMAL, unit__in=able.staffed)
    seen |= Q(confidentiality__gt=Confidentiality.NORMAL, unit__in=able.led)
    routed: dict[tuple[str, int | None], list[int]] = {}
    every_route = Route.objects.values_list("kind", "unit__organisation__county", "unit")
    for kind, of_county, unit in every_route:
        routed.setdefault((kind, of_county), []).append(unit)
    off_route = Q(pk__in=[])
    for (kind, county), units in routed.items():
        off_route |= Q(kind=kind, unit__organisation__county=county) & ~Q(unit__in=units)
    strays = WorkItem.objects.filter(~seen | off_route, closed_at__isnull=True)
    return strays.select_related("matter", "unit__organisation", "assignee").order_by("pk")


def home_of(item: WorkItem, able: Able | None = None) -> Home | None:
    """Return where a stray item goes: the duty unit of its county, else the nearest unit on a route.

    Nearest: a route of the same area, then any, in the order of the routes. A matter does not change its
    controller by straying. A closely kept item goes where a lead is; without one, where anybody is, so
    that somebody misses the lead. None: no unit on the routes works, or none that is better.
    """
    able = able or able_units()
    routes = [
        route
        for route in _routes(item.kind, item.unit.organisation.county_id)
        if route.unit.organisation_id == item.matter.controller_id
    ]
    close = item.confidentiality > Confidentiality.NORMAL
    for units in (able.led, able.staffed) if close else (able.staffed,):
        open_routes = [route for route in routes if route.unit_id in units]
        if any(route.unit_id == item.unit_id for route in open_routes):
            return None
        if open_routes:
            nearest = min(open_routes, key=lambda route: _distance(route, item.unit))
            return Home(nearest.unit, duty=nearest.county_id is not None)
    return None


def _distance(route: Route, unit: Unit) -> tuple[bool, bool, int]:
    elsewhere = unit.area_id is None or route.unit.area_id != unit.area_id
    return route.county_id is None, elsewhere, route.pk


def _routes(kind: str, county: int | None) -> list[Route]:
    """Return the routes of a kind in a county, in a lasting order."""
    of_county = Q(unit__organisation__county=county)
    return list(Route.objects.filter(of_county, kind=kind).select_related("unit").order_by("pk"))


def _of(path: Path, place: str) -> int | None:
    owners: Mapping[str, int | None] = {
        "municipality_id": path.municipality,
        "area_id": path.area,
        "county_id": path.county,
    }
    return owners[place]
