"""A report on paper: the same words as on screen, laid out as a tagged PDF (PDF/UA-1) without asking anybody.

The library that lays text out needs Pango of the system. It is loaded when it is first wanted: a county
without it has pages and spreadsheets all the same.
"""

import importlib
import logging
import re
import threading
from functools import cache
from types import ModuleType
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.utils.translation import get_language_bidi

from turvaverkko.evaluation.reports.rules import PATIENCE

VARIANT: Final = "pdf/ua-1"
STYLESHEET: Final = "looks/paper.css"
# An isolated number of a page. On paper marks of direction do what its box does on screen: a box for each of
# some thousand numbers would take a third of the time.
NUMBER: Final = re.compile(r'<span class="num">([^<]*)</span>')
ISOLATED: Final = "\u2066\\1\u2069"
# One at a time in a process: laying out takes all of a core and much memory.
_turn: Final = threading.Lock()


class NotPossible(RuntimeError):
    """This machine cannot lay text out."""


class Busy(RuntimeError):
    """Another report is being laid out, and took too long."""


def is_possible() -> bool:
    """Tell whether this machine can make a PDF."""
    return _library() is not None


def pdf_of(html: str) -> bytes:
    """Return a page as a tagged PDF.

    Args:
        html: a whole document with its language and title; it names no file but anchors of its own.

    Raises:
        NotPossible: the library that lays text out does not start.
        Busy: others stand before.
    """
    library = _library()
    if library is None:
        raise NotPossible
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy
    try:
        # A report stands alone: whatever in it asks for a file, ours or another's, is left out.
        nobody = library.urls.URLFetcher(allowed_protocols=())
        page = library.HTML(string=_with_plain_numbers(html), url_fetcher=nobody)
        made: bytes = page.write_pdf(stylesheets=[_stylesheet()], pdf_variant=VARIANT, finisher=_tell_scopes)
    finally:
        _turn.release()
    return made


def _with_plain_numbers(html: str) -> str:
    return NUMBER.sub(ISOLATED if get_language_bidi() else r"\1", html)


@cache
def _library() -> ModuleType | None:
    # It tells of each of its steps, and of each rule of the stylesheet that means nothing on paper.
    for name in ("weasyprint", "weasyprint.progress"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return importlib.import_module("weasyprint")
    except OSError:  # a library of the system is missing
        return None


@cache
def _stylesheet() -> Any:  # noqa: ANN401 - the library has no types
    path = finders.find(STYLESHEET)
    library = _library()
    if library is None or not isinstance(path, str):
        raise NotPossible
    return library.CSS(filename=path)


def _tell_scopes(_document: object, pdf: Any) -> None:  # noqa: ANN401 - the library has no types
    """Write at each header of a table whether it heads a column or a row; the library links cells only."""
    by_number: dict[int, Any] = {one.number: one for one in pdf.objects if hasattr(one, "get")}
    for one in by_number.values():
        if one.get("S") == "/TH" and "A" in one:
            one["A"]["Scope"] = "/Column" if _stands_in_head(one, by_number) else "/Row"


def _stands_in_head(cell: Any, by_number: dict[int, Any]) -> bool:  # noqa: ANN401 - the library has no types
    row = by_number[_number(cell["P"])]
    return bool(by_number[_number(row["P"])].get("S") == "/THead")


def _number(reference: bytes | str) -> int:
    text = reference.decode() if isinstance(reference, bytes) else reference
    return int(text.split(maxsplit=1)[0])
