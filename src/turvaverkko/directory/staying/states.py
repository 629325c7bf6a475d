"""What can follow what: a correction that an organisation asked for."""

from turvaverkko.core.states import Machine

OPEN = "open"
DONE = "done"
# The organisation took it back within the minutes of undo.
WITHDRAWN = "withdrawn"

CORRECTION = Machine(
    initial=OPEN,
    moves={(OPEN, "finish"): DONE, (OPEN, "withdraw"): WITHDRAWN},
    terminal=frozenset({DONE, WITHDRAWN}),
)
