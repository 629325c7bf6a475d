"""Texts of the catalogue into plain text: as they are, out of Draft.js, Markdown or HTML. Pure.

What comes out is text with line ends and nothing else: no markup, no control signs. Pages still escape it.
"""

import json
import re
from html import unescape
from typing import Final

import nh3

from turvaverkko.core.safe_text import strip_controls

_MARK: Final = re.compile(r"[<&#*_\[{]")
_HTML: Final = re.compile(r"</?[a-zA-Z!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_BLOCK: Final = re.compile(
    r"<(?=(?:br|p|li|ul|ol|div|h[1-6]|tr|table)\b|/(?:p|div|h[1-6]|table)\b)", re.IGNORECASE
)
_HEADING: Final = re.compile(r"^[ \t]*#{1,6}[ \t]+", re.MULTILINE)
_LINK: Final = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(([^()\s]{1,1000})\)")
_STRESS: Final = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000})(?<=\S)\1")
_GAP: Final = re.compile(r"\n{3,}")
_WEB: Final = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


def plain_text(text: str) -> str:
    r"""Return a text as plain text, its lines kept.

    Examples:
        >>> plain_text("Tule\r\nmukaan <script>alert(1)</script>")
        'Tule\nmukaan'
        >>> plain_text("## Aika\n**Maanantai**, [sivut](https://a.example)")
        'Aika\nMaanantai, sivut (https://a.example)'
        >>> plain_text('{"blocks": [{"text": "Yksi", "type": "unordered-list-item"}], "entityMap": {}}')
        '- Yksi'
        >>> plain_text("alle 3 < 5 vuotta")
        'alle 3 < 5 vuotta'
    """
    # Codes, dates and most sentences are one line without a mark: nothing has to be done to them.
    if text.isprintable() and not _MARK.search(text):
        return text.strip()
    text = _of_draft(text)
    # Twice: an entity may spell a tag.
    for _ in range(2):
        if _HTML.search(text):
            text = unescape(nh3.clean(_BLOCK.sub("\n<", text), tags=set()))
    text = _STRESS.sub(r"\2", _LINK.sub(_link, _HEADING.sub("", text)))
    lines = (line.rstrip() for line in strip_controls(text).split("\n"))
    return _GAP.sub("\n\n", "\n".join(lines)).strip()


def _of_draft(text: str) -> str:
    """The lines of a Draft.js document; any other text as it is."""
    if not text.lstrip().startswith("{") or '"blocks"' not in text:
        return text
    try:
        blocks = json.loads(text)["blocks"]
        return "\n".join(_line(block) for block in blocks)
    except (ValueError, TypeError, KeyError, RecursionError):
        return text


def _line(block: dict[str, object]) -> str:
    mark = "- " if str(block.get("type", "")).endswith("list-item") else ""
    return f"{mark}{block.get('text') or ''}"


def _link(found: re.Match[str]) -> str:
    """The words of a link, and its address when it leads into the web."""
    label, address = found.groups()
    return f"{label} ({address})" if _WEB.match(address) and label != address else label
