"""What arrives through the catalogue and a partner has entered here already: one thing, one listing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from turvaverkko.directory.models import Service as ServiceRow
from turvaverkko.directory.models import Text
from turvaverkko.directory.ptv.rules import same_name
from turvaverkko.directory.ptv.shapes import Service
from turvaverkko.directory.ptv.world import World
from turvaverkko.directory.states import PUBLISHED

OWN: Final = "own"


def of(items: Iterable[Service], world: World) -> dict[str, int]:
    """Return the keys of our own published services that are the same, by the source's ids. Two queries.

    The same is: of the same organisation (found by its business code), of the same name, and offered in a
    municipality of the other where both say where.
    """
    by_organisation = _by_organisation(items, world)
    rows = ServiceRow.objects.filter(source=OWN, state=PUBLISHED, organisation__in=by_organisation)
    owners = dict(rows.values_list("pk", "organisation_id"))
    if not owners:
        return {}
    places: dict[int, set[str]] = defaultdict(set)
    for pk, code in rows.values_list("pk", "coverage__municipality__code"):
        places[pk] |= {code} if code else set()
    names = Text.objects.filter(service__in=owners, kind="name", county=None, area=None, municipality=None)
    found = {}
    for pk, name in names.values_list("service_id", "value"):
        for item in by_organisation[owners[pk] or 0]:
            if _is_named(item, name) and _meets(item, places[pk or 0]):
                found[item.id] = pk or 0
    return found


def _by_organisation(items: Iterable[Service], world: World) -> dict[int, list[Service]]:
    found: dict[int, list[Service]] = defaultdict(list)
    for item in items:
        for role in item.roles:
            if (key := world.organisations.get(role.organisation)) is not None:
                found[key].append(item)
    return found


def _is_named(item: Service, name: str) -> bool:
    return any(kind == "name" and same_name(text, name) for kind, _language, text in item.texts)


def _meets(item: Service, places: set[str]) -> bool:
    theirs = {code for area in item.areas for code in area.municipalities}
    return not theirs or not places or bool(theirs & places)
