"""An empty database for a script that starts processes of its own; gone afterwards."""

import contextlib
import tempfile
from collections.abc import Iterator

from scripts import postgres


@contextlib.contextmanager
def empty(database: str, *, options: str = postgres.FAST) -> Iterator[dict[str, str]]:
    """The environment of an empty database: "sqlite" or "postgresql"."""
    with tempfile.TemporaryDirectory(prefix="turvaverkko-fault-") as folder:
        if database == "sqlite":
            yield {"DJANGO_SETTINGS_MODULE": "turvaverkko.config.settings.demo", "TURVAVERKKO_VAR": folder}
            return
        with postgres.running(options) as environment:
            settings = "turvaverkko.config.settings.test"
            yield {**environment, "DJANGO_SETTINGS_MODULE": settings, "TURVAVERKKO_VAR": folder}
