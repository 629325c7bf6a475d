"""Looking at addresses of the web that people wrote: never into our own network, never for long.

Every name is resolved here, and the connection goes to the very address that was judged, at each redirect
anew: a name that answers otherwise the second time leads nowhere. Only what an answer says of itself is
read, never its content.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

# Unit: seconds. How long a server may be silent, and how long a look may take in all.
SILENCE: Final = 8.0
WHOLE_LOOK: Final = 20.0
# Unit: redirects. Browsers give up after 20; an honest site needs three.
MOST_REDIRECTS: Final = 5
MOVED: Final = frozenset({301, 302, 303, 307, 308})
PORTS: Final = {"http": 80, "https": 443}
# Statuses with which a server may mean that it does not know HEAD, or does not like it.
ASK_WITH_GET: Final = 400


class Trouble(StrEnum):
    """Why there was no answer to judge by."""

    FORBIDDEN = "forbidden"  # no address of the web, or one inside a private network
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    INSECURE = "insecure"
    CIRCLES = "circles"


class NoLook(Exception):
    """The address could not be looked at."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def is_public(address: str) -> bool:
    """Tell whether an address of the net lies outside every private, local and reserved network.

    Examples:
        >>> is_public("193.166.3.2"), is_public("10.0.0.7"), is_public("127.0.0.1"), is_public("::1")
        (True, False, False, False)
        >>> is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("100.64.0.1")
        (False, False, False)
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


@dataclass(frozen=True, slots=True)
class Outside:
    """How the web is looked at.

    Attributes:
        who: says in the request who asks.
        may_ask: judges the address of the net that a name led to; tests let their own server in.
        silence: seconds a server may be silent.
        whole_look: seconds for one look with all its redirects.
    """

    who: str
    may_ask: Callable[[str], bool] = is_public
    silence: float = SILENCE
    whole_look: float = WHOLE_LOOK

    def status_of(self, url: str) -> int:
        """Return the status with which an address answers in the end: to HEAD, or to GET if HEAD fails.

        Raises:
            NoLook: there was no answer.
        """
        ends = time.monotonic() + self.whole_look
        status = self._followed("HEAD", url, ends)
        return self._followed("GET", url, ends) if status >= ASK_WITH_GET else status

    def _followed(self, method: str, url: str, ends: float) -> int:
        for _step in range(MOST_REDIRECTS + 1):
            status, led_to = self._once(method, url, ends)
            if status not in MOVED or not led_to:
                return status
            url = urljoin(url, led_to)
        raise NoLook(Trouble.CIRCLES)

    def _once(self, method: str, url: str, ends: float) -> tuple[int, str]:
        parts = _parts(url)
        left = min(self.silence, ends - time.monotonic())
        if left <= 0:
            raise NoLook(Trouble.SLOW)
        try:
            connection = self._connected(parts, left)
            # A server that sends a sign a second is never silent: it is cut off when the look is over.
            over = threading.Timer(ends - time.monotonic(), _cut, [connection.sock])
            over.start()
            try:
                connection.request(method, _target(parts), headers=self._headers(parts))
                response = connection.getresponse()
                if time.monotonic() >= ends:
                    raise NoLook(Trouble.SLOW)  # cut off in the middle of its headers
                return response.status, response.headers.get("Location", "")
            finally:
                over.cancel()
                connection.close()
        except ssl.SSLError as fault:
            raise NoLook(Trouble.INSECURE) from fault
        except TimeoutError as fault:
            raise NoLook(Trouble.SLOW) from fault
        except (OSError, http.client.HTTPException, ValueError) as fault:
            is_over = time.monotonic() >= ends
            raise NoLook(Trouble.SLOW if is_over else Trouble.UNREACHABLE) from fault

    def _connected(self, parts: SplitResult, silence: float) -> http.client.HTTPConnection:
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        line = socket.create_connection((self._judged(host, port), port), timeout=silence)
        if parts.scheme == "https":
            try:
                line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            except BaseException:
                line.close()
                raise
        connection = http.client.HTTPConnection(host, port, timeout=silence)
        connection.sock = line
        return connection

    def _judged(self, host: str, port: int) -> str:
        """Return one address of the net for a name, when every one it has may be asked.

        Raises:
            NoLook: one of them may not.
        """
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not all(self.may_ask(address) for address in found):
            raise NoLook(Trouble.FORBIDDEN)
        return found[0]

    def _headers(self, parts: SplitResult) -> dict[str, str]:
        return {"Host": parts.netloc.rpartition("@")[2], "User-Agent": self.who, "Accept": "*/*"}


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _parts(url: str) -> SplitResult:
    """Take an address apart.

    Raises:
        NoLook: it is no address of the web, or carries a name and a password.
    """
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise NoLook(Trouble.FORBIDDEN) from None
    if not is_web or "@" in parts.netloc:
        raise NoLook(Trouble.FORBIDDEN)
    return parts


def _target(parts: SplitResult) -> str:
    path = parts.path or "/"
    target = f"{path}?{parts.query}" if parts.query else path
    return "".join(sign if "!" <= sign <= "~" else _escaped(sign) for sign in target)


def _escaped(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode())
