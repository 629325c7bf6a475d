"""Who walks: every role of the design beside the ways of standing outside it, and what each one may see.

The table is written by hand, not asked of the gate: what it says is what the walk holds the product to.
"""

from dataclasses import dataclass
from typing import Final

# Rows of unit 1 (family A), of unit 2 (family B) and of a unit of a foreign organisation (family C).
UNIT_1: Final = frozenset({"a-new", "a-taken", "a-waiting", "a-closed", "a-web"})
UNIT_2: Final = frozenset({"b-new", "b-taken"})
FOREIGN: Final = frozenset({"c-taken"})
RESTRICTED: Final = frozenset({"a-restricted"})
HIDDEN: Final = frozenset({"a-hidden"})
TAGS: Final = sorted(UNIT_1 | UNIT_2 | FOREIGN | RESTRICTED | HIDDEN)
NONE: Final[frozenset[str]] = frozenset()

NOTES: Final = frozenset({"note"})
CASE: Final = frozenset(
    {"words", "name", "phone", "email", "family", "staff", "basket", "held", "request", "item", "matter"}
)
FAMILY: Final = frozenset({"words", "name", "phone", "email", "family", "staff", "basket", "matter"})


@dataclass(frozen=True)
class Part:
    """One walker's part.

    Attributes:
        name: who.
        role: of staff, "" for others.
        scope: slug of the unit, or "area" or "organisation".
        sees, contributes, decides: tags of rows.
        fields: fields of those rows that may be shown to them.
        status: of a page of staff when they open it at all: 200, 404 (no desk), 403 (no role), 303 (sign in).
    """

    name: str
    role: str = ""
    scope: str = ""
    sees: frozenset[str] = NONE
    contributes: frozenset[str] = NONE
    decides: frozenset[str] = NONE
    fields: frozenset[str] = CASE | NOTES
    desk: int = 200


def _all(name: str, role: str, scope: str, rows: frozenset[str]) -> Part:
    return Part(name, role, scope, rows, rows, rows)


STAFF: Final = (
    _all("guide-1", "service-guide", "yksi", UNIT_1),
    _all("lead-1", "unit-lead", "yksi", UNIT_1 | RESTRICTED),
    Part("worker-1", "worker", "yksi", UNIT_1 | HIDDEN, UNIT_1 | HIDDEN),
    _all("guide-2", "service-guide", "kaksi", UNIT_2),
    _all("lead-2", "unit-lead", "kaksi", UNIT_2),
    # Has broken the glass on one request of unit 1.
    Part("worker-2", "worker", "kaksi", UNIT_2 | {"a-waiting"}, UNIT_2 | {"a-waiting"}),
    _all("foreign-guide", "service-guide", "vieras", FOREIGN),
    Part("granted-specialist", "specialist-consultant", "yksi", frozenset({"b-taken"}), fields=CASE),
    Part("ended-specialist", "specialist-consultant", "yksi"),
    Part("idle-specialist", "specialist-consultant", "kaksi"),
    Part("granted-partner", "partner", "vieras", frozenset({"b-new"}), fields=CASE),
    Part("idle-partner", "partner", "yksi"),
    Part("coordinator", "coordinator", "area", desk=404),
    Part("director", "director", "organisation", desk=404),
    Part("content-editor", "content-editor", "organisation", desk=404),
    Part("auditor", "auditor", "organisation", desk=404),
    Part("technical-administrator", "technical-administrator", "organisation", desk=404),
    # A service guide of unit 1 with a grant, until yesterday.
    Part("former", "service-guide", "yksi", desk=403),
    # A service guide of unit 1 whose account was closed while signed in.
    Part("inactive", "service-guide", "yksi", desk=303),
)
OTHERS: Final = (
    # A second browser of guide-1 that is locked.
    Part("locked", desk=303),
    Part("family-a", sees=frozenset({"a-taken"}), fields=FAMILY, desk=303),
    Part("family-b", sees=frozenset({"b-taken"}), fields=FAMILY, desk=303),
    # The device on which a request was just sent: it shows the code once more, nothing else.
    Part("sender", sees=frozenset({"a-web"}), fields=frozenset({"code"}), desk=303),
    # A device with a request half typed.
    Part("drafter", sees=frozenset({"draft"}), fields=frozenset({"words", "name", "phone"}), desk=303),
    Part("visitor", desk=303),
)
PARTS: Final = (*STAFF, *OTHERS)
