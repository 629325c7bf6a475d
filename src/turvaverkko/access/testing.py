"""For tests: rows of every kind behind the gate, and the walk through every cell of the matrix.

Each app enters a factory for its kinds in its `tests/examples.py`: `example("guidance.request", make)`, where
`make(matter)` puts one row of the kind onto a matter. `tests/house/test_permissions.py` walks all kinds.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models

from turvaverkko.access.actors import FamilyActor, StaffActor
from turvaverkko.access.models import Grant, Matter
from turvaverkko.access.queries import staff_actor
from turvaverkko.access.rules import HIGHEST_BY_UNIT, Role, Verb, level
from turvaverkko.core import time_source
from turvaverkko.core.actors import ANONYMOUS
from turvaverkko.organisation.api import Organisation, Staff, Unit

Make = Callable[[Matter], models.Model]

_examples: Final[dict[str, Make]] = {}


def example(kind: str, make: Make) -> None:
    """Enter how a row of a kind is made on a matter."""
    _examples[kind] = make


def examples() -> Mapping[str, Make]:
    """Return the factories by kind."""
    return dict(_examples)


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody before a row.

    Attributes:
        name: how they stand to it.
        actor: who.
        matter: the row's.
        own: whether it is inside their scope, so that the matrix decides.
    """

    name: str
    actor: object
    matter: Matter
    own: bool


def unit(slug: str, organisation: Organisation | None = None) -> Unit:
    """Make a unit, of an organisation of its own unless told."""
    home = organisation or Organisation.objects.create(
        slug=f"org-{slug}", kind=Organisation.Kind.COUNTY, name_fi=slug
    )
    made: Unit = Unit.objects.create(slug=slug, name_fi=slug, organisation=home)
    return made


def staff(email: str, **roles: Unit) -> Staff:
    """Make an account with roles in units: `staff("a@x.invalid", worker=unit, unit_lead=unit)`."""
    made = Staff.objects.create_user(email, display_name=email)
    for role, where in roles.items():
        made.roles.create(role=Role(role.replace("_", "-")).value, unit=where)
    return made


def matter(where: Unit, kind: str = "test", **fields: object) -> Matter:
    """Make a matter in a unit."""
    made = Matter(kind=kind, unit=where, controller_id=where.organisation_id, **fields)
    made.save()
    return made


def give(to: Staff | Unit, on: Matter, verb: Verb = Verb.SEE, **fields: object) -> Grant:
    """Make a grant that holds now."""
    holder = {"staff": to} if isinstance(to, Staff) else {"unit": to}
    began = time_source.now() - timedelta(minutes=1)
    values: dict[str, object] = {"basis": "assigned", "given_by": "test", "starts_at": began} | fields
    made = Grant(matter=on, level=level(verb), **holder, **values)
    made.save()
    return made


def cases(role: Role, verb: Verb) -> Iterator[Case]:
    """Yield the ways in which somebody of a role stands to a row: inside their scope, and outside it."""
    home, away = unit("home"), unit("away")
    if role is Role.FAMILY_MEMBER:
        mine = matter(home)
        yield Case("own code", FamilyActor(mine.public_id), mine, own=True)
        yield Case("another family's code", FamilyActor(matter(home).public_id), mine, own=False)
    elif role is Role.ANONYMOUS:
        yield Case("a visitor", ANONYMOUS, matter(home), own=False)
    else:
        yield from _of_staff(role, verb, home, away)


def _of_staff(role: Role, verb: Verb, home: Unit, away: Unit) -> Iterator[Case]:
    person = staff("person@example.invalid", **{role.value.replace("-", "_"): home})
    other = staff("other@example.invalid", **{role.value.replace("-", "_"): home})
    actor = staff_actor(person)
    yield Case("in the own unit", actor, matter(home), own=role in HIGHEST_BY_UNIT)
    yield Case("in a foreign unit", actor, matter(away), own=False)
    granted, to_unit, others = matter(away), matter(away), matter(away)
    give(person, granted, verb)
    give(home, to_unit, verb)
    give(other, others, verb)
    yield Case("by an own grant", actor, granted, own=True)
    yield Case("by a grant to the own unit", actor, to_unit, own=True)
    yield Case("by another's grant", actor, others, own=False)
    over = matter(away)
    give(person, over, verb, ends_at=time_source.now())
    yield Case("by a grant that is over", actor, over, own=False)
    if level(verb) > 1:
        weak = matter(away)
        give(person, weak, Verb(list(Verb)[level(verb) - 2]))
        yield Case("by a grant of a lower level", actor, weak, own=False)
    yield from _who_left(role, verb, home, away)


def _who_left(role: Role, verb: Verb, home: Unit, away: Unit) -> Iterator[Case]:
    former = staff("former@example.invalid", **{role.value.replace("-", "_"): home})
    granted = matter(away)
    give(former, granted, verb)
    former.roles.update(valid_to=time_source.today() - timedelta(days=1))
    nobody: StaffActor = staff_actor(former)
    yield Case("after the role ended, in the former unit", nobody, matter(home), own=False)
    yield Case("after the role ended, by a grant", nobody, granted, own=False)
