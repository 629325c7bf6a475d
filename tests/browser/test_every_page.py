"""Each page of the product, in a real browser: accessible, inside the window, quiet in the console."""

from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser.axe import DISABLED, violations
from tests.browser.conftest import Visitor
from tests.browser.pages import EXEMPT, PAGES, STAFF_PAGES, Looked, listings

STANDARD = [("fi", "light", 320), ("ar", "dark", 1280)]
EVERY = [
    (language, scheme, width)
    for language in ("fi", "ar")
    for scheme in ("light", "dark")
    for width in (320, 1280)
]
MATRIX = [one if one in STANDARD else pytest.param(*one, marks=pytest.mark.full) for one in EVERY]
ALL = [*PAGES, *listings()]


def in_every_way(pages: list[Looked]) -> list[Any]:
    """Each page in every way: the middle tier looks at each in one of two by turns, the full tier in all."""
    return [
        pytest.param(
            page,
            *way,
            marks=() if way == STANDARD[number % len(STANDARD)] else pytest.mark.full,
            id=f"{page}-{'-'.join(map(str, way))}",
        )
        for number, page in enumerate(pages)
        for way in EVERY
    ]


def address_names(resolver: URLResolver | None = None, namespace: str = "") -> set[str]:
    names: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            below = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            names |= address_names(entry, below)
        elif isinstance(entry, URLPattern) and entry.name:
            names.add(namespace + entry.name)
    return names


def test_every_address_is_looked_at() -> None:
    looked = {page.name for page in [*ALL, *STAFF_PAGES]}
    forgotten = address_names() - looked - set(EXEMPT)
    print(f"exempt addresses: {len(EXEMPT)}; disabled axe rules: {len(DISABLED)}")
    assert not forgotten, f"add them to tests/browser/pages.py: {sorted(forgotten)}"


@pytest.mark.parametrize(("looked", "language", "scheme", "width"), in_every_way(ALL))
def test_page(visitor: Visitor, looked: Looked, language: str, scheme: str, width: int) -> None:
    page = visitor.open(looked.in_language(language), width=width, scheme=scheme)
    assert violations(page) == []
    assert overflow(page) == []
    assert small_targets(page) == []


def overflow(page: Page) -> list[str]:
    """Elements that stick out of the window sideways, when the page can be scrolled that way."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= wide) return [];
            return [...document.querySelectorAll('body *')].filter(one => {
                const box = one.getBoundingClientRect();
                return box.width && (box.right > wide + 1 || box.left < -1);
            }).map(one => one.outerHTML.slice(0, 120)).slice(0, 5);
        }"""
    )


def small_targets(page: Page) -> list[str]:
    """Controls under 24 px, and buttons or help links under 44 px; links inside running text are exempt."""
    return page.evaluate(
        """() => {
            const seen = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true});
            const bad = [];
            for (const one of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')) {
                if (!seen(one)) continue;
                const label = one.labels && one.labels[0];
                const box = (label && ['checkbox', 'radio'].includes(one.type) ? label : one).getBoundingClientRect();
                if (!box.width || box.bottom < 0 || getComputedStyle(one).clipPath !== 'none') continue;
                const primary = one.matches('button, .btn, .help, [type=submit]');
                const inText = one.matches('a') && getComputedStyle(one).display === 'inline';
                const least = primary ? 44 : 24;
                if (!(inText && !primary) && (box.height < least - 0.5 || box.width < 24))
                    bad.push(`${Math.round(box.width)}x${Math.round(box.height)} ${one.outerHTML.slice(0, 120)}`);
            }
            return bad;
        }"""
    )
