"""Canary strings: one for each personal field of each row, so that a row is known wherever it stands."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote

# Every made-up text of the walk begins with it; `log_watch` looks for it in the logs of the whole run.
MARK: Final = "kanaria"


class Canary(NamedTuple):
    """Whose it is and in which field it stands."""

    tag: str
    field: str


def text(tag: str, name: str) -> str:
    """Return the canary that is written into a field of free text."""
    return f"{MARK}-{tag}-{name}-loppu"


def phone(number: int) -> str:
    """Return a telephone number that is a canary: no such number is given to anybody."""
    return f"000701{number:04d}"


@dataclass
class Cage:
    """Every canary of the world by its string."""

    known: dict[str, Canary] = field(default_factory=dict)

    def put(self, string: str, tag: str, name: str) -> str:
        """Remember a string as the canary of a field; return it."""
        self.known[string] = Canary(tag, name)
        return string

    def text(self, tag: str, name: str) -> str:
        """Make and remember the canary of a field of free text."""
        return self.put(text(tag, name), tag, name)

    def email(self, tag: str) -> str:
        """Make and remember an address; its part before the @ is the canary. Pages set digits apart."""
        spelled = tag.replace("1", "yksi").replace("2", "kaksi")
        return f"{self.put(text(spelled, 'email'), tag, 'email')}@example.invalid"

    def among(self, *texts: str) -> set[Canary]:
        """Return the canaries that stand in texts: as they are, as markup, in an address or in a cookie."""
        plain = "\n".join(_plain(said) for said in texts)
        return {canary for string, canary in self.known.items() if string in plain}


def headers_of(headers: Mapping[str, str], cookies: str) -> str:
    """Return everything that stands in the head of a response, with what signed cookies carry inside."""
    head = "\n".join(f"{name}: {value}" for name, value in headers.items())
    return "\n".join([head, cookies, *_decoded(cookies), *_decoded(head)])


def _plain(said: str) -> str:
    return f"{unescape(said)}\n{unquote(said)}" if "%" in said or "&" in said else said


def _decoded(said: str) -> list[str]:
    """What base64 hides: a signed cookie is readable by anybody who holds it."""
    found = []
    for part in re.findall(r"[A-Za-z0-9_-]{16,}", said):
        try:
            read = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        except (binascii.Error, ValueError):
            continue
        found.append(read.decode("utf-8", errors="ignore"))
    return found
