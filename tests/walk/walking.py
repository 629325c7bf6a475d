"""One visit: every answer on its way is read, and everything it did is undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.urls import Resolver404, resolve

from tests.walk.canaries import Canary, headers_of
from tests.walk.entries import Entry, Visit
from tests.walk.world import Walker, World, rows_by_tag
from turvaverkko.trail.api import AccessEntry

# Unit: redirects. More is a circle.
MOST_HOPS: Final = 5
# Pages of staff and of the form show a code or a draft to the device that holds it: no look at a row.
NO_LOOK: Final = frozenset({"draft", "kept"})
# A code stands on its holder's own receipt, an id in the address of what one was doing.
NO_DATA: Final = frozenset({"code", "request"})


@dataclass
class Walked:
    """What came of a visit.

    Attributes:
        status: of the first answer.
        shown: canaries in any answer: bodies, headers, cookies, addresses of redirects.
        read: canaries in bodies, by the screens of the answer.
        entries: new rows of the access log.
        changed: tags of rows that the visit changed.
    """

    status: int = 0
    location: str = ""
    shown: set[Canary] = field(default_factory=set)
    read: list[tuple[set[Canary], frozenset[str]]] = field(default_factory=list)
    entries: list[AccessEntry] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)


def walk(
    world: World, walker: Walker, visit: Visit, entry: Entry, name: str, *, method: str = "", prefix: str = ""
) -> Walked:
    """Make a visit and take everything back."""
    with transaction.atomic():
        walked = made(world, walker, visit, entry, name, method=method, prefix=prefix)
        walked.changed = changed(world, walker.part.sees)
        transaction.set_rollback(True)
    return walked


def made(
    world: World, walker: Walker, visit: Visit, entry: Entry, name: str, *, method: str = "", prefix: str = ""
) -> Walked:
    """Make a visit. The caller takes it back, and looks at the rows when it has made some."""
    last = AccessEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    walked = _visited(world, walker, visit, entry, name=name, way=(method or visit.method, prefix))
    walked.entries = list(AccessEntry.objects.filter(pk__gt=last))
    return walked


def changed(world: World, seen: frozenset[str] = frozenset()) -> set[str]:
    """Return the tags of the rows that are not what they were. Who sees a row marks its messages as read."""
    now = rows_by_tag(world)
    return {tag for tag in now if _rows(now[tag], tag in seen) != _rows(world.rows[tag], tag in seen)}


def _rows(rows: list[Any], is_seen: bool) -> list[Any]:
    return [
        (label, {**row, "read_at": None}) if is_seen and "read_at" in row else (label, row)
        for label, row in rows
    ]


def _visited(
    world: World, walker: Walker, visit: Visit, entry: Entry, *, name: str, way: tuple[str, str]
) -> Walked:
    client, walked = walker.browser(), Walked()
    method, prefix = way
    typed = world.cage.among(visit.path, *(visit.data or {}).values())
    response = client.generic(
        method, f"{prefix}{visit.path}", _body(visit.data), _form_type(visit), headers=visit.headers
    )
    walked.status, walked.location = response.status_code, response.headers.get("Location", "")
    screens = entry.screens or frozenset({name})
    for _hop in range(MOST_HOPS):
        _look(world, response, typed, screens, walked)
        address = response.headers.get("Location", "")
        if not entry.follows or not address or urlsplit(address).netloc:
            return walked
        path = urljoin(response.request["PATH_INFO"], address)
        response = client.get(path)
        screens = frozenset({_name_of(path)})
    raise AssertionError(f"{name}: a circle of redirects at {path}")


def _look(world: World, response: Any, typed: set[Canary], screens: frozenset[str], walked: Walked) -> None:
    body = _text(response)
    read = world.cage.among(body) - typed
    head = headers_of(dict(response.headers), response.cookies.output(header=""))
    walked.shown |= read | (world.cage.among(head) - typed)
    walked.read.append((read, screens))


def unlogged(world: World, walker: Walker, walked: Walked) -> list[str]:
    """Return what was shown without an entry of the access log, and entries of what was not shown."""
    written = {(one.actor, one.matter, one.screen) for one in walked.entries}
    faults = []
    for read, screens in walked.read:
        looked = {one for one in read if not one.tag.startswith("staff-") and one.field not in NO_DATA}
        tags = {one.tag for one in looked} - NO_LOOK
        for tag in tags:
            matter = world.requests[tag].matter.public_id
            if not any((walker.actor, matter, screen) in written for screen in screens):
                faults.append(f"{tag} was shown on {sorted(screens)} without an entry of the access log")
    for one in walked.entries:
        if one.actor != walker.actor or world.tag_of(one.matter) not in walker.part.sees:
            faults.append(f"an entry of the access log says that {one.actor} saw {world.tag_of(one.matter)}")
    return faults


def _body(data: Mapping[str, str] | None) -> bytes:
    return urlencode(data).encode() if data else b""


def _form_type(visit: Visit) -> str:
    return "application/octet-stream" if visit.data is None else "application/x-www-form-urlencoded"


def _text(response: HttpResponse) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode("utf-8", errors="ignore")


def _name_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""
