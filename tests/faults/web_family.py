"""A family at the real form, over HTTP: three steps, a check, a receipt. What breaks, it tries again."""

import http.client
import re
import secrets
import time
import urllib.parse
from dataclasses import dataclass

# Words that must never stand unencrypted anywhere: what the family writes, who it is, where it is called.
CANARY = "kirjosieppo-pakeni-häkistä"
NAME = "Kyllikki Kanarialintu"
PHONE = "050 404 91827"
BROKEN = (OSError, http.client.HTTPException)
_CODE = re.compile(r'<p class="code"><bdi dir="ltr">([^<]+)</bdi>')
_PAUSE = 0.2  # seconds between two tries


@dataclass
class Answer:
    status: int
    text: str
    to: str


class Family:
    """One device. `broken` and `refused` count what it met on its way."""

    def __init__(self, netloc: str, language: str = "") -> None:
        self.netloc, self.prefix = netloc, f"/{language}" if language else ""
        self.cookies: dict[str, str] = {}
        self.broken = self.refused = 0
        self.strange: list[int] = []

    def send(self, path: str, fields: dict[str, str] | None = None, *, netloc: str = "") -> Answer:
        """GET, or POST with fields; raises one of BROKEN when the connection ends early."""
        line = http.client.HTTPConnection(netloc or self.netloc, timeout=15)
        headers = {"Host": self.netloc, "Connection": "close", "Sec-Fetch-Site": "same-origin"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            if fields is None:
                line.request("GET", self.prefix + path, headers=headers)
            else:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
                line.request("POST", self.prefix + path, urllib.parse.urlencode(fields), headers)
            got = line.getresponse()
            text = got.read().decode()
        finally:
            line.close()
        for cookie in got.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(got.status, text, got.headers.get("Location", ""))

    def insist(self, path: str, fields: dict[str, str] | None = None, *, patience: float = 40) -> Answer:
        """Send until there is an answer that is not "not now"."""
        deadline = time.monotonic() + patience
        while True:
            try:
                answer = self.send(path, fields)
            except BROKEN:
                self.broken += 1
            else:
                if answer.status < 400:
                    return answer
                self.refused += answer.status == 503
                if answer.status != 503:
                    self.strange.append(answer.status)
            if time.monotonic() > deadline:
                message = f"no answer from {path}"
                raise TimeoutError(message)
            time.sleep(_PAUSE)

    def type(self, words: str) -> None:
        """The three steps, without sending. Begins anew when the answer with the cookie was lost."""
        self.insist("/pyyda-apua/", {"asker": "parent", "place": "Oulu", "child_age": "3-6"})
        self.insist("/pyyda-apua/tilanne/", {"words": words, "urgency": "can-wait", "read": "1"})
        self.insist("/pyyda-apua/yhteys/", {"way": "call", "phone": PHONE, "name": NAME})

    def ask(self, words: str) -> str:
        """Everything up to the receipt; return its code."""
        self.type(words)
        self.insist("/pyyda-apua/tarkista/", {})
        return self.code()

    def code(self) -> str:
        """The code on the receipt, or "" when there is none."""
        found = _CODE.search(self.insist("/pyyda-apua/perilla/").text)
        return found[1] if found else ""

    def opens(self, code: str) -> bool:
        """Whether a code opens its request."""
        return self.insist("/pyyda-apua/tila/", {"code": code}).status == 302


def marked() -> tuple[str, str]:
    """A mark that is found again, and words that carry it."""
    mark = f"merkki{secrets.token_hex(6)}"
    return mark, f"Vauva ei nuku ja olemme väsyneitä. {CANARY} {mark}"
