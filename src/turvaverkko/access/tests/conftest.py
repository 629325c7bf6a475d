"""The cast: two units of one county, a foreign one, and people who work there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from turvaverkko.access.actors import StaffActor
from turvaverkko.access.models import Matter
from turvaverkko.access.queries import staff_actor
from turvaverkko.access.testing import matter, staff, unit
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.announcements import When, subscribe, unsubscribe
from turvaverkko.organisation.models import Staff, Unit

SYSTEM = SystemActor("test")


@dataclass
class Town:
    """What every story here starts from."""

    oulu: Unit
    raahe: Unit
    abroad: Unit
    people: dict[str, Staff] = field(default_factory=dict)

    def person(self, name: str, **roles: Unit) -> Staff:
        self.people[name] = staff(f"{name}@example.invalid", **roles)
        return self.people[name]

    def actor(self, name: str, **roles: Unit) -> StaffActor:
        return staff_actor(self.people.get(name) or self.person(name, **roles))

    def matter(self, where: Unit | None = None, **fields: object) -> Matter:
        return matter(where or self.oulu, **fields)


@pytest.fixture
def town(db: None) -> Town:
    oulu = unit("oulu")
    return Town(oulu, unit("raahe", oulu.organisation), unit("abroad"))


@pytest.fixture
def heard() -> Iterator[list[object]]:
    """Every message of this app, as an upper app hears it inside the transaction."""
    from turvaverkko.access.messages import AccessEnded, GlassBroken  # noqa: PLC0415 - only here

    messages: list[object] = []
    for kind in (AccessEnded, GlassBroken):
        subscribe(kind, messages.append, when=When.INSIDE)
    yield messages
    for kind in (AccessEnded, GlassBroken):
        unsubscribe(kind, messages.append)
