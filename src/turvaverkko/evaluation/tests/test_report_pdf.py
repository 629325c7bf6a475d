"""The PDF of a report: tagged, in the reader's language, readable, made without asking anybody."""

import io
import os
import socket
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from turvaverkko.evaluation.models import Round
from turvaverkko.evaluation.reports import pdf
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.evaluation.tests.test_reports import BUILDER, body_of, director, rounds

__all__ = ["director", "rounds"]

# In CI nothing may be left out: there the tests run without Pango too, and fail.
pytestmark = pytest.mark.skipif(
    not pdf.is_possible() and not os.environ.get("CI"), reason="not run: Pango is not on this machine"
)


def read(client: Client, language: str = "", query: str = "?kierros=2022-09") -> PdfReader:
    return PdfReader(io.BytesIO(body_of(client, f"{language}{BUILDER}raportti.pdf{query}")))


def elements(reader: PdfReader) -> list[tuple[str, Any, tuple[str, ...]]]:
    """Every structure element in reading order: its tag, itself, the tags above it."""
    found: list[tuple[str, Any, tuple[str, ...]]] = []

    def walk(one: Any, above: tuple[str, ...]) -> None:
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            for kid in one:
                walk(kid, above)
        elif hasattr(one, "get") and "/S" in one:
            tag = str(one["/S"])
            found.append((tag, one, above))
            walk(one.get("/K", []), (*above, tag))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"], ())
    return found


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_it_is_a_tagged_document(director: Client, rounds: tuple[Round, ...], language: str) -> None:
    reader = read(director, "" if language == "fi" else f"/{language}")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] in (True, "true")
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] in (True, "true")
    assert "9/2022" in str(reader.metadata and reader.metadata.title)
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.outline
    tags = elements(reader)
    headings = [tag for tag, _one, _above in tags if tag in {"/H1", "/H2", "/H3", "/H4"}]
    assert headings[:3] == ["/H1", "/H2", "/H2"]
    assert headings.count("/H1") == 1
    assert all(int(b[-1]) <= int(a[-1]) + 1 for a, b in pairwise(headings))


def test_headers_of_tables_say_what_they_head(director: Client, rounds: tuple[Round, ...]) -> None:
    tags = elements(read(director))
    heads = [(one, above) for tag, one, above in tags if tag == "/TH"]
    assert {above[-1] for _one, above in heads} == {"/TR"}
    scopes = {("/THead" in above, str(one["/A"]["/Scope"])) for one, above in heads}
    assert scopes == {(True, "/Column"), (False, "/Row")}
    cells = [one for tag, one, _above in tags if tag == "/TD"]
    assert cells
    assert all(one["/A"]["/Headers"] for one in cells)


def test_drawings_are_told_in_words(director: Client, rounds: tuple[Round, ...]) -> None:
    figures = [one for tag, one, _above in elements(read(director)) if tag == "/Figure"]
    assert figures
    assert all("Kattavuus. 2020: 50" in one["/Alt"] for one in figures)


def test_its_text_can_be_read_and_searched(tree: Tree, director: Client, rounds: tuple[Round, ...]) -> None:
    reader = read(director, query="?kierros=2022-09&aiempi=2021-05")
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Arki kertoo muuta." in text
    assert "Kattavuus (Maakunta)" in text
    assert f"sivu 1 / {len(reader.pages)}" in text
    draft = " ".join(read(director, query="").pages[0].extract_text().split())
    assert "Tämä on luonnos." in draft


def test_it_asks_nobody(
    director: Client, rounds: tuple[Round, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, where: asked.append(where))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *where, **_how: asked.append(where))
    assert body_of(director, f"{BUILDER}raportti.pdf").startswith(b"%PDF-1.7")
    picture = tmp_path / "x.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>luettu</text></svg>'
    )
    for address in ("http://example.invalid/x.svg", picture.as_uri()):
        html = f'<html lang="fi"><title>x</title><p>alku<img alt="kuva" src="{address}">loppu</html>'
        text = PdfReader(io.BytesIO(pdf.pdf_of(html))).pages[0].extract_text()
        assert "alku" in text
        assert "luettu" not in text
    assert asked == []


@pytest.mark.parametrize(("language", "said"), [("ar", "\u20669/2022\u2069"), ("fi", "9/2022")])
def test_numbers_keep_their_direction(
    director: Client, rounds: tuple[Round, ...], monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    laid_out: list[str] = []
    library = pdf._library()
    assert library is not None
    honest = library.HTML

    def listening(*, string: str, **more: Any) -> Any:
        laid_out.append(string)
        return honest(string=string, **more)

    monkeypatch.setattr(library, "HTML", listening)
    prefix = "" if language == "fi" else f"/{language}"
    text = " ".join(page.extract_text() for page in read(director, prefix).pages)
    assert "9/2022" in text
    head = laid_out[0].partition("<h1>")[2].partition("</h1>")[0]
    assert head.endswith(said)
    assert "class" not in head
