"""Commands: the only way in which a person or a job changes anything.

`@command` makes of a function in a `services.py` one act: the row is locked and read again, the right is
checked, everything happens in one transaction, a key sent twice acts once, and a log entry is written.
A registry knows every command; one test walks it.

This floor imports nothing of ours. The writer of entries (trail) and the gate (access) are registered at
start-up. Without a writer no command runs; without a gate the command's own policy decides alone.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Concatenate, Final, Generic, ParamSpec, Protocol, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from turvaverkko.core import actors
from turvaverkko.core.replay import KeyUse, key_use, recalled, remembered
from turvaverkko.core.rows import kind_of, locked

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

P = ParamSpec("P")
R = TypeVar("R")
A = TypeVar("A")

# May this actor do this to this subject? The subject is the command's first argument after the actor.
Allow = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: the kind of row and its public id."""

    kind: str
    public_id: str


@dataclass(slots=True)
class Note:
    """What a running command adds to its log entry. Ids and codes only, never free text."""

    reason: str = ""
    unit: str = ""
    acting_for: str = ""
    audience: str = ""
    controller: str = ""
    subject: Subject | None = None
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a command hands to the writer: who did what to which subject."""

    kind: str
    actor: str
    subject: Subject | None
    note: Note


class Writer(Protocol):
    """Writes log entries and remembers keys, inside the transaction of the command."""

    def write(self, entry: Entry) -> None:
        """Write one entry."""

    def claim(self, use: KeyUse) -> Mapping[str, Any] | None:
        """Take a key for this command, or return the result of its first use.

        Raises:
            IdempotencyConflict: the key was used with other content.
        """

    def keep(self, use: KeyUse, result: Mapping[str, Any]) -> None:
        """Keep the result of a claimed key."""


class Gate(Protocol):
    """Says whether an actor may do a command to a subject, beside the command's own policy."""

    def permits(self, command: str, actor: object, subject: object) -> bool:
        """Tell whether the gate is open."""


class NoWriter(RuntimeError):
    """No writer is registered: nothing may change without a trail."""


@dataclass(slots=True)
class _Registered:
    writer: Writer | None = None
    gate: Gate | None = None


_registered: Final = _Registered()
_commands: Final[dict[str, "Command[Any, Any, Any]"]] = {}
_note: Final[ContextVar[Note | None]] = ContextVar("note", default=None)


class Command(Generic[A, P, R]):
    """A registered act. Call it like the function it was made of, or `once(key, …)`."""

    def __init__(
        self,
        body: Callable[Concatenate[A, P], R],
        *,
        name: str,
        allow: Allow,
        sentence: "str | _StrPromise",
        lock: bool,
    ) -> None:
        self.name = name
        self.allow = allow
        self.sentence = sentence
        self.lock = lock
        self.body = body
        update_wrapper(self, body)

    def __call__(self, actor: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it.

        Raises:
            PermissionDenied: the policy or the gate says no; nothing was written.
            IllegalMove: it cannot follow the present state; nothing was written.
            NoWriter: there is nobody to write the trail.
        """
        with transaction.atomic():
            return self._run(_the_writer(), actor, *args, **kwargs)

    def once(self, key: str, actor: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do it, or return the result of the first time when the key was used before.

        Args:
            key: made by the page or the calling system, 8 to 100 signs; a key belongs to one actor.
            actor: who acts.
            args: as in a plain call.
            kwargs: as in a plain call.

        Raises:
            IdempotencyConflict: the key was used with other content.
            BadIdempotencyKey: the key has a form that is not accepted.
            PermissionDenied: also when the right was lost since the first time.
        """
        writer = _the_writer()
        use = key_use(self.name, actors.id_of(actor), key, (args, kwargs))
        with transaction.atomic():
            kept = writer.claim(use)
            if kept is not None:
                self._check(actor, *args)
                return cast("R", recalled(kept))
            result = self._run(writer, actor, *args, **kwargs)
            writer.keep(use, remembered(result))
        return result

    def _run(self, writer: Writer, actor: A, /, *args: P.args, **kwargs: P.kwargs) -> R:
        doer = actors.id_of(actor)
        # The types are the same, the row is only read again; mypy cannot follow P.args through a tuple.
        args = self._locked(args)  # type: ignore[assignment]
        self._check(actor, *args)
        with _noting() as note:
            result = self.body(actor, *args, **kwargs)
        subject = note.subject or _subject_of(result, *args)
        writer.write(Entry(self.name, doer, subject, note))
        return result

    def _check(self, actor: A, *args: object) -> None:
        subject = args[0] if args else None
        gate = _registered.gate
        if not self.allow(actor, subject) or (gate and not gate.permits(self.name, actor, subject)):
            raise PermissionDenied(self.name)

    def _locked(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        if self.lock and args and isinstance(args[0], models.Model) and args[0].pk is not None:
            return (locked(args[0]), *args[1:])
        return args


def command(
    name: str, *, allow: Allow, sentence: "str | _StrPromise", lock: bool = True
) -> Callable[[Callable[Concatenate[A, P], R]], Command[A, P, R]]:
    """Make a command of a function whose first argument is the actor and whose second is the subject.

    Args:
        name: "<app>.<verb>", unique; it is the kind of the log entry.
        allow: the policy, asked with (actor, subject); the subject is None when there is no second argument.
        sentence: lazy Finnish sentence that tells in a timeline what happened.
        lock: read the subject again under a row lock before the policy and the body see it.

    Raises:
        ValueError: the name is taken or has another form.
    """

    def register(body: Callable[Concatenate[A, P], R]) -> Command[A, P, R]:
        made = Command(body, name=name, allow=allow, sentence=sentence, lock=lock)
        _enter(made)
        return made

    return register


def note(
    *,
    reason: str = "",
    unit: str = "",
    acting_for: str = "",
    audience: str = "",
    controller: str = "",
    subject: Subject | None = None,
    **payload: object,
) -> None:
    """Add to the log entry of the running command. Ids and codes only; free text is refused.

    Raises:
        RuntimeError: no command is running.
    """
    running = _note.get()
    if running is None:
        message = "note() adds to the entry of a running command; none is running."
        raise RuntimeError(message)
    given = {"reason": reason, "unit": unit, "acting_for": acting_for}
    given |= {"audience": audience, "controller": controller}
    for column, value in given.items():
        if value:
            setattr(running, column, value)
    running.subject = subject or running.subject
    running.payload |= payload


def subject_of(row: models.Model) -> Subject:
    """Return the subject that a row is in the trail.

    Raises:
        TypeError: the row has no public id.
    """
    return Subject(kind_of(row), actors.id_of(row))


def registered() -> Mapping[str, Command[Any, Any, Any]]:
    """Return every command by its name, in the order of names."""
    return dict(sorted(_commands.items()))


def register_writer(writer: Writer | None) -> Writer | None:
    """Set who writes entries; return who did until now."""
    before, _registered.writer = _registered.writer, writer
    return before


def register_gate(gate: Gate | None) -> Gate | None:
    """Set who keeps the gate; return who did until now."""
    before, _registered.gate = _registered.gate, gate
    return before


def forget(name: str) -> None:
    """Take a command out of the registry (for tests that make their own)."""
    _commands.pop(name, None)


def _enter(made: Command[Any, Any, Any]) -> None:
    app, _, verb = made.name.partition(".")
    if not (app.isidentifier() and verb.isidentifier()):
        message = f"A command is called '<app>.<verb>', not {made.name!r}."
        raise ValueError(message)
    if made.name in _commands:
        message = f"Two commands are called {made.name!r}."
        raise ValueError(message)
    _commands[made.name] = made


def _the_writer() -> Writer:
    if _registered.writer is None:
        message = "No writer is registered: nothing changes without a trail."
        raise NoWriter(message)
    return _registered.writer


@contextmanager
def _noting() -> Iterator[Note]:
    note_of_this = Note()
    token = _note.set(note_of_this)
    try:
        yield note_of_this
    finally:
        _note.reset(token)


def _subject_of(result: object, *args: object) -> Subject | None:
    """Return the row the command is about: what it gave back, else what it was given."""
    for candidate in (result, *args[:1]):
        if isinstance(candidate, models.Model) and hasattr(candidate, "public_id"):
            return subject_of(candidate)
    return None
