"""What can follow what. One table per thing; screens draw their buttons from the same table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


class IllegalMove(Exception):
    """The action cannot follow the present state; usually somebody else was faster.

    Attributes:
        state: the state the thing is in.
        action: what was tried.
    """

    def __init__(self, state: str, action: str) -> None:
        super().__init__(f"{action!r} cannot follow {state!r}")
        self.state = state
        self.action = action


@dataclass(frozen=True)
class Machine:
    """The states of one thing and the moves between them.

    Attributes:
        initial: the state in which it begins.
        moves: what each action leads to, as `{(state, action): next state}`.
        terminal: states in which it may rest for good.

    Examples:
        >>> door = Machine("shut", {("shut", "open"): "ajar", ("ajar", "close"): "shut"})
        >>> door.after("shut", "open"), door.actions("ajar")
        ('ajar', ('close',))
    """

    initial: str
    moves: Mapping[tuple[str, str], str]
    terminal: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Freeze what was given, so that no caller can change the table later."""
        object.__setattr__(self, "moves", MappingProxyType(dict(self.moves)))
        object.__setattr__(self, "terminal", frozenset(self.terminal))

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, the initial one first, in the order in which the table names them."""
        named = [self.initial]
        for (state, _action), following in self.moves.items():
            named += [state, following]
        return tuple(dict.fromkeys([*named, *sorted(self.terminal)]))

    def after(self, state: str, action: str) -> str:
        """Return the state that `action` leads to.

        Raises:
            IllegalMove: the action cannot follow this state.
        """
        try:
            return self.moves[(state, action)]
        except KeyError:
            raise IllegalMove(state, action) from None

    def actions(self, state: str) -> tuple[str, ...]:
        """Return what can be done in a state, in the order of the table."""
        return tuple(action for (from_state, action) in self.moves if from_state == state)

    def allows(self, state: str, action: str) -> bool:
        """Tell whether the action can follow the state."""
        return (state, action) in self.moves

    def is_terminal(self, state: str) -> bool:
        """Tell whether the thing may rest in this state for good."""
        return state in self.terminal

    def reachable(self, start: str | None = None) -> frozenset[str]:
        """Return every state that can be reached from `start` (the initial one if not given)."""
        found: set[str] = set()
        waiting = [self.initial if start is None else start]
        while waiting:
            state = waiting.pop()
            if state not in found:
                found.add(state)
                waiting += [self.moves[(state, action)] for action in self.actions(state)]
        return frozenset(found)

    def faults(self) -> tuple[str, ...]:
        """Return what is wrong with the table, in sentences; a sound table returns nothing.

        A state nobody can reach, a state that is not terminal and has no exit, and a state from which
        no terminal state can be reached (when the table has terminal states at all).
        """
        return tuple(self._faults())

    def mermaid(self) -> str:
        """Return the table as a Mermaid state diagram, for the generated papers."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [f"    {state} --> {after}: {action}" for (state, action), after in self.moves.items()]
        lines += [f"    {state} --> [*]" for state in self.states if state in self.terminal]
        return "\n".join(lines) + "\n"

    def _faults(self) -> Iterator[str]:
        reachable = self.reachable()
        for state in self.states:
            if state not in reachable:
                yield f"{state}: cannot be reached"
            if state not in self.terminal and not self.actions(state):
                yield f"{state}: has no exit and is not terminal"
            elif self.terminal and not self.reachable(state) & self.terminal:
                yield f"{state}: leads to no terminal state"
