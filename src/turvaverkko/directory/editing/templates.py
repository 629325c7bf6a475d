"""What a new happening may begin from: data of `happening_templates.yaml`, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

from turvaverkko.directory.editing.contents import EMPTY, Content

FILE = Path(__file__).with_name("happening_templates.yaml")


@dataclass(frozen=True, slots=True)
class Template:
    """One beginning: its code, its title by language, and what the form then holds."""

    code: str
    titles: dict[str, str]
    content: Content
    time: dict[str, str]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.titles.get(get_language() or "fi") or self.titles["fi"]


@cache
def templates() -> Sequence[Template]:
    """Return every template in the order of the file."""
    return [_read(entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))]


def template(code: str) -> Template | None:
    """Return a template by its code."""
    return next((one for one in templates() if one.code == code), None)


def _read(entry: dict[str, Any]) -> Template:
    content = {**EMPTY, "kind": entry["kind"], "sign_up": entry["sign_up"], "texts": entry["texts"]}
    time = {"toistuu": entry["every"], "klo": entry["starts"], "asti": entry["ends"]}
    return Template(entry["code"], entry["title"], content, time)
