"""Reads every log record of a test run and makes the run red when one carries personal data.

A plugin of pytest (`conftest.py` at the root loads it). Each worker of xdist reads its own records. Records
are caught where they are made, so that neither a level of a handler nor `propagate` hides any from it. What
other processes of a test log (servers, workers) is not read here.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Final

import pytest

# What it is → how it looks. Digits behind a point are a length of time, not a telephone.
# The names stand in reports, never what was found.
PERSONAL: Final = {
    "a canary": re.compile(r"kanaria-"),
    "a canary's telephone": re.compile(r"(?<![\d.])000 ?701 ?\d{4}(?!\d)"),
    "the telephone of the stories": re.compile(r"(?<![\d.])000[\s-]?123[\s-]?4567(?!\d)"),
    "the words of the stories": re.compile(r"raivoaa ja lyö|Nuori ei mene", re.IGNORECASE),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    "a Finnish personal identity code": re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b"),
}


def kinds_in(record: logging.LogRecord) -> set[str]:
    """Return the kinds of personal data in the message, the arguments, the extras or the exception."""
    said = [str(record.msg), repr(record.args), record.exc_text or "", record.stack_info or ""]
    try:
        said.append(record.getMessage())
    except (TypeError, ValueError):
        said.append("")  # a record that cannot be put together is told by its parts
    if record.exc_info and record.exc_info[1] is not None:
        said += traceback.format_exception(record.exc_info[1])
    said += [value for name, value in vars(record).items() if name not in _PLAIN and isinstance(value, str)]
    whole = "\n".join(said)
    return {kind for kind, pattern in PERSONAL.items() if pattern.search(whole)}


# Loggers that are not the product's: aiosmtpd, the mail server that the tests of mail send to.
FOREIGN: Final = frozenset({"mail.log"})
# What every record has of itself: where it was made.
_PLAIN: Final = frozenset(vars(logging.makeLogRecord({})))


class Watch:
    """Reads the records as they are made; keeps of a bad one where it came from and what kind it carried."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.read = 0
        self._records: list[logging.LogRecord] = []
        self._make = logging.getLogRecordFactory()

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        """Make a record as Python does. It is read later: its extras are not on it yet."""
        record = self._make(*args, **kwargs)
        self._records.append(record)
        return record

    def take(self) -> list[str]:
        """Read what was made since the last time; return what was found."""
        records, self._records = self._records, []
        self.read += len(records)
        found = [
            f"{record.name} ({record.filename}:{record.lineno}) logged {kind}"
            for record in records
            if record.name not in FOREIGN
            for kind in sorted(kinds_in(record))
        ]
        self.seen += found
        return found


@pytest.fixture(scope="session", autouse=True)
def log_watch() -> Iterator[Watch]:
    """The watch of this process, from its first fixture to its last."""
    watch, before = Watch(), logging.getLogRecordFactory()
    logging.setLogRecordFactory(watch)
    yield watch
    logging.setLogRecordFactory(before)
    # What was logged after the last test, in fixtures that end with their module or the session.
    assert not watch.take(), "personal data in the logs: " + "; ".join(sorted(set(watch.seen)))


@pytest.fixture(autouse=True)
def _logs_name_nobody(log_watch: Watch) -> Iterator[None]:
    """The logs of each test, and of the fixtures before it, carry nobody's data."""
    yield
    found = log_watch.take()
    assert not found, "personal data in the logs: " + "; ".join(sorted(set(found)))
