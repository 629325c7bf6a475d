"""Writing a pack: rows are created, changed, left alone or ended, and counted."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from django.db.models import Model

from turvaverkko.organisation.models import County
from turvaverkko.organisation.models.base import Dated

Row = TypeVar("Row", bound=Model)
Key = TypeVar("Key", bound=Hashable)
# The field values of a row, or a function that makes them from the rows made before it.
Values = Mapping[str, Any] | Callable[[Mapping[Any, Row]], Mapping[str, Any]]
ONE_DAY: Final = timedelta(days=1)


@dataclass(slots=True)
class Counts:
    """What happened to the rows of one kind."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0


@dataclass(slots=True)
class Report:
    """What an apply did, kind by kind, in the order in which the kinds were written."""

    kinds: dict[str, Counts] = field(default_factory=dict)

    def counts(self, kind: str) -> Counts:
        """The counts of a kind, zero at first."""
        return self.kinds.setdefault(kind, Counts())

    @property
    def changed(self) -> bool:
        """Whether anything at all was created, changed or ended."""
        return any(c.created or c.changed or c.ended for c in self.kinds.values())


@dataclass(frozen=True, slots=True)
class Applying:
    """One apply under way: whose pack, as of which day, and the report it fills."""

    report: Report
    today: date
    host: County | None = None
    progress: Callable[[str], None] = lambda _text: None

    @property
    def county(self) -> County:
        """The county of the pack.

        Raises:
            LookupError: the national pack has none.
        """
        if self.host is None:
            message = "The national pack has no county."
            raise LookupError(message)
        return self.host

    def sync(
        self,
        kind: str,
        model: type[Row],
        wanted: Mapping[Key, Values[Row]],
        *,
        stored: Iterable[Row],
        key: Callable[[Row], Key],
        end: Callable[[Row], Mapping[str, Any] | None],
    ) -> dict[Key, Row]:
        """Make the stored rows what the pack says, and return the wanted ones by key.

        Args:
            kind: the name of the kind in the report, a code such as "units".
            model: the model of the rows.
            wanted: the field values of each row by its key; they hold every field that the pack decides.
                A function gets the rows made so far: a child finds its parent there when parents come
                first.
            stored: the rows there are now, only those that this pack may end.
            key: gives the key of a stored row.
            end: what happens to a row that vanished from the pack: the field values that end it (an
                empty mapping when it has ended already), or None to delete it. `applying.end_dated`
                is the one for models with `valid_from` and `valid_to`.
        """
        counts = self.report.counts(kind)
        before = {key(row): row for row in stored}
        result: dict[Key, Row] = {}
        for name, told in wanted.items():
            values = told(result) if callable(told) else told
            row = before.pop(name, None)
            if row is None:
                result[name] = _create(model, values)
                counts.created += 1
            else:
                result[name] = row
                _count(counts, changed=_change(row, values))
        for row in before.values():
            counts.ended += _end(row, end(row))
        self.progress(kind)
        return result

    def end_kept(self, row: Dated) -> Mapping[str, Any]:
        """How a row ends that others may point to: it stays, and its last day has passed.

        One that had not begun loses its beginning too.
        """
        yesterday = self.today - ONE_DAY
        if row.valid_to is not None and row.valid_to <= yesterday:
            return {}
        if row.valid_from is not None and row.valid_from > yesterday:
            return {"valid_from": None, "valid_to": yesterday}
        return {"valid_to": yesterday}

    def end_dated(self, row: Dated) -> Mapping[str, Any] | None:
        """How a row ends to which nobody points: as `end_kept`, but one that had not begun is deleted."""
        begun = row.valid_from is None or row.valid_from < self.today
        return self.end_kept(row) if begun else None


def _end(row: Model, values: Mapping[str, Any] | None) -> bool:
    if values is None:
        row.delete()
        return True
    return _change(row, values)


def _create(model: type[Row], values: Mapping[str, Any]) -> Row:
    row = model(**values)
    row.save(force_insert=True)
    return row


def _change(row: Model, values: Mapping[str, Any]) -> bool:
    """Set the values that differ; tell whether any did."""
    differing = [name for name, value in values.items() if not _same(row, name, value)]
    for name in differing:
        setattr(row, name, values[name])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)


def _same(row: Model, name: str, value: object) -> bool:
    if isinstance(value, Model) or value is None:
        attribute = row._meta.get_field(name)
        if attribute.is_relation:
            key = getattr(row, f"{name.removesuffix('_id')}_id")
            return bool(key == (value.pk if isinstance(value, Model) else None))
    return bool(getattr(row, name) == value)


def _count(counts: Counts, *, changed: bool) -> None:
    if changed:
        counts.changed += 1
    else:
        counts.unchanged += 1
