"""Numbers keep their order in a right-to-left page. axe does not see this, so the glyphs are measured."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.pages import Looked
from tests.browser.test_every_page import ALL

PAGES = [
    page
    for page in ALL
    if page.name
    in {
        "family:front",
        "family:crisis",
        "directory:service",
        "directory:place",
        "family:centres",
        "directory:services",
    }
]

# Every run of digits with what joins them (spaces, dashes, dots, colons): each next digit stands to the
# right of the one before, on the same line.
SCRAMBLED = """() => {
    const bad = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; node = walker.nextNode();) {
        if (!node.parentElement.checkVisibility()) continue;
        for (const run of node.data.matchAll(/[0-9+][0-9 \\u00a0\\u202f.:–-]*[0-9]/g)) {
            let last = null;
            for (let at = run.index; at < run.index + run[0].length; at++) {
                if (!/[0-9]/.test(node.data[at])) continue;
                const range = document.createRange();
                range.setStart(node, at); range.setEnd(node, at + 1);
                const box = range.getBoundingClientRect();
                if (!box.width) continue;
                if (last && Math.abs(box.top - last.top) < 4 && box.left < last.left) {
                    bad.push(run[0] + ' in ' + node.parentElement.outerHTML.slice(0, 100)); break;
                }
                last = box;
            }
        }
    }
    return bad;
}"""


def scrambled(page: Page) -> list[str]:
    return page.evaluate(SCRAMBLED)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("looked", PAGES, ids=str)
def test_digits_read_from_left_to_right(visitor: Visitor, looked: Looked, width: int) -> None:
    page = visitor.open(looked.in_language("ar"), width=width)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert scrambled(page) == []


def test_the_measure_sees_a_scrambled_number(visitor: Visitor) -> None:
    page = visitor.open("/ar/")
    page.locator("h1").evaluate("one => { one.textContent = 'اتصل 09 2525 0111 الآن'; }")
    assert scrambled(page), "a bare phone number in Arabic text is known to be reordered"
