"""When two documents of the catalogue say the same: order, nulls and ways of writing a moment set aside."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

NOT_MODELLED = Path(__file__).resolve().parents[1] / "not_modelled.yaml"
EMPTY: tuple[Any, ...] = (None, "", [], {})
# An entry with the first field says nothing without the second: a page without an address.
CONTENT = {"isFinnishServiceNumber": "number", "url": "url", "Lang": "Label"}
MOMENTS = {"modified"}
DAYS = {"validFrom", "validTo"}
METRES = {"latitude", "longitude"}
# Absent is the same as no.
FLAGS = {"isClosed", "isAlwaysOpen", "isReservation"}


def not_modelled(kind: str) -> list[str]:
    rows = yaml.safe_load(NOT_MODELLED.read_text(encoding="utf-8"))
    return [row["field"] for row in rows if kind in row["in"]]


def same_form(document: Mapping[str, Any], kind: str) -> Any:
    left = json.loads(json.dumps(document))
    for path in not_modelled(kind):
        remove(left, path.split("."))
    return _tidy(left)


def remove(where: Any, steps: list[str]) -> None:
    step, *rest = steps
    name = step.removesuffix("[]")
    if not isinstance(where, dict) or name not in where:
        return
    if not rest:
        where.pop(name)
        return
    inside = where[name]
    for one in (inside or []) if step.endswith("[]") else [inside]:
        remove(one, rest)


def at(where: Any, steps: list[str]) -> Iterable[tuple[dict[str, Any], str]]:
    """Yield (object, name) of every place that a path names."""
    step, *rest = steps
    name = step.removesuffix("[]")
    if not isinstance(where, dict) or name not in where:
        return
    if not rest:
        yield where, name
        return
    inside = where[name]
    for one in (inside or []) if step.endswith("[]") else [inside]:
        yield from at(one, rest)


def _tidy(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        if any(value.get(content) in EMPTY for sign, content in CONTENT.items() if sign in value):
            return None
        if "value" in value and value["value"] in EMPTY and "url" not in value:
            return None
        made = {key: _tidy(one, key) for key, one in value.items()}
        made = {
            key: one for key, one in made.items() if one not in EMPTY and not (key in FLAGS and one is False)
        }
        # Hours without times, flags and words say nothing.
        return None if set(made) == {"serviceHourType"} else made
    if isinstance(value, list):
        rows = [one for one in (_tidy(one) for one in value) if one not in EMPTY]
        return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return _scalar(value, name)


def _scalar(value: Any, name: str) -> Any:
    if value in EMPTY:
        return value
    if name in MOMENTS:
        moment = datetime.fromisoformat(value)
        return (moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)).isoformat()
    if name in DAYS:
        return str(value)[:10]
    if name in METRES:
        return float(value)
    if name == "code" and str(value).isdigit():
        return str(value).zfill(3)
    return "\n".join(line.rstrip() for line in value.strip().split("\n")) if isinstance(value, str) else value


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two tidied documents differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        return [said for key in keys for said in differences(one.get(key), other.get(key), f"{path}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = zip(one, other, strict=True)
        return [said for pair in pairs for said in differences(*pair, f"{path}[]")]
    return [] if one == other else [f"{path}: {one!r} != {other!r}"]
