"""The matrix: which role may do what to which kind of object. Pure.

Each app says here what its objects are (`declare`), from its own `policies.py`. A pair that nobody declared
is a no: least privilege is the default. `docs/permissions.md` is printed from this register, and a test
executes every cell on a permitted and on a foreign object.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from turvaverkko.access.rules import Role, Verb


@dataclass(frozen=True, slots=True)
class ObjectKind:
    """A kind of object and who may do what to it inside their scope.

    Attributes:
        name: its lasting name, such as "guidance.request".
        sentence: what it is, in English, for the printed matrix.
        allowed: verbs by role. The scope (unit, grant, own code) is the gate's matter, not the matrix's.
    """

    name: str
    sentence: str
    allowed: Mapping[Role, frozenset[Verb]]


_kinds: Final[dict[str, ObjectKind]] = {}


def declare(name: str, sentence: str, allowed: Mapping[Role, Iterable[Verb]]) -> ObjectKind:
    """Enter a kind of object.

    Raises:
        ValueError: another kind has the name.
    """
    made = ObjectKind(name, sentence, {role: frozenset(verbs) for role, verbs in allowed.items()})
    if _kinds.setdefault(name, made) != made:
        message = f"Two kinds of objects are called {name!r}."
        raise ValueError(message)
    return made


def kinds() -> Mapping[str, ObjectKind]:
    """Return every kind by its name, in the order of names."""
    return dict(sorted(_kinds.items()))


def role_may(role: Role, verb: Verb, kind: str) -> bool:
    """Tell whether a role may do it to objects of the kind within its scope. Unknown kind: no."""
    found = _kinds.get(kind)
    return found is not None and verb in found.allowed.get(role, frozenset())


def roles_that_may(verb: Verb, kind: str) -> frozenset[Role]:
    """Return the roles that may do it within their scope."""
    return frozenset(role for role in Role if role_may(role, verb, kind))
