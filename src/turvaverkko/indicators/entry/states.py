"""States of a proposal: what one person brought and another decides on."""

from typing import Final

from turvaverkko.core.states import Machine

WAITING: Final = "waiting"  # for another person
APPROVED: Final = "approved"  # its figures hold, or held until later ones replaced them
RETURNED: Final = "returned"  # with a reason, to who brought it
WITHDRAWN: Final = "withdrawn"  # by who brought it
TAKEN_BACK: Final = "taken-back"  # after it was approved; what held before holds again

PROPOSAL: Final = Machine(
    initial=WAITING,
    moves={
        (WAITING, "approve"): APPROVED,
        (WAITING, "send_back"): RETURNED,
        (WAITING, "withdraw"): WITHDRAWN,
        (APPROVED, "take_back"): TAKEN_BACK,
    },
    terminal=frozenset({APPROVED, RETURNED, WITHDRAWN, TAKEN_BACK}),
)
