"""What one address of the net may do how often: try codes, begin drafts, send requests."""

import logging
from typing import Final

from django.conf import settings

from turvaverkko.core.limits import Limit, take
from turvaverkko.guidance.rules import DRAFTS_FOR_A_SENDING, GUESSES, GUESSES_WINDOW, SENDINGS_WINDOW

log = logging.getLogger(__name__)

GUESSING: Final = Limit("guidance.code", GUESSES, GUESSES_WINDOW)


class TooMany(Exception):
    """So much came from one address of late that nothing more is taken from it now."""


def take_draft(address: str) -> None:
    """Count a draft that begins.

    Raises:
        TooMany: the limit is full; nothing was counted.
    """
    _take(Limit("guidance.draft", settings.SENDINGS * DRAFTS_FOR_A_SENDING, SENDINGS_WINDOW), address)


def take_sending(address: str) -> None:
    """Count a request that is sent.

    Raises:
        TooMany: the limit is full; nothing was counted.
    """
    _take(Limit("guidance.sending", settings.SENDINGS, SENDINGS_WINDOW), address)


def _take(limit: Limit, address: str) -> None:
    if not take(limit, address):
        # Who it was is nobody's business; that families are turned away is the administrator's.
        log.warning(
            "%s: one address reached %d. If all families seem to come from one, check TURVAVERKKO_PROXIES.",
            limit.name,
            limit.most,
        )
        raise TooMany
