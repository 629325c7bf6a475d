"""Plain text and a small Markdown to harmless HTML.

Our own reader writes only the tags below and escapes everything else; nh3 then cleans the result again,
so that a mistake in one of the two opens nothing.

The Markdown: paragraphs, line ends, `#` headings, `-`, `*` or `1.` lists, `**strong**`, `*emphasis*`,
`[text](address)`. Nothing else is read as markup; pictures, tables and HTML stay as the text they are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe

from turvaverkko.core.safe_text import Cleaned, strip_controls, without_hidden_signs

TAGS: Final = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6"}
SCHEMES: Final = {"http", "https", "mailto", "tel"}
# Content pages start at h1 and their parts at h2, so a text's own headings start here.
FIRST_HEADING: Final = 3
LAST_HEADING: Final = 6

_LINK: Final = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^()\s<>]{1,1000})\)")
_STRONG: Final = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,1000})(?<=\S)\*\*")
_EMPHASIS: Final = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,1000})(?<=\S)\*(?![\w*])")
_HEADING: Final = re.compile(r"(#{1,4})[ \t]+(\S.*)")
_BULLET: Final = re.compile(r"[ \t]*[-*•][ \t]+(\S.*)")
_NUMBERED: Final = re.compile(r"[ \t]*\d{1,3}[.)][ \t]+(\S.*)")
_ADDRESS: Final = re.compile(r"(?:https?://|mailto:|tel:|/(?!/))", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")


def text_to_html(text: str) -> SafeString:
    r"""Return a plain text as paragraphs and line breaks; nothing in it is read as markup.

    Examples:
        >>> str(text_to_html("Tule <b>mukaan</b>\nklo 9\n\nTervetuloa"))
        '<p>Tule &lt;b&gt;mukaan&lt;/b&gt;<br>klo 9</p><p>Tervetuloa</p>'
    """
    blocks = re.split(r"\n[ \t]*(?:\n[ \t]*)+", strip_controls(text).strip())
    return _checked("".join(_paragraph(block.split("\n"), _escaped) for block in blocks if block.strip()))


def markdown_to_html(text: str, *, first_heading: int = FIRST_HEADING) -> SafeString:
    r"""Return a text in the small Markdown as harmless HTML.

    Args:
        text: the text, as an editor or a source wrote it.
        first_heading: the level that `#` becomes, so that the page's order of headings holds.

    Examples:
        >>> str(markdown_to_html("**Avoinna** arkisin\n\n- ma\n- ti"))
        '<p><strong>Avoinna</strong> arkisin</p><ul><li>ma</li><li>ti</li></ul>'
        >>> str(markdown_to_html("[paha](javascript:alert(1)) <script>x</script>"))
        '<p>[paha](javascript:alert(1)) &lt;script&gt;x&lt;/script&gt;</p>'
    """
    lines = strip_controls(text).split("\n")
    return _checked("".join(_blocks(lines, first_heading)))


def cleaned_html(text: str) -> Cleaned:
    """Return a text in the small Markdown as harmless HTML, and a count of what was disarmed.

    For imports, which report it row by row.
    """
    hidden = without_hidden_signs(text)
    removed = Counter(hidden.removed)
    removed["markup"] = len(_TAG.findall(hidden.text))
    removed["address"] = sum(1 for link in _LINK.finditer(hidden.text) if not _ADDRESS.match(link[2]))
    counts = {kind: count for kind, count in removed.items() if count}
    return Cleaned(str(markdown_to_html(hidden.text)), counts)


def plain(text: str) -> str:
    """Return a text without its markup (HTML or the small Markdown), on one line.

    For search, descriptions and messages. The result is text: a template still escapes it.

    Examples:
        >>> plain("<p>Tule &amp; kysy</p> **heti** [neuvolasta](https://example.org)")
        'Tule & kysy heti neuvolasta'
    """
    # Twice: half a sign cannot be encoded, and an entity may spell a hidden one.
    opened = re.sub(r"<(?=[/a-zA-Z!])", " <", strip_controls(text))
    without_tags = unescape(nh3.clean(opened, tags=set()))
    lines = (_without_marks(line) for line in strip_controls(without_tags).split("\n"))
    return re.sub(r"\s+", " ", " ".join(lines)).strip()


def _without_marks(line: str) -> str:
    """Return a line without heading, bullet, link and stress marks; numbers of a list stay."""
    for pattern in (_HEADING, _BULLET):
        if found := pattern.fullmatch(line):
            line = found[pattern.groups]
    for pattern in (_LINK, _STRONG, _EMPHASIS):
        line = pattern.sub(r"\1", line)
    return line


def _checked(html: str) -> SafeString:
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(cleaned)  # noqa: S308 - this is the one place that makes HTML of outside text


def _blocks(lines: list[str], first_heading: int) -> Iterator[str]:
    """Yield the HTML of each run of lines of one kind."""
    run: list[str] = []
    kind = "blank"
    for line in [*lines, ""]:
        this_kind, content = _kind_of(line)
        if run and (this_kind != kind or this_kind == "heading"):
            yield _block(kind, run, first_heading)
            run = []
        if this_kind != "blank":
            run.append(content)
        kind = this_kind


def _kind_of(line: str) -> tuple[str, str]:
    if not line.strip():
        return "blank", ""
    if _HEADING.fullmatch(line):
        return "heading", line
    for kind, pattern in (("ul", _BULLET), ("ol", _NUMBERED)):
        if found := pattern.fullmatch(line):
            return kind, found[1]
    return "paragraph", line.strip()


def _block(kind: str, lines: list[str], first_heading: int) -> str:
    if kind == "heading":
        return _heading(lines[0], first_heading)
    if kind in {"ul", "ol"}:
        items = "".join(f"<li>{_inline(line)}</li>" for line in lines)
        return f"<{kind}>{items}</{kind}>"
    return _paragraph(lines, _inline)


def _heading(line: str, first_heading: int) -> str:
    marks, _, title = line.partition(" ")
    level = min(first_heading + len(marks.strip()) - 1, LAST_HEADING)
    return f"<h{level}>{_inline(title.strip())}</h{level}>"


def _paragraph(lines: list[str], inline: Callable[[str], str]) -> str:
    return f"<p>{'<br>'.join(inline(line.strip()) for line in lines)}</p>"


def _inline(text: str) -> str:
    """Return one line with its links and stresses as HTML, everything else escaped."""
    parts: list[str] = []
    end = 0
    for link in _LINK.finditer(text):
        if not _ADDRESS.match(link[2]):
            continue
        parts += [
            _stressed(text[end : link.start()]),
            f'<a href="{escape(link[2])}">{_stressed(link[1])}</a>',
        ]
        end = link.end()
    return "".join([*parts, _stressed(text[end:])])


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _stressed(text: str) -> str:
    return _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", _escaped(text)))
