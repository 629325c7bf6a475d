"""Writes the stylesheets from their parts: `python scripts/build_css.py` (a test fails when they are stale).

The parts are plain CSS in cascade layers, so this only joins them and takes out comments and white
space. No other tool is needed to change a colour.
"""

import re
from pathlib import Path

LOOKS = Path(__file__).resolve().parents[1] / "src" / "turvaverkko" / "looks"
PARTS = LOOKS / "css"
BUILT = LOOKS / "static" / "looks"

# The crisis page carries only what it shows: the whole page stays within 20 KB.
CRISIS_PARTS = ("1-tokens.css", "2-base.css", "3-frame.css", "5-calls.css", "8-modes.css", "9-print.css")

# What lays out a PDF knows neither the screen nor its frame: the same colours and type, its own sheet.
PAPER_PARTS = ("1-tokens.css", "paper/report.css")

# What hangs on a wall has no frame and no forms: it is drawn on small machines from a far room.
BOARD_PARTS = ("1-tokens.css", "2-base.css", "board/board.css")


def parts_of(name: str) -> list[Path]:
    """Return the parts of the stylesheet `name` in the order in which they are joined."""
    if name == "crisis.css":
        return [PARTS / part for part in CRISIS_PARTS]
    if name == "paper.css":
        return [PARTS / part for part in PAPER_PARTS]
    if name == "board.css":
        return [PARTS / part for part in BOARD_PARTS]
    return sorted(PARTS.glob("*.css"))


def minified(css: str) -> str:
    """Return `css` without comments and without the white space that means nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"(?<=[a-z-]): (?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip() + "\n"


def built(name: str) -> str:
    """Return the stylesheet `name` as it should stand in the static folder."""
    return minified("\n".join(part.read_text() for part in parts_of(name)))


def main() -> None:
    """Write every stylesheet."""
    for name in ("site.css", "crisis.css", "paper.css", "board.css"):
        (BUILT / name).write_text(built(name))


if __name__ == "__main__":
    main()
