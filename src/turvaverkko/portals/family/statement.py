"""The accessibility statement's own facts, read from `accessibility_gaps.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

SOURCE = Path(__file__).with_name("accessibility_gaps.yaml")
FINNISH = "fi"
# Where accessibility feedback goes. Visibly invented in the example; a county gives its own.
FEEDBACK_EMAIL = "saavutettavuus@example.invalid"

Status = Literal["full", "partial", "none"]
Method = Literal["self", "external"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not accessible yet: what, which criterion, and what is done about it.

    Attributes:
        lang: language of the texts when it is not the reader's, otherwise empty.
    """

    what: str
    plan: str
    criterion: str
    lang: str


@dataclass(frozen=True, slots=True)
class Statement:
    """How accessible the service is, how that is known, and its gaps in the reader's language."""

    status: Status
    method: Method
    first_published: date
    checked: date
    gaps: tuple[Gap, ...]


def statement(language: str) -> Statement:
    """Return the statement with its gaps in `language`, in Finnish where they are not translated."""
    known = _read()
    return Statement(
        status=known["status"],
        method=known["method"],
        first_published=known["first_published"],
        checked=known["checked"],
        gaps=tuple(_gap(entry, language) for entry in known["gaps"]),
    )


@cache
def _read() -> dict[str, Any]:
    # The shape is ours and a test reads the whole file, so it is not validated on every start.
    known: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return known


def _gap(entry: Mapping[str, Any], language: str) -> Gap:
    has_both = language in entry["what"] and language in entry["plan"]
    spoken = language if has_both else FINNISH
    return Gap(
        what=entry["what"][spoken],
        plan=entry["plan"][spoken],
        criterion=entry["criterion"],
        lang="" if spoken == language else spoken,
    )
