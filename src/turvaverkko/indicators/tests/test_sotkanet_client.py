"""The client against a server of its own thread: every kind of trouble ends in time, with its name."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from turvaverkko.indicators.sotkanet.client import Client, NoAnswer, Trouble
from turvaverkko.indicators.tests import sotkanet_server as server
from turvaverkko.indicators.tests.sotkanet_server import Source


@pytest.fixture
def source(shared_data: Path) -> Iterator[Source]:
    with server.serving(shared_data / "integrations" / "sotkanet") as one:
        yield one


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(source: Source, waits: list[float]) -> Client:
    return Client(source.address, largest=3_000_000, waits=(1, 5), pause=waits.append)


def impatient(client: Client) -> Client:
    """Only who waits for silence: on a busy machine any answer may take as long."""
    return replace(client, silence=0.3, whole_answer=0.6)


def test_answers_come_byte_for_byte(source: Source, client: Client, waits: list[float]) -> None:
    assert client.indicators() == source.saved("/indicators")
    assert client.regions() == source.saved("/regions")
    assert client.data(127, [2008, 2009], ["total"], "csv") == source.saved("/csv")
    assert source.asked[-1] == "/csv?indicator=127&years=2008&years=2009&genders=total"
    assert set(source.agents) == {"Mozilla/5.0 (compatible; Turvaverkko; +https://perhekeskus.example)"}
    assert waits == []


@pytest.mark.parametrize(
    ("how", "trouble", "tries"),
    [
        (server.status(403), Trouble.FORBIDDEN, 1),
        (server.status(404), Trouble.MISSING, 1),
        (server.status(400), Trouble.ODD, 1),
        (server.status(500), Trouble.BUSY, 3),
        (server.status(503), Trouble.BUSY, 3),
        (server.status(429), Trouble.BUSY, 3),
        (server.silent(0.7), Trouble.SLOW, 3),
        (server.dripping, Trouble.SLOW, 3),
        (server.cut_short, Trouble.CUT_SHORT, 3),
        (server.cut_chunks, Trouble.CUT_SHORT, 3),
        (server.endless, Trouble.TOO_LARGE, 1),
        (server.elsewhere, Trouble.ODD, 1),
        (server.zipped, Trouble.GARBLED, 1),
    ],
)
def test_trouble_has_a_name(
    source: Source, client: Client, how: Callable[[Any, bytes], None], trouble: Trouble, tries: int
) -> None:
    waited: list[float] = []
    client = replace(client, pause=waited.append)
    source.trouble = how
    asking = impatient(client) if trouble is Trouble.SLOW else client
    with pytest.raises(NoAnswer) as fault:
        asking.regions()
    assert fault.value.trouble is trouble
    assert len(source.asked) == tries
    assert waited == [1, 5][: tries - 1]


def test_a_server_that_is_down(shared_data: Path) -> None:
    with server.serving(shared_data) as gone:
        address = gone.address
    with pytest.raises(NoAnswer) as fault:
        Client(address, waits=()).regions()
    assert fault.value.trouble is Trouble.UNREACHABLE


def test_what_passes_by_itself_is_tried_again(source: Source, client: Client) -> None:
    def once(handler: Any, content: bytes) -> None:
        source.trouble = None
        server.status(503)(handler, content)

    source.trouble = once
    assert client.regions() == source.saved("/regions")
    assert len(source.asked) == 2


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("", Trouble.OFF),
        ("file:///etc/passwd", Trouble.ODD),
        ("ftp://localhost/", Trouble.ODD),
        ("sotkanet.fi", Trouble.ODD),
    ],
)
def test_only_addresses_of_the_web_are_asked(address: str, trouble: Trouble) -> None:
    with pytest.raises(NoAnswer) as fault:
        Client(address).regions()
    assert fault.value.trouble is trouble
