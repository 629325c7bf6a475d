"""What can follow what: an ask to join, and the review of what a partner wrote."""

from turvaverkko.core.states import Machine

WAITING = "waiting"
ACCEPTED = "accepted"
DECLINED = "declined"
RETURNED = "returned"
TAKEN_BACK = "taken-back"

JOIN = Machine(
    initial=WAITING,
    moves={(WAITING, "accept"): ACCEPTED, (WAITING, "decline"): DECLINED},
    terminal=frozenset({ACCEPTED, DECLINED}),
)

REVIEW = Machine(
    initial=WAITING,
    moves={
        (WAITING, "accept"): ACCEPTED,
        (WAITING, "return"): RETURNED,
        (WAITING, "take_back"): TAKEN_BACK,
    },
    terminal=frozenset({ACCEPTED, RETURNED, TAKEN_BACK}),
)
