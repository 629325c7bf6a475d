"""The stylesheets: small, fresh, readable in light and dark, and the same in both directions."""

import gzip
import re
import runpy
from pathlib import Path

import pytest

LOOKS = Path(__file__).resolve().parents[1]
BUILT = LOOKS / "static" / "looks"
PARTS = sorted((LOOKS / "css").glob("*.css"))
BUILD = runpy.run_path(str(LOOKS.parents[2] / "scripts" / "build_css.py"))

SITE_BUDGET = 14 * 1024  # bytes, gzip; source: the interface budgets (docs)
CRISIS_BUDGET = 6 * 1024  # bytes, gzip; leaves 14 KB of the crisis page's 20 for its text and icons
PAPER_BUDGET = 3 * 1024  # bytes, gzip; read by no browser, kept small for those who change it
BOARD_BUDGET = 3 * 1024  # bytes, gzip; drawn on small machines beside a screen
DRAWING_BUDGET = 3 * 1024  # bytes, gzip, each
SCRIPT_BUDGET = 3 * 1024  # bytes, gzip
TEXT = 4.5  # WCAG 2.2, 1.4.3: contrast of text
EDGE = 3.0  # WCAG 2.2, 1.4.11: contrast of what is not text

TEXT_PAIRS = [
    *[("ink", ground) for ground in ("paper", "sheet", "shade", "mist", "glow")],
    *[("ink-2", ground) for ground in ("paper", "sheet", "shade", "mist", "glow")],
    *[("spruce", ground) for ground in ("paper", "sheet")],
    *[("spruce-2", ground) for ground in ("paper", "sheet", "mist")],
    ("on-spruce", "spruce"),
    ("on-spruce", "spruce-2"),
    ("on-lamp", "lamp"),
    ("on-lamp", "lamp-2"),
    ("ember", "paper"),
    ("ember", "glow"),
    ("berry", "paper"),
    ("berry", "sheet"),
    ("on-roof", "roof"),
    ("roof-2", "roof"),
]
EDGE_PAIRS = [
    ("edge", "paper"),
    ("edge", "sheet"),
    ("spruce", "paper"),
    ("spruce", "mist"),
    ("frame", "glow"),
    ("draw", "paper"),
    ("pane", "lamp"),
    ("focus", "paper"),
    ("focus", "glow"),
    ("lamp", "roof"),
    ("berry", "paper"),
]


def source() -> str:
    return re.sub(r"/\*.*?\*/", "", "\n".join(part.read_text() for part in PARTS), flags=re.DOTALL)


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    light, dark = (LOOKS / "css" / "1-tokens.css").read_text().split("prefers-color-scheme: dark", 1)
    return {"light": colours(light), "dark": colours(light) | colours(dark)}


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("over", "under", "enough"),
    [(*pair, TEXT) for pair in TEXT_PAIRS] + [(*pair, EDGE) for pair in EDGE_PAIRS],
)
def test_what_is_drawn_can_be_seen(theme: str, over: str, under: str, enough: float) -> None:
    tokens = themes()[theme]
    assert contrast(tokens[over], tokens[under]) >= enough


def test_dark_repeats_every_colour_of_light() -> None:
    light, dark = (LOOKS / "css" / "1-tokens.css").read_text().split("prefers-color-scheme: dark", 1)
    assert colours(light).keys() == colours(dark).keys()


def test_every_token_used_is_defined_and_every_token_defined_is_used() -> None:
    drawings = "".join(path.read_text() for path in BUILT.glob("*.svg"))
    used = set(re.findall(r"var\(--([\w-]+)", source() + drawings))
    defined = set(re.findall(r"--([\w-]+):", source()))
    assert used - defined == set()
    assert defined - used == set()


def test_colours_are_tokens() -> None:
    elsewhere = [part for part in PARTS if part.name not in {"1-tokens.css", "9-print.css"}]
    literal = {
        part.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", part.read_text()) for part in elsewhere
    }
    assert {name: found for name, found in literal.items() if found} == {}


PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|"
    r"border-(?:top|bottom)-(?:left|right)-radius|text-align:\s*(?:left|right)|float:\s*(?:left|right)|"
    r"clear:\s*(?:left|right))\s*[:;]"
)


def test_nothing_is_placed_left_or_right() -> None:
    assert PHYSICAL.findall(source()) == []


def test_a_number_carries_no_layout() -> None:
    """Logical margins on an isolated run follow the run's own direction, so they belong to its parent."""
    rules = re.findall(r"([^{}]*\.num\b[^{}]*)\{([^}]*)\}", source())
    assert rules
    for _selector, body in rules:
        assert not re.search(r"margin|padding|text-align|float|inset", body)


def test_unlayered_rules_do_not_exist() -> None:
    for part in PARTS:
        rest = re.sub(r"/\*.*?\*/", "", part.read_text(), flags=re.DOTALL).strip()
        assert re.fullmatch(r"(?:@layer [\w, ]+;\s*)?@layer \w+ \{.*\}", rest, flags=re.DOTALL), part.name
        assert rest.count("{") == rest.count("}")


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("site.css", SITE_BUDGET),
        ("crisis.css", CRISIS_BUDGET),
        ("paper.css", PAPER_BUDGET),
        ("board.css", BOARD_BUDGET),
    ],
)
def test_stylesheets_are_fresh_and_small(name: str, budget: int) -> None:
    css = (BUILT / name).read_text()
    assert css == BUILD["built"](name), "run: python scripts/build_css.py"
    assert len(gzip.compress(css.encode())) <= budget
    assert "sourceMappingURL" not in css


def test_files_that_stylesheets_name_exist() -> None:
    for name in ("site.css", "crisis.css", "paper.css", "board.css"):
        for address in re.findall(r"url\(([^)]+)\)", (BUILT / name).read_text()):
            assert (BUILT / address).is_file()


@pytest.mark.parametrize("name", ["horizon.svg", "house.svg", "lamp.svg", "net.svg", "mark.svg", "icons.svg"])
def test_drawings_are_light_and_quiet(name: str) -> None:
    drawing = (BUILT / name).read_bytes()
    assert len(gzip.compress(drawing)) <= DRAWING_BUDGET
    assert not re.search(rb"<script|<style|style=|href=|data:", drawing)


def test_the_script_is_small() -> None:
    assert len(gzip.compress((BUILT / "site.js").read_bytes())) <= SCRIPT_BUDGET
