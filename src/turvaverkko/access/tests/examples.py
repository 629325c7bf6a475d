"""Rows of this app's kinds, for the walk through the matrix."""

from datetime import timedelta

from turvaverkko.access.models import BreakGlass, Grant, Matter
from turvaverkko.access.rules import BREAK_GLASS_LASTS, Verb
from turvaverkko.access.testing import example, give, staff
from turvaverkko.core import time_source
from turvaverkko.core.ids import new_public_id


def opening_of(matter: Matter) -> BreakGlass:
    """An emergency opening by somebody who stands nowhere else in the test."""
    worker = staff(f"{new_public_id()}@example.invalid")
    ends = time_source.now() + BREAK_GLASS_LASTS - timedelta(minutes=1)
    grant = give(worker, matter, Verb.CONTRIBUTE, basis=Grant.Basis.BREAK_GLASS, ends_at=ends)
    return BreakGlass.objects.create(grant=grant, reason="Hätä")


example("access.matter", lambda matter: matter)
example("access.break_glass", opening_of)
