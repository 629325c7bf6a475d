"""What can follow what in the life of a run."""

from typing import Final

from turvaverkko.core.states import Machine

RUNNING: Final = "running"
ASKS: Final = "asks"
DONE: Final = "done"
FAILED: Final = "failed"
REFUSED: Final = "refused"

# Source: design directory.md §5.4. A run that would put away too much stops and asks; one that failed because
# the source was down can be taken up again from where it was.
RUN: Final = Machine(
    initial=RUNNING,
    moves={
        (RUNNING, "finish"): DONE,
        (RUNNING, "fail"): FAILED,
        (RUNNING, "ask"): ASKS,
        (ASKS, "approve"): RUNNING,
        (ASKS, "refuse"): REFUSED,
        (FAILED, "resume"): RUNNING,
    },
    terminal=frozenset({DONE, FAILED, REFUSED}),
)
