"""Bringing 30,000 services of the catalogue with their channels: all, and when one in a hundred has changed.

    python -m bench.ptv [services]

Documents are generated in the shape of the interface, so what is measured is reading, writing and keeping
records, not a network. The index of the search is built apart.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bench.machine import machine

SERVICES, PER_CHANNEL, OWNERS = 30_000, 3, 300
PAGE = 1_000
WORDS = "Tukea ja neuvontaa lapsille, nuorille ja perheille arjen eri tilanteissa. "


def uuid(kind: int, number: int) -> str:
    """An id."""
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


def texts(text: str, kind: str) -> list[dict[str, str]]:
    """A text in two languages."""
    return [{"language": language, "value": text, "type": kind} for language in ("fi", "sv")]


def term(code: str) -> dict[str, Any]:
    """A term."""
    return {"code": code, "name": [{"language": "fi", "value": code}]}


class Generated:
    """A source that makes its documents: `changed` of them say something else than before."""

    def __init__(self, services: int, changed: int = 0) -> None:
        self.services, self.changed = services, changed
        self.making = 0.0  # CPU seconds spent on making documents, which is no part of an import

    def service_ids(
        self, _since: datetime | None, start: tuple[int, int]
    ) -> Iterator[tuple[tuple[int, int], list[str]]]:
        """Pages of ids."""
        for first in range((start[1] - 1) * PAGE, self.services, PAGE):
            ids = [uuid(1, number) for number in range(first, min(first + PAGE, self.services))]
            yield (0, first // PAGE + 2), ids

    def changed_channels(self, _since: datetime) -> Iterator[Sequence[str]]:
        """None."""
        yield from ()

    def documents(self, kind: str, ids: Sequence[str]) -> Any:
        """Documents, made now."""
        from turvaverkko.directory.ptv.source import Answer  # noqa: PLC0415

        make = {"service": self.service, "channel": channel, "organisation": organisation}[kind]
        began = time.process_time()
        content = json.dumps([make(int(one[-12:], 16)) for one in ids])
        self.making += time.process_time() - began
        # As over a network: JSON that has to be read first.
        return Answer(json.loads(content))

    def gone(self, _kind: str, ids: Sequence[str]) -> tuple[set[str], set[str]]:
        """Nothing is gone."""
        return set(), set(ids)

    def service(self, number: int) -> dict[str, Any]:
        """A service."""
        version = " Uusi." if number < self.changed else ""
        return {
            "id": uuid(1, number),
            "type": "Service",
            "fundingType": "PubliclyFunded",
            "serviceNames": texts(f"Palvelu {number}", "Name"),
            "serviceDescriptions": [
                *texts(f"{WORDS}{version}", "Summary"),
                *texts(WORDS * 5, "Description"),
                *texts(WORDS, "UserInstruction"),
            ],
            "languages": ["fi", "sv"],
            "areaType": "LimitedType",
            "areas": [{"type": "Municipality", "municipalities": [{"code": "564"}]}],
            "serviceClasses": [term("P3.6"), term("P3.7")],
            "targetGroups": [term("KR1.2")],
            "keywords": [{"language": "fi", "value": f"sana{number % 50}"}],
            "organizations": [{"organization": {"id": uuid(3, number % OWNERS)}, "roleType": "Responsible"}],
            "serviceChannels": [{"serviceChannel": {"id": uuid(2, number // PER_CHANNEL)}}],
            "publishingStatus": "Published",
            "modified": "2026-01-01T00:00:00",
        }


def channel(number: int) -> dict[str, Any]:
    """A telephone."""
    hours = [{"dayFrom": "Monday", "dayTo": "Friday", "from": "08:00:00", "to": "16:00:00"}]
    return {
        "id": uuid(2, number),
        "serviceChannelType": "Phone",
        "organizationId": uuid(3, number % OWNERS),
        "serviceChannelNames": texts(f"Puhelin {number}", "Name"),
        "serviceChannelDescriptions": texts(WORDS, "Summary"),
        "phoneNumbers": [{"type": "Phone", "language": "fi", "number": "000555100"}],
        "serviceHours": [{"serviceHourType": "DaysOfTheWeek", "openingHour": hours}],
    }


def organisation(number: int) -> dict[str, Any]:
    """An organisation."""
    return {"id": uuid(3, number), "organizationNames": texts(f"Järjestö {number}", "Name")}


def run(services: int = SERVICES) -> list[dict[str, Any]]:
    """Measure both; one row each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "turvaverkko.config.settings.demo"
    os.environ["TURVAVERKKO_VAR"] = tempfile.mkdtemp(prefix="ptv-bench-")
    import django  # noqa: PLC0415 - the environment above comes first
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    from turvaverkko.directory.ptv import importing  # noqa: PLC0415
    from turvaverkko.directory.ptv import services as commands  # noqa: PLC0415
    from turvaverkko.directory.ptv.rules import Scope  # noqa: PLC0415
    from turvaverkko.directory.ptv.world import World  # noqa: PLC0415
    from turvaverkko.directory.search import api as search  # noqa: PLC0415
    from turvaverkko.organisation.api import apply_pack  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    apply_pack(settings.NATIONAL_PACK, "national")
    vars(search)["rebuild"] = lambda: None  # built apart
    rows = []
    before = memory()
    for name, changed in (("all", 0), ("1 % changed", services // 100)):
        world = World.read(Scope("17", frozenset({"564", "244"})))
        started, cpu = time.perf_counter(), time.process_time()
        begun = commands.begin(commands.SYSTEM, "full")
        source = Generated(services, changed)
        done = importing.Importer(begun, source, world).go()
        seconds, spent = time.perf_counter() - started, time.process_time() - cpu
        rows.append(
            {
                "what": name,
                "services": services,
                "state": done.state,
                "seconds": round(seconds, 1),
                "CPU s": round(spent - source.making, 1),
                "peak MB": memory(),
                "before MB": before,
                "written": done.counters.get("service:shown", 0),
                "told": done.counters.get("told", 0),
            }
        )
    return rows


def memory() -> int:
    """Megabytes at the highest so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    print(machine())
    for row in run(int(sys.argv[1]) if len(sys.argv) > 1 else SERVICES):
        print(row)
