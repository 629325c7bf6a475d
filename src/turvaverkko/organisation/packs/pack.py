"""A pack while it is being read: its entries, the names they declare and use, and all its faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from turvaverkko.organisation.packs.errors import PackError
from turvaverkko.organisation.packs.files import BadFile, read_csv, read_yaml
from turvaverkko.organisation.packs.schema import Fault, faults


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a CSV file or one entry of a YAML file, with the place it was written in."""

    file: str
    place: str
    data: dict[str, Any]

    @property
    def slug(self) -> str:
        """The name by which others refer to the entry; empty when it has none."""
        for key in ("slug", "code"):
            value = self.data.get(key)
            if isinstance(value, str):
                return value
        return ""

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - the schema says what it is
        return self.data[key]

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - the schema says what it is
        """The value at `key`, or `default`."""
        return self.data.get(key, default)

    def day(self, key: str) -> date | None:
        """The date at `key` (its schema has `format: date`), or None."""
        return day_of(self.data.get(key))


def day_of(written: str | None) -> date | None:
    """The date that a pack writes, or None when it writes none."""
    return date.fromisoformat(written) if written else None


@dataclass(frozen=True, slots=True)
class Reference:
    """That an entry names a thing of a kind; checked when everything has been read."""

    entry: Entry
    field: str
    kind: str
    name: str


@dataclass(slots=True)
class Pack:
    """A folder that is being read. Sections read from it, declare names in it and report faults to it.

    Attributes:
        header: what `pack.yaml` says; empty in the national pack.
        warnings: what is right as it is written and yet will not work, such as a unit without staff.
        unread: the patterns of files that could not be read: what they would have declared is not
            missed, so that one fault is not told a hundred times.
        spoilt: the slugs of entries with faults, not missed for the same reason.
    """

    root: Path
    header: dict[str, Any] = field(default_factory=dict)
    errors: list[PackError] = field(default_factory=list)
    warnings: list[PackError] = field(default_factory=list)
    declared: dict[str, dict[str, Entry]] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    spoilt: set[str] = field(default_factory=set)

    def yaml_entries(self, pattern: str, schema: Mapping[str, Any], *, needed: bool = True) -> list[Entry]:
        """The entries of every matching YAML file (each a list of mappings, or one mapping) that pass.

        Args:
            pattern: a file name or a glob inside the pack, such as "services/*.yaml".
            schema: JSON Schema (2020-12) of one entry.
            needed: whether it is a fault when no file matches.
        """
        found: list[Entry] = []
        for path, name in self._files(pattern, needed=needed):
            try:
                written = read_yaml(path)
            except BadFile as bad:
                self._cannot_read(pattern, name, bad)
                continue
            for place, data in written:
                entry = Entry(name, place, data if isinstance(data, dict) else {})
                if self._passes(entry, faults(data, schema)):
                    found.append(entry)
        return found

    def csv_rows(self, pattern: str, schema: Mapping[str, Any], *, needed: bool = True) -> list[Entry]:
        """The rows of every matching CSV file that pass. Cells are texts; an empty cell counts as absent.

        Columns are the properties of the schema; those in `required` must be in the heading row.
        """
        found: list[Entry] = []
        for path, name in self._files(pattern, needed=needed):
            try:
                rows = read_csv(path, columns=list(schema["properties"]), required=schema.get("required", []))
            except BadFile as bad:
                self._cannot_read(pattern, name, bad)
                continue
            for place, data in rows:
                if isinstance(data, BadFile):
                    self.errors.append(PackError(name, data.message, place=place))
                    continue
                entry = Entry(name, place, data)
                if self._passes(entry, faults(data, schema, texts_only=True)):
                    found.append(entry)
        return found

    def fault(self, entry: Entry, at: str, message: str) -> None:
        """Report a fault of an entry. The message says what is wrong and what to do, translated."""
        self.errors.append(PackError(entry.file, message, place=entry.place, slug=entry.slug, field=at))

    def warn(self, entry: Entry, at: str, message: str) -> None:
        """Say what an entry will lead to; the pack may be applied all the same."""
        self.warnings.append(PackError(entry.file, message, place=entry.place, slug=entry.slug, field=at))

    def declare(self, kind: str, entry: Entry, *, name: str = "") -> bool:
        """Say that the entry is the thing of that kind with its slug (or `name`); False if there is one."""
        name = name or entry.slug
        first = self.declared.setdefault(kind, {}).setdefault(name, entry)
        if first is entry:
            return True
        text = gettext(
            "”%(name)s” on jo tiedostossa %(file)s (%(place)s). Poista toinen tai anna sille oma tunnus."
        )
        at = "slug" if "slug" in entry.data else "code"
        self.fault(entry, at, text % {"name": name, "file": first.file, "place": first.place})
        return False

    def refer(self, entry: Entry, at: str, kind: str, *, names: object = None) -> None:
        """Say that the entry names things of `kind` at field `at` (a text or a list; absent is fine).

        Args:
            entry: the entry.
            at: the field, in dotted form when it is inside another one ("channels.place").
            kind: the kind of the thing, see `registry.register_names`.
            names: the name or names when they cannot be read at `at` directly.
        """
        written = entry.get(at) if names is None else names
        listed = [written] if isinstance(written, str) else written
        for name in listed if isinstance(listed, list) else []:
            self.references.append(Reference(entry, at, kind, str(name)))

    def _files(self, pattern: str, *, needed: bool) -> Iterator[tuple[Path, str]]:
        paths = sorted(path for path in self.root.glob(pattern) if path.is_file())
        if needed and not paths:
            text = gettext("Tiedosto puuttuu paketista. Lisää se kansioon %(folder)s.")
            self._cannot_read(pattern, pattern, BadFile(text % {"folder": self.root.name}))
        for path in paths:
            yield path, path.relative_to(self.root).as_posix()

    def _cannot_read(self, pattern: str, name: str, bad: BadFile) -> None:
        self.errors.append(PackError(name, bad.message, place=bad.place))
        self.unread.add(pattern)

    def _passes(self, entry: Entry, found: list[Fault]) -> bool:
        if found:
            self.spoilt.add(entry.slug)
        for fault in found:
            self.fault(entry, fault.field, fault.message)
        return not found
