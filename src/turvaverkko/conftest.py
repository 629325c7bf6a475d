"""What every test beside the code starts from: nothing remembered, and a small county for those who ask."""

import pytest

from turvaverkko.directory import page_api
from turvaverkko.directory.search import browsing, live
from turvaverkko.directory.tests import pages_world


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """A process remembers pages and lists for seconds; a test changes everything in between."""
    page_api.forget()
    browsing.forget()
    live.forget()


@pytest.fixture
def small_county(db: None) -> None:  # noqa: ARG001 - the tables must be there
    """Two municipalities, four services, two meeting places, three lines: enough for a page of each kind."""
    pages_world.build()


@pytest.fixture
def searchable_county(small_county: None) -> None:  # noqa: ARG001 - there must be something to index
    """The small county with its search index."""
    pages_world.index()
