"""Who reads figures. They tell of no family, so no gate stands before them; they are for those who lead."""

from collections.abc import Iterable
from typing import Final

from turvaverkko.access.api import Role

READERS: Final = frozenset({Role.COORDINATOR, Role.DIRECTOR, Role.UNIT_LEAD, Role.TECHNICAL_ADMINISTRATOR})
# Whose first page is that of figures.
LEADING: Final = frozenset({Role.COORDINATOR, Role.DIRECTOR})


def may_read(roles: Iterable[str]) -> bool:
    """Tell whether somebody with these roles reads the pages of figures."""
    return not READERS.isdisjoint(roles)


def leads_by_figures(roles: Iterable[str]) -> bool:
    """Tell whether somebody with these roles begins the day at the pages of figures."""
    return not LEADING.isdisjoint(roles)
