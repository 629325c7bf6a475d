"""Asking a source outside over HTTP: never in a request of ours, only in jobs and commands.

Nothing of what comes back is trusted: how long it takes, how much it is, where it leads and whether it is
whole are limited and checked here; what it means is for the asking app.
"""

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

# Unit: seconds. How long the source may be silent, and how long one answer may take in all.
SILENCE: Final = 20.0
WHOLE_ANSWER: Final = 120.0
# Unit: bytes. No answer of the sources we ask comes near to this.
LARGEST: Final = 32 * 1024 * 1024
# Unit: seconds before each further try.
WAITS: Final[Sequence[float]] = (2.0, 8.0)
# Unit: seconds. A source that asks for a longer wait gets none: the next run comes anyway.
LONGEST_WAIT: Final = 60.0
PIECE: Final = 64 * 1024


class Trouble(StrEnum):
    """Why there is no answer."""

    OFF = "off"  # no address in the settings
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    BUSY = "busy"  # the source is out of order or asks to wait
    ODD = "odd"  # another status, or it leads elsewhere
    TOO_LARGE = "too-large"
    CUT_SHORT = "cut-short"
    GARBLED = "garbled"


# Worth another try: it may pass by itself.
PASSING: Final = frozenset({Trouble.UNREACHABLE, Trouble.SLOW, Trouble.BUSY, Trouble.CUT_SHORT})


class NoAnswer(Exception):
    """The source gave no answer that can be used; `wait`: seconds that it asks for before the next try."""

    def __init__(self, trouble: Trouble, wait: float = 0.0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.wait = wait


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: a source that moved is for a person to look at."""

    def redirect_request(self, *_request: object, **_more: object) -> None:
        """Refuse."""


@dataclass(frozen=True, slots=True)
class Asker:
    """One source and its limits.

    Attributes:
        address: of the interface, such as "https://source.example/rest"; "" asks nothing.
        silence: seconds between two pieces of an answer.
        whole_answer: seconds for one answer.
        largest: bytes of one answer.
        waits: seconds before each further try.
        pause: waits; a test gives its own.
    """

    address: str
    silence: float = SILENCE
    whole_answer: float = WHOLE_ANSWER
    largest: int = LARGEST
    waits: Sequence[float] = WAITS
    pause: Callable[[float], None] = time.sleep

    def ask(self, path: str) -> bytes:
        """Return the answer to a GET of `path`, after further tries where waiting may help.

        Raises:
            NoAnswer: there is none.
        """
        url = _checked(self.address) + path
        for wait in self.waits:
            try:
                return self._once(url)
            except NoAnswer as fault:
                if fault.trouble not in PASSING or fault.wait > LONGEST_WAIT:
                    raise
                asked_for = fault.wait
            self.pause(max(wait, asked_for))
        return self._once(url)

    def _once(self, url: str) -> bytes:
        ends = time.monotonic() + self.whole_answer
        # The address was checked to be of the web; it comes from the settings, never from a reader.
        request = urllib.request.Request(url, headers=_headers())  # noqa: S310
        opener = urllib.request.build_opener(_Stay)
        try:
            with opener.open(request, timeout=self.silence) as response:
                return self._read(response, ends)
        except urllib.error.HTTPError as fault:
            with fault:
                raise NoAnswer(_trouble_of(fault.code), _wait_of(fault)) from None
        except TimeoutError as fault:
            raise NoAnswer(Trouble.SLOW) from fault
        except urllib.error.URLError as fault:
            slow = isinstance(fault.reason, TimeoutError)
            raise NoAnswer(Trouble.SLOW if slow else Trouble.UNREACHABLE) from fault
        except http.client.HTTPException as fault:
            raise NoAnswer(Trouble.CUT_SHORT) from fault
        except OSError as fault:
            raise NoAnswer(Trouble.UNREACHABLE) from fault

    def _read(self, response: http.client.HTTPResponse, ends: float) -> bytes:
        """Read piece by piece: a source that sends a byte a second is given up, and so is one without end."""
        told = response.headers.get("Content-Length", "")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise NoAnswer(Trouble.GARBLED)
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(PIECE):
            size += len(piece)
            if size > self.largest:
                raise NoAnswer(Trouble.TOO_LARGE)
            if time.monotonic() > ends:
                raise NoAnswer(Trouble.SLOW)
            pieces.append(piece)
        if told.isdigit() and size != int(told):
            raise NoAnswer(Trouble.CUT_SHORT)
        return b"".join(pieces)


def _checked(address: str) -> str:
    """Return the address without a slash at its end.

    Raises:
        NoAnswer: it is empty, or no address of the web.
    """
    if not address:
        raise NoAnswer(Trouble.OFF)
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise NoAnswer(Trouble.ODD)
    return address.rstrip("/")


def _headers() -> dict[str, str]:
    """Who asks, in the form that the sources let in (some refuse programs by name)."""
    who = f"Mozilla/5.0 (compatible; Turvaverkko; +{settings.SITE_ADDRESS})"
    return {"User-Agent": who, "Accept": "application/json, text/csv"}


def _trouble_of(status: int) -> Trouble:
    if status in {401, 403}:
        return Trouble.FORBIDDEN
    if status in {404, 410}:
        return Trouble.MISSING
    return Trouble.BUSY if status == 429 or status >= 500 else Trouble.ODD


def _wait_of(fault: urllib.error.HTTPError) -> float:
    said = fault.headers.get("Retry-After", "") if fault.headers else ""
    return float(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0.0
