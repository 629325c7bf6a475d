"""What can follow what in a contact request. Screens draw their buttons from this table. Pure."""

from typing import Final

from turvaverkko.core.states import Machine

NEW: Final = "new"
TAKEN: Final = "taken"
IN_CONTACT: Final = "in_contact"
WAITING_FAMILY: Final = "waiting_family"
RESOLVED: Final = "resolved"
WITHDRAWN: Final = "withdrawn"

# Source: design WORKFLOWS, "ContactRequest (Pyydä apua)".
CONTACT_REQUEST: Final = Machine(
    initial=NEW,
    moves={
        (NEW, "take"): TAKEN,
        (NEW, "hand_over"): NEW,
        (NEW, "withdraw"): WITHDRAWN,
        (TAKEN, "release"): NEW,
        (TAKEN, "reach"): IN_CONTACT,
        (TAKEN, "wait_for_family"): WAITING_FAMILY,
        (TAKEN, "hand_over"): NEW,
        (TAKEN, "resolve"): RESOLVED,
        (TAKEN, "withdraw"): WITHDRAWN,
        (IN_CONTACT, "release"): NEW,
        (IN_CONTACT, "reach"): IN_CONTACT,
        (IN_CONTACT, "wait_for_family"): WAITING_FAMILY,
        (IN_CONTACT, "hand_over"): NEW,
        (IN_CONTACT, "resolve"): RESOLVED,
        (IN_CONTACT, "withdraw"): WITHDRAWN,
        (WAITING_FAMILY, "reach"): IN_CONTACT,
        (WAITING_FAMILY, "family_writes"): IN_CONTACT,
        (WAITING_FAMILY, "hand_over"): NEW,
        (WAITING_FAMILY, "resolve"): RESOLVED,
        (WAITING_FAMILY, "withdraw"): WITHDRAWN,
        (RESOLVED, "reopen"): NEW,
    },
    terminal=frozenset({RESOLVED, WITHDRAWN}),
)
