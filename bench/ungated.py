"""The product without its gate: what permission costs is the difference. For measuring only."""

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any
from unittest.mock import patch

# Where the queue page asks the gate.
ASKED = (
    "turvaverkko.work.queries.queues.branches",
    "turvaverkko.guidance.desk.queries.visible_to",
)


@contextlib.contextmanager
def everything() -> Iterator[None]:
    """Let every row through: one branch without a condition, no grants asked when the log is written."""
    from turvaverkko.access.queries import Ground  # noqa: PLC0415 - Django comes first

    def branches(rows: Any, *_rest: object, **_more: object) -> tuple[Any, Any]:
        return rows, rows.none()

    def visible_to(rows: Any, *_rest: object) -> Any:
        return rows

    def grounds(_actor: object, _gate: object, facts: Mapping[int, Any], *_rest: object) -> dict[int, Any]:
        return dict.fromkeys(facts, Ground("own-unit", "unit"))

    from turvaverkko.work.queries.queues import asked  # noqa: PLC0415

    asked.cache_clear()  # what was worked out with the gate
    with contextlib.ExitStack() as stack:
        stack.callback(asked.cache_clear)
        for path in ASKED:
            stack.enter_context(patch(path, branches if path.endswith("branches") else visible_to))
        stack.enter_context(patch("turvaverkko.access.queries.grounds", grounds))
        yield


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Serve the product with everything let through."""
    return _application()(environ, start_response)


_made: list[Any] = []


def _application() -> Any:
    if not _made:
        from turvaverkko.config.wsgi import application as product  # noqa: PLC0415 - sets Django up

        contextlib.ExitStack().enter_context(everything())
        _made.append(product)
    return _made[0]
