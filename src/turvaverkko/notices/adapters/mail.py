"""Mail, by the mail backend of the settings (`EMAIL_BACKEND`, `EMAIL_HOST` …).

Errors of the mail library carry addresses. They end here: what goes on is a code and whether trying again
can help.
"""

import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import sanitize_address

from turvaverkko.notices.letters import Letter
from turvaverkko.notices.rules import ANSWER_WITHIN, LETTER_WITHIN

# Says to other machines that no answer is wanted (RFC 3834; the second is Outlook's).
AUTOMATIC: Final = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_CODES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (smtplib.SMTPServerDisconnected, "disconnected"),
    (smtplib.SMTPException, "smtp"),
    (TimeoutError, "timeout"),
    (ConnectionRefusedError, "refused"),
    (ssl.SSLError, "tls"),
    (OSError, "network"),
)


class NotDelivered(Exception):
    """The letter did not leave, or nobody can tell whether it did.

    Attributes:
        code: "smtp-<reply>", "timeout", "refused", "disconnected", "tls", "network".
        for_good: the server said no to this letter or this recipient; trying again cannot help.
    """

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


@contextmanager
def conversation() -> Iterator[BaseEmailBackend]:
    """Hold a connection to the mail server: opened and signed in, ready for one letter.

    Raises:
        NotDelivered: the server cannot be reached or does not let us in. Never for good: that is between
            the server and us, and says nothing of a recipient.
    """
    connection: BaseEmailBackend = get_connection(timeout=ANSWER_WITHIN)
    try:
        connection.open()
        if smtp := _smtp(connection):
            smtp.ehlo_or_helo_if_needed()  # else it is said with the letter, while others wait for the lock
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(_code(error)) from None
    try:
        yield connection
    finally:
        # The letter has gone or not by now; the farewell is only polite.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def send(
    connection: BaseEmailBackend, letter: Letter, *, to: str, message_id: str, written_at: datetime
) -> None:
    """Send one letter.

    Args:
        connection: from `conversation`.
        letter: what.
        to: the recipient's address.
        message_id: stable, so that a receiver can tell a repeated letter from a new one.
        written_at: the date of the letter, the same in every attempt.

    Raises:
        NotDelivered: see there.
    """
    sender = settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=sanitize_address((letter.sender, sender), "utf-8") if letter.sender else sender,
        to=[to],
        connection=connection,
        headers={**AUTOMATIC, "Message-ID": message_id, "Date": format_datetime(written_at)},
    )
    message.attach_alternative(letter.html, "text/html")
    with _no_longer_than(LETTER_WITHIN, connection) as too_long:
        try:
            message.send()
        except (smtplib.SMTPException, OSError) as error:
            code = "timeout" if too_long.is_set() else _code(error)
            raise NotDelivered(code, for_good=_is_for_good(error)) from None


def message_id_of(public_id: str) -> str:
    """Return the Message-ID of a notice; it tells nothing that the sender's address does not tell."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    return f"<{public_id}@{domain}>"


def _smtp(connection: BaseEmailBackend) -> smtplib.SMTP | None:
    """The library's own connection; None when the backend writes to files or keeps letters in memory."""
    smtp = getattr(connection, "connection", None)
    return smtp if isinstance(smtp, smtplib.SMTP) else None


def _code(error: Exception) -> str:
    if replies := _replies(error):
        return f"smtp-{replies[0]}"
    if isinstance(error.__context__, TimeoutError):  # the library calls it a lost connection
        return "timeout"
    return next(code for kind, code in _CODES if isinstance(error, kind))


def _replies(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_for_good(error: Exception) -> bool:
    """A "no" (5xx) to the recipient or to the letter; one to the sender is ours to mend."""
    of_letter = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    return of_letter and all(code >= 500 for code in _replies(error))


@contextmanager
def _no_longer_than(seconds: float, connection: BaseEmailBackend) -> Iterator[threading.Event]:
    """Hang up when the whole takes too long: a server that drips byte by byte outlasts every single wait."""
    too_long = threading.Event()

    def hang_up() -> None:
        too_long.set()
        smtp = _smtp(connection)
        if smtp and smtp.sock:
            with suppress(OSError):
                smtp.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield too_long
    finally:
        timer.cancel()
