"""The traffic light, and what of an error may be shown."""

from datetime import UTC, datetime, timedelta

import pytest

from turvaverkko.portals.upkeep import rules
from turvaverkko.portals.upkeep.rules import Light

NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("stopped", "due", "seen", "light"),
    [
        pytest.param(0, None, timedelta(0), Light.ALL_GOES, id="nothing waits"),
        pytest.param(0, rules.QUEUE_LATE, rules.WORKER_SILENT, Light.ALL_GOES, id="at the limits"),
        pytest.param(1, None, timedelta(0), Light.SOMETHING_STOPPED, id="one stopped"),
        pytest.param(0, rules.QUEUE_LATE + SECOND, timedelta(0), Light.QUEUE_STANDS, id="queue late"),
        pytest.param(5, rules.QUEUE_LATE + SECOND, timedelta(0), Light.QUEUE_STANDS, id="worse than stopped"),
        pytest.param(0, None, rules.WORKER_SILENT + SECOND, Light.NO_WORKER, id="worker silent"),
        pytest.param(0, timedelta(days=1), None, Light.NO_WORKER, id="never seen, whatever the queue"),
    ],
)
def test_the_worst_is_said_first(
    stopped: int, due: timedelta | None, seen: timedelta | None, light: Light
) -> None:
    found = rules.light(
        stopped=stopped,
        oldest_due=NOON - due if due is not None else None,
        seen_at=NOON - seen if seen is not None else None,
        now=NOON,
    )
    assert found is light


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("builtins.ValueError at services.py:12", "ValueError"),
        ("turvaverkko.core.jobs.LeaseExpired", "LeaseExpired"),
        ("a.tests.test_x.<locals>.Bad at test_x.py:3", "Bad"),
        ("", ""),
        ("ValueError", ""),
        ("builtins.ValueError: Aino Esimerkki, 040 000 000", ""),
        ("builtins.ValueError at Aino Esimerkki", ""),
        ("builtins.ValueError at x.py:3 aino@perhe.example", ""),
        ("aino@perhe.example", ""),
        ("Äiti.Virtanen soitti", ""),
    ],
)
def test_of_an_error_only_a_class_is_shown(kept: str, shown: str) -> None:
    assert rules.error_class(kept) == shown


@pytest.mark.parametrize(
    ("because", "told"),
    [("smtp-550", "recipient"), ("smtp-451", "later"), ("timeout", "timeout"), ("smtp", "smtp"),
     ("smtp-999", "other"), ("", "other"), ("550 aino@perhe.example", "other")],
)  # fmt: skip
def test_of_a_refusal_only_its_class_is_told(because: str, told: str) -> None:
    assert rules.reason_class(because) == told


@pytest.mark.parametrize(
    ("name", "code"),
    [("turvaverkko.notices.delivering.deliver", "notices.delivering.deliver"), ("x" * 65, ""),
     ("aino@perhe.example", ""), ("Soita heti", "")],
)  # fmt: skip
def test_a_name_of_a_task_or_nothing(name: str, code: str) -> None:
    assert rules.code_of(name) == code


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("0", 1), ("3", 3), ("-1", 1), ("99999999999", 1), ("²", 1), ("10000", 10_000)],
)
def test_a_page_number(asked: str, page: int) -> None:
    assert rules.page_number(asked) == page
