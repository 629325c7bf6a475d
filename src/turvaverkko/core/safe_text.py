"""Text from outside, made harmless: control signs, bidirectional marks, length, phone numbers.

Markup is the business of `safe_html`. What was taken out is counted, so that a page, an import or a log
can say it without repeating the text.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

# Marks that turn the direction of the text around them: they can make "exe.pdf" of "fdp.exe".
BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Signs without a picture. The two joiners U+200C and U+200D stay: Persian and many emoji need them.
INVISIBLE: Final = "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# C0 and C1 controls except tab and line feed, halves of surrogate pairs, and signs that are no signs.
CONTROL: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"

_LINE_ENDS: Final = re.compile("\r\n|\r|\x0b|\x0c|\x85|\u2028|\u2029")
_BIDI: Final = re.compile(f"[{BIDI}]")
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]")
_CONTROL: Final = re.compile(f"[{CONTROL}]")
_JOINERS: Final = re.compile("[\u200c\u200d]")
_SPACES: Final = re.compile(r"\s+")

# The first telephone number of a text: an area code may stand in brackets, and so may the zero that is
# dialled inside the country only ("+358 (0)8"); hours in brackets behind the number are not part of it.
_GAPS: Final = r"[\s.\u2010-\u2015-]*"
_NUMBER: Final = re.compile(rf"\+?(?:\(0\d{{1,3}}\)|\d)(?:{_GAPS}(?:\(0\))?{_GAPS}\d)*")

# Unit: characters. Longer than any question a person types; search itself reads fewer words.
QUERY_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text made harmless, and what had to be taken out of it.

    Attributes:
        text: the harmless text.
        removed: how many of each kind were taken out: "control", "bidi", "invisible", "markup",
            "address" (a link to a place not allowed), "cut" (characters over the length).
    """

    text: str
    removed: dict[str, int]

    @property
    def is_changed(self) -> bool:
        """Whether anything had to be taken out."""
        return bool(self.removed)


def without_hidden_signs(text: str) -> Cleaned:
    r"""Take out control signs, bidirectional marks and invisible signs; keep line ends and tabs.

    Examples:
        >>> without_hidden_signs("neuvo\u202ela\x00").text
        'neuvola'
        >>> without_hidden_signs("neuvo\u202ela\x00").removed
        {'bidi': 1, 'control': 1}
    """
    text = _LINE_ENDS.sub("\n", text)
    removed: dict[str, int] = {}
    for kind, pattern in (("bidi", _BIDI), ("invisible", _INVISIBLE), ("control", _CONTROL)):
        text, count = pattern.subn("", text)
        if count:
            removed[kind] = count
    return Cleaned(text, removed)


def strip_controls(text: str) -> str:
    r"""Return the text without control signs, bidirectional marks and invisible signs.

    Examples:
        >>> strip_controls("rivi\r\ntoinen\u200b")
        'rivi\ntoinen'
    """
    return without_hidden_signs(text).text


def cleaned_query(text: str, max_length: int = QUERY_LENGTH) -> Cleaned:
    """Return what a person typed into one line, harmless and not too long, and what was taken out.

    The text is cut at a space where there is one near the end, so that no half word is searched.
    """
    # Only this much is looked at: ten thousand signs of nothing else must not cost anything.
    head = text[: max_length * 8]
    hidden = without_hidden_signs(unicodedata.normalize("NFC", head))
    line = _SPACES.sub(" ", _JOINERS.sub("", hidden.text)).strip()
    kept = _cut(line, max_length)
    removed = Counter(hidden.removed)
    if over := len(text) - len(head) + len(line) - len(kept):
        removed["cut"] = over
    return Cleaned(kept, {kind: count for kind, count in removed.items() if count})


def clean_query(text: str, max_length: int = QUERY_LENGTH) -> str:
    r"""Return what a person typed into one line, harmless and at most `max_length` characters.

    Examples:
        >>> clean_query("  vauva \t ei\u200fnuku\n")
        'vauva einuku'
        >>> len(clean_query("a" * 10_000))
        200
    """
    return cleaned_query(text, max_length).text


def _cut(line: str, max_length: int) -> str:
    if len(line) <= max_length:
        return line
    head = line[:max_length]
    at_space = head.rfind(" ")
    # A cut word is worse than a missing one, unless the last word fills most of the line.
    if at_space > max_length // 2 and line[max_length] != " ":
        head = head[:at_space]
    return head.rstrip()


def phone_href(number: str) -> str:
    """Return the `tel:` address of a phone number, or an empty string when there is no number in it.

    Examples:
        >>> phone_href("000 555 010")
        'tel:000555010'
        >>> phone_href("+358 (0)8 000 5550")
        'tel:+35880005550'
        >>> phone_href("kysy toimistosta")
        ''
    """
    digits = _dialled(number)
    return f"tel:{digits}" if digits else ""


def phone_text(number: str) -> str:
    r"""Return the number as printed, its groups held together so that no line breaks inside it.

    Examples:
        >>> phone_text("000  555 010")
        '000\xa0555\xa0010'
    """
    return _SPACES.sub("\u00a0", strip_controls(number).strip())


def _dialled(number: str) -> str:
    found = _NUMBER.search(strip_controls(number))
    if not found:
        return ""
    written = found.group()
    if written.startswith("+"):
        written = written.replace("(0)", "")
    return ("+" if written.startswith("+") else "") + re.sub(r"\D", "", written)
