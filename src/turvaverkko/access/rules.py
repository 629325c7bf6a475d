"""Rules of access. Pure: roles, verbs, levels and what follows from them."""

from collections.abc import Mapping
from datetime import timedelta
from enum import IntEnum, StrEnum
from typing import Final


class Verb(StrEnum):
    """The five things one may be allowed (design WORKFLOWS)."""

    SEE = "see"
    CONTRIBUTE = "contribute"
    DECIDE = "decide"
    ASSIGN = "assign"
    ADMINISTER = "administer"


class Role(StrEnum):
    """The role axis of every matrix (design WORKFLOWS); staff roles are those of `organisation`."""

    FAMILY_MEMBER = "family-member"
    SERVICE_GUIDE = "service-guide"
    WORKER = "worker"
    UNIT_LEAD = "unit-lead"
    SPECIALIST_CONSULTANT = "specialist-consultant"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    DIRECTOR = "director"
    CONTENT_EDITOR = "content-editor"
    AUDITOR = "auditor"
    TECHNICAL_ADMINISTRATOR = "technical-administrator"
    ANONYMOUS = "anonymous"


class Confidentiality(IntEnum):
    """How closely a matter is kept. A higher level is seen by fewer."""

    NORMAL = 1  # everybody of the unit whose role sees matters of this kind
    RESTRICTED = 2  # the unit's lead, the lead of a unit with a grant, and those with a grant of their own
    HIDDEN = 3  # hidden identity: only those with a grant of their own


# What a role sees of its unit without a grant. A role that is not here sees nothing by its unit.
HIGHEST_BY_UNIT: Final[Mapping[Role, Confidentiality]] = {
    Role.SERVICE_GUIDE: Confidentiality.NORMAL,
    Role.WORKER: Confidentiality.NORMAL,
    Role.UNIT_LEAD: Confidentiality.RESTRICTED,
}

# What a grant to a unit opens to those who hold a role there. A hidden matter is opened to persons only.
HIGHEST_BY_GRANT_TO_UNIT: Final[Mapping[Role, Confidentiality]] = {
    **HIGHEST_BY_UNIT,
    Role.SPECIALIST_CONSULTANT: Confidentiality.NORMAL,
    Role.PARTNER: Confidentiality.NORMAL,
}

# Unit: hours. Source: design WORKFLOWS ("Break-glass: 3 hours, reason, notice to the unit lead, review").
BREAK_GLASS_LASTS: Final = timedelta(hours=3)

# What one may do on a grant of a level: each holds the ones before it.
ORDER: Final = (Verb.SEE, Verb.CONTRIBUTE, Verb.DECIDE, Verb.ASSIGN, Verb.ADMINISTER)


def level(verb: Verb) -> int:
    """Return the level a grant needs for a verb: 1 (see) to 5 (administer)."""
    return ORDER.index(verb) + 1


def verbs_up_to(grant_level: int) -> frozenset[Verb]:
    """Return what a grant of a level allows."""
    return frozenset(ORDER[:grant_level])
