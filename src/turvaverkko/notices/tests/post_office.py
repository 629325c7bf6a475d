"""A real SMTP server in the test's own process, whose answers a test can choose."""

import asyncio
import socket
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"
TOO_LATE = "250 accepted long after anybody waited for it"
VERBS = ("EHLO", "HELO", "RCPT", "DATA")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostOffice:
    """Keeps every letter it accepted. `answers` are used up one by one, then everything is accepted.

    An answer is a reply ("450 later"), seconds to wait before accepting, or something to do (in a thread,
    because it may use the database) before accepting.
    """

    def __init__(self, port: int | None = None) -> None:
        self.letters: list[EmailMessage] = []
        self.answers: dict[str, list[str | float | Callable[[], None]]] = {verb: [] for verb in VERBS}
        self.port = port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def open(self) -> "PostOffice":
        self._controller.start()
        return self

    def close(self) -> None:
        self._controller.stop()

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        answer = await self._answer("EHLO")
        return responses if answer == OK else [answer]

    async def handle_HELO(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str
    ) -> str:
        session.host_name = hostname
        return await self._answer("HELO")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self._answer("RCPT")
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await self._answer("DATA")
        if answer == "hang up":
            server.transport.abort()
        elif answer in {OK, TOO_LATE}:
            self.letters.append(self._read(envelope))
        if answer == TOO_LATE:
            await asyncio.sleep(2)
        return answer

    def _read(self, envelope: Envelope) -> EmailMessage:
        content: Any = envelope.content
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        assert envelope.rcpt_tos == [letter["To"]]
        return letter

    async def _answer(self, verb: str) -> str:
        if not self.answers[verb]:
            return OK
        answer = self.answers[verb].pop(0)
        if isinstance(answer, str):
            return answer
        if isinstance(answer, float):
            await asyncio.sleep(answer)
        else:
            await asyncio.get_running_loop().run_in_executor(None, answer)
        return OK
