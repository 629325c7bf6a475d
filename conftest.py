"""What every test of the project shares."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import settings

# A property is about what is true, never about how long it took on a busy machine.
settings.register_profile("turvaverkko", deadline=None)
settings.load_profile("turvaverkko")

# Every log record of a run is read: one that carries anybody's words, number or address makes the run red.
pytest_plugins = ["tests.walk.log_watch", "tests.filled_modules", "tests.database_only"]

# Production settings stop the start when a secret is missing: there is nothing in them to collect.
# The entry of a web server warms its process in a thread as soon as it is imported.
collect_ignore = ["src/turvaverkko/config/settings/prod.py", "src/turvaverkko/config/wsgi.py"]


@pytest.fixture(autouse=True)
def _in_finnish() -> Iterator[None]:
    """A request in one test may leave its language behind: every test begins in the source language."""
    with translation.override("fi"):
        yield


@pytest.fixture
def shared_data() -> Path:
    """The source data beside the repository: missing is a failure in CI, a skip said aloud elsewhere."""
    folder = Path(__file__).resolve().parent.parent / "shared" / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{folder} is missing: in CI nothing may be left out")
        pytest.skip(f"not run: {folder} is missing")
    return folder
