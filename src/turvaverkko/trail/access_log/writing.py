"""Writing the access log: who looked at what, in the transaction in which it was read."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeVar

from django.db import connection, transaction

from turvaverkko.core import actors, ids, time_source
from turvaverkko.trail import payload
from turvaverkko.trail.access_log.models import Look
from turvaverkko.trail.access_log.rows import COLUMNS, TABLE

R = TypeVar("R")
Values = tuple[str, ...]

_WRITTEN: Final = COLUMNS[1:]  # without the id, which the database gives
_ONE_ROW: Final = f"({', '.join(['%s'] * len(_WRITTEN))})"
_INTO: Final = f"INSERT INTO {TABLE} ({', '.join(_WRITTEN)})"
# What every row of one page says alike, and what each says for itself: one statement for any number of rows,
# which PostgreSQL plans once for a connection, and lists of only what differs.
_ALIKE: Final = frozenset({"time", "actor", "role", "look", "screen", "request_id"})
_OWN: Final = [name for name in _WRITTEN if name not in _ALIKE]
_TYPES: Final = {name: "timestamptz" if name == "time" else "text" for name in _WRITTEN}
_SELECTED: Final = ", ".join(f"own.{name}" if name in _OWN else f"%s::{_TYPES[name]}" for name in _WRITTEN)
_LISTS: Final = ", ".join(["%s::text[]"] * len(_OWN))
_FROM_LISTS: Final = f"{_INTO} SELECT {_SELECTED} FROM unnest({_LISTS}) AS own({', '.join(_OWN)})"  # noqa: S608 - constants only
# Unit: rows in one statement. SQLite's old limit of 999 parameters is kept.
AT_ONCE: Final = 999 // len(_WRITTEN)


class Touched(NamedTuple):
    """One subject somebody looked at, as ids and codes.

    Attributes:
        kind: of the subject, such as "plans.sharedplan".
        public_id: of the subject.
        matter: public id of the matter it belongs to; empty when it belongs to none.
        controller: whose data these are; empty for that of the call.
        basis: on which ground it was seen; empty for that of the call.
        unit: public id of the unit in which the actor looked; empty for that of the call.
    """

    kind: str
    public_id: str
    matter: str = ""
    controller: str = ""
    basis: str = ""
    unit: str = ""


def looked(
    actor: object,
    look: Look,
    subjects: Iterable[Touched],
    *,
    screen: str,
    basis: str,
    role: str = "",
    unit: str = "",
    controller: str = "",
    request_id: str = "",
) -> str:
    """Write that an actor looked at subjects, one row each; return the id that groups the rows of a page.

    The rows stand in the caller's transaction when one is open, else they are committed before this
    returns. A page that has not left its transaction has not been sent: when the rows cannot be written,
    neither is the page. A refusal is written after the block that refused, or it is rolled back with it.

    Args:
        actor: who looked; has a `public_id`.
        look: in which way.
        subjects: every subject that the page shows.
        screen: the name of the URL pattern, such as "guidance:queue"; never a path.
        basis: code of the ground, such as "own_unit", "self", "break_glass".
        role: code of the role in which the actor looked.
        unit: public id of the actor's unit.
        controller: public id of the organisation whose data these are.
        request_id: that of an earlier call for the same page; a new one is made when empty.

    Raises:
        FreeText: something is neither an id nor a code, or the screen is a path, or a ground is missing.
        TypeError: the actor has no public id.
    """
    request_id = request_id or ids.new_public_id()
    who = actors.id_of(actor)
    moment = str(connection.ops.adapt_datetimefield_value(time_source.now()))
    rows: list[Values] = [
        (
            moment,
            who,
            role,
            one.unit or unit,
            one.controller or controller,
            Look(look).value,
            screen,
            one.kind,
            one.public_id,
            one.matter,
            one.basis or basis,
            request_id,
        )
        for one in subjects
    ]
    _check(rows, screen)
    with transaction.atomic(savepoint=False):
        for start in range(0, len(rows), AT_ONCE):
            _insert(rows[start : start + AT_ONCE])
    return request_id


def shown(
    actor: object,
    look: Look,
    rows: Iterable[R],
    touched: Callable[[R], Touched],
    *,
    screen: str,
    basis: str,
    role: str = "",
    unit: str = "",
    controller: str = "",
    request_id: str = "",
) -> list[R]:
    """Fetch rows (a queryset not yet evaluated), write that they were looked at, and only then return them.

    Reading and writing are one transaction, and the list is handed out after the writing: a caller that
    takes its rows from here cannot have them without the log. Arguments and errors as in `looked`.
    """
    with transaction.atomic():
        fetched = list(rows)
        looked(
            actor,
            look,
            map(touched, fetched),
            screen=screen,
            basis=basis,
            role=role,
            unit=unit,
            controller=controller,
            request_id=request_id,
        )
    return fetched


# By position in a row as `looked` builds it.
_MUST_BE_SAID: Final = (1, 6, 7, 8, 10, 11)


def _check(rows: list[Values], screen: str) -> None:
    if "/" in screen:
        message = "screen"
        raise payload.FreeText(message)
    for position, name in enumerate(_WRITTEN[1:], start=1):
        # Most columns say the same in every row of a page: each value is looked at once.
        for value in {row[position] for row in rows}:
            if not value and position in _MUST_BE_SAID:
                raise payload.FreeText(name)
            payload.checked_code(name, value)


def _insert(rows: list[Values]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            alike = [value for name, value in zip(_WRITTEN, rows[0], strict=True) if name in _ALIKE]
            columns = dict(zip(_WRITTEN, zip(*rows, strict=True), strict=True))
            cursor.execute(_FROM_LISTS, [*alike, *(list(columns[name]) for name in _OWN)])
        else:
            values = ", ".join([_ONE_ROW] * len(rows))
            cursor.execute(f"{_INTO} VALUES {values}", [value for row in rows for value in row])
