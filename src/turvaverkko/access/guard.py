"""The guard of family data: its managers answer only where a gate stands.

`Model.objects` and every related manager of a guarded model may be asked in `queries.py`, in `jobs.py`, in
migrations and in tests. Elsewhere they refuse, so that no view, service or template can reach a family's
rows past `visible_to`. Making and saving one's own row needs no manager.
"""

import sys
from types import FrameType
from typing import Final, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)

# The last part of the module's name, or a folder of it.
ROOMS: Final = frozenset({"queries", "jobs", "migrations", "tests", "testing", "conftest", "bench"})
# Frames that only pass the question on.
PASSED_ON: Final = ("django.", "turvaverkko.access.guard", "functools", "contextlib", "typing")


class Unguarded(RuntimeError):
    """Family data was asked for outside `queries.py`, jobs and migrations."""


class GuardedManager(models.Manager[Row]):
    """A manager that asks from where it is called."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """Return the rows, to those rooms only that stand behind the gate.

        Raises:
            Unguarded: called from elsewhere.
        """
        asker = _asker()
        if not ROOMS.intersection(asker.split(".")) and not asker.rsplit(".", 1)[-1].startswith("test_"):
            message = f"{self.model._meta.label} was asked for in {asker}; put the query into queries.py."
            raise Unguarded(message)
        return super().get_queryset()


def _asker() -> str:
    """Return the name of the first module up the stack that is not Django's or ours here."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 - documented; the inspect module is a hundred times slower
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        if not name.startswith(PASSED_ON):
            return name
        frame = frame.f_back
    return ""
