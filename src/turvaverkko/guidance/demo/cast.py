"""Who acts in the story: the guides and leads of the units, as the gate sees them."""

from collections.abc import Iterable, Sequence
from functools import cache
from random import Random

from turvaverkko.access.api import Role, StaffActor, staff_actor
from turvaverkko.guidance.models import ContactRequest
from turvaverkko.organisation.api import Staff, Unit

# One person of the story: the account and how the gate sees it.
Person = tuple[Staff, StaffActor]


class NobodyThere(LookupError):
    """A unit on the route of requests has no guide or nobody leads it: the pack of the demo lacks staff."""


class Cast:
    """Finds a person for a part; nobody's roles change while the story lasts."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {unit.slug: unit for unit in units}
        self._parents = {unit.pk: unit.parent_id for unit in self.units.values()}

    def guide(self, dice: Random, unit: int, language: str) -> Person:
        """Return a guide of a unit, one who speaks the family's language if there is one."""
        people = self._people(Role.SERVICE_GUIDE, unit)
        speak = [person for person in people if language in person[0].languages]
        return dice.choice(speak or people)

    def lead(self, unit: int) -> Person:
        """Return the lead of a unit, or of the unit above it."""
        return self._people(Role.UNIT_LEAD, unit)[0]

    @cache  # noqa: B019 - lives as long as the story, which is one call
    def _people(self, role: Role, unit: int) -> Sequence[Person]:
        found = Staff.objects.filter(roles__role=role, roles__unit=unit, is_active=True)
        people = [(staff, staff_actor(staff)) for staff in found.distinct().order_by("email")]
        above = self._parents.get(unit)
        if not people and above is None:
            raise NobodyThere
        return people or self._people(role, above or 0)


def unit_of(request: ContactRequest) -> int:
    """Return the key of the unit in whose queue a request is."""
    return request.item.unit_id
