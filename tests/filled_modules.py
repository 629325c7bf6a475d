"""A test never finds rows that a fixture of its whole module left there for the others.

Tests run in any order: beside a module-wide database fixture, a test that wants an empty database passes
or fails by chance. Such a test lives in a file of its own.
"""

from collections import defaultdict
from pathlib import Path

import pytest

FILLS = "django_db_blocker"


def fillers(item: pytest.Function) -> frozenset[str]:
    """Return the names of the module-wide fixtures that fill the database for this test."""
    fixtures = item._fixtureinfo.name2fixturedefs
    return frozenset(
        name
        for name, found in fixtures.items()
        if found and found[-1].scope == "module" and FILLS in found[-1].argnames
    )


def mixed(items: list[pytest.Item]) -> list[str]:
    """Return the files whose tests of the database do not all stand on the same fixtures."""
    standing: dict[Path, set[frozenset[str]]] = defaultdict(set)
    for item in items:
        if isinstance(item, pytest.Function) and (
            {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db")
        ):
            standing[item.path].add(fillers(item))
    return sorted(path.name for path, kinds in standing.items() if len(kinds) > 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stop before the first test: what passes by chance is not to be run."""
    if found := mixed(items):
        raise pytest.UsageError(
            "tests with and without a module-wide database fixture share a file, "
            f"move one of them: {', '.join(found)}"
        )
