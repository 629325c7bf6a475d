"""Typed messages inside the process: how a lower floor tells an upper one what happened.

A lower app announces; it does not know who listens. An upper app subscribes at start-up. A handler says
when it runs: INSIDE the announcing transaction (if it fails, everything is rolled back: use it when both
must happen or neither) or AFTER_COMMIT (it cannot undo what happened; a failure is logged).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, TypeVar

from django.db import transaction

logger = logging.getLogger(__name__)
Message = TypeVar("Message")


class When(Enum):
    """When a handler runs."""

    INSIDE = "inside the transaction"
    AFTER_COMMIT = "after commit"


class NotInTransaction(RuntimeError):
    """Something was announced outside a transaction: it would tell of what may never have happened."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """One line of the generated list: who hears which message, and when."""

    message: type
    handler: Callable[[Any], None]
    when: When

    @property
    def name(self) -> str:
        """Where the handler is, as a dotted name."""
        return f"{self.handler.__module__}.{self.handler.__qualname__}"


_subscribers: list[Subscriber] = []


def subscribe(message: type[Message], handler: Callable[[Message], None], *, when: When) -> None:
    """Have `handler` called with every announced message of exactly this type.

    Call it from `AppConfig.ready`. Subscribing the same handler twice has no effect.
    """
    subscriber = Subscriber(message, handler, when)
    if subscriber not in _subscribers:
        _subscribers.append(subscriber)


def unsubscribe(message: type[Message], handler: Callable[[Message], None]) -> None:
    """Stop calling `handler` (for tests)."""
    _subscribers[:] = [s for s in _subscribers if (s.message, s.handler) != (message, handler)]


def announce(message: object) -> None:
    """Tell the subscribers of this type of message, in the order in which they subscribed.

    Raises:
        NotInTransaction: there is no transaction; announce inside a command.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(type(message).__name__)
    for subscriber in subscribers(type(message)):
        if subscriber.when is When.INSIDE:
            subscriber.handler(message)
        else:
            transaction.on_commit(partial(_after_commit, subscriber, message))


def subscribers(message: type | None = None) -> tuple[Subscriber, ...]:
    """Return the subscribers of a type of message, or all of them, in order."""
    return tuple(s for s in _subscribers if message is None or s.message is message)


def _after_commit(subscriber: Subscriber, message: object) -> None:
    """Run a handler whose failure must not look like a failure of what is already committed."""
    try:
        subscriber.handler(message)
    except Exception:
        # Only names: a message may carry ids of a family, and logs carry no more than needed.
        logger.exception("%s failed after %s", subscriber.name, type(message).__name__)
