"""What can follow what in the life of a notice."""

from typing import Final

from turvaverkko.core.states import Machine

HELD = "held"
QUEUED = "queued"
SENDING = "sending"
FAILED = "failed"
SENT = "sent"
DEAD = "dead"
STOPPED = "stopped"

# Source: own. Everything that has not left can be stopped. "begin" from sending: a worker died, another
# begins again. A dead letter waits for a person, who retries or drops it.
NOTICE = Machine(
    initial=HELD,
    moves={
        (HELD, "release"): QUEUED,
        (HELD, "stop"): STOPPED,
        (QUEUED, "begin"): SENDING,
        (QUEUED, "stop"): STOPPED,
        (SENDING, "begin"): SENDING,
        (SENDING, "deliver"): SENT,
        (SENDING, "wait"): QUEUED,
        (SENDING, "fail"): FAILED,
        (SENDING, "reject"): DEAD,
        (SENDING, "stop"): STOPPED,
        (FAILED, "begin"): SENDING,
        (FAILED, "give_up"): DEAD,
        (FAILED, "stop"): STOPPED,
        (DEAD, "retry"): QUEUED,
        (DEAD, "drop"): STOPPED,
    },
    terminal=frozenset({SENT, STOPPED}),
)
# What has not left and is not given up.
OPEN: Final = tuple(state for state in NOTICE.states if NOTICE.allows(state, "stop"))
