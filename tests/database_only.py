"""`--database-only`: leaves out the tests that touch no database.

The middle tier runs everything on SQLite and after that on PostgreSQL what a database can change; the full
tier runs everything on both.
"""

import pytest

FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Name the option."""
    parser.addoption("--database-only", action="store_true", help="leave out tests that touch no database")


def touches_a_database(item: pytest.Item) -> bool:
    """Tell whether a test asks for a database, itself or through its fixtures."""
    asked = FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tell pytest what is left out: it counts it aloud."""
    if not config.getoption("--database-only"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not touches_a_database(item)])
    items[:] = [item for item in items if touches_a_database(item)]
