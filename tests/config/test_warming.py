"""A new process asks itself for a page of each kind, so that its first reader need not wait."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from turvaverkko.config import warming
from turvaverkko.directory.tests import pages_world


def test_every_page_that_is_asked_for_is_there(db: None, client: Client) -> None:
    pages_world.build()
    pages_world.index()
    statuses: list[int] = []

    def answering(environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        answer = client.get(environ["PATH_INFO"], QUERY_STRING=environ["QUERY_STRING"])
        statuses.append(answer.status_code)
        return [answer.content]

    assert warming.warm(answering) == len(warming.ROUTES)
    assert set(statuses) == {200}


def test_every_template_compiles() -> None:
    assert warming.compile_templates() > len(warming.ROUTES)


def test_nothing_is_asked_for_before_anything_is_loaded(db: None) -> None:
    def nobody(*_: object) -> Iterable[bytes]:
        pytest.fail("asked for a page of an empty installation")

    assert warming.warm(nobody) == 0


def test_a_database_that_is_not_ready_stops_no_start(db: None, caplog: pytest.LogCaptureFixture) -> None:
    def failing(*_: object) -> Iterable[bytes]:
        raise DatabaseError

    pages_world.build()
    with caplog.at_level(logging.INFO):
        assert warming.warm(failing) == 0
    assert "Nothing to warm" in caplog.text


def test_warming_ends_by_itself(db: None, client: Client) -> None:
    thread = warming.begin(lambda *_: [b""])
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert client.get("/").status_code == 200
