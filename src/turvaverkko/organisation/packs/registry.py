"""The registry of pack sections: how an app adds its own files to the county pack or the national pack.

An app registers from its `AppConfig.ready()`, through `organisation.api`:

    from turvaverkko.organisation import api

    api.register_names("place", label=gettext_lazy("kohtaamispaikka"), where="places/*.yaml")
    api.register_section(api.Section(name="places", scope="county", order=210, read=read, apply=apply))

* `read(pack) -> content` reads and checks files, and touches no database. Use `pack.yaml_entries(
  "places/*.yaml", SCHEMA)` or `pack.csv_rows("organisations*.csv", SCHEMA)`: each gives the entries
  that passed the JSON schema; the faults of the others are collected in `pack.errors`. Then
  `pack.declare("place", entry)` (its slug now exists; a second one is a fault),
  `pack.refer(entry, "municipality", "municipality")` (the value(s) at that field must name something
  declared by any section or stored already; checked after all sections have read, so order does not
  matter) and `pack.fault(entry, "field.path", message)` for anything else. Never raise for bad input.
* `apply(content, applying)` writes. It runs inside one transaction with all the other sections, by
  rising `order`, and only when nothing in the whole pack was at fault. `applying.county` is the County
  of a county pack (raises in the national pack), `applying.today` the day of the apply. Write with
  `applying.sync(...)` (see `packs.syncing.Sync`), which creates, changes, leaves alone or ends rows
  and counts them in the report: what vanished from the pack is ended or archived, never deleted.

Orders: 10 geography, 20 organisations, 30 family centres, 40 settings, 50 staff; other apps start at
100. A section whose `apply` needs to know whether anything changed looks at `applying.report.changed`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.utils.functional import Promise

from turvaverkko.organisation.packs.pack import Pack
from turvaverkko.organisation.packs.syncing import Applying

# The names of a kind of thing; the argument is the code of the county whose pack is read.
NamesOf = Callable[[str], Iterable[str]]
Scope = Literal["national", "county"]
# `str` or a lazily translated one.
Label = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """Some files of a pack: how they are read and checked, and how they are applied."""

    name: str
    scope: Scope
    order: int
    read: Callable[[Pack], Any]
    apply: Callable[[Any, Applying], None]


@dataclass(frozen=True, slots=True)
class Names:
    """A kind of thing that entries refer to by name, and where such things are written."""

    kind: str
    label: Label
    where: str
    stored: NamesOf
    elsewhere: NamesOf


@dataclass(slots=True)
class _Registry:
    sections: dict[tuple[Scope, str], Section] = field(default_factory=dict)
    names: dict[str, Names] = field(default_factory=dict)


_REGISTRY: Final = _Registry()


def register_section(section: Section) -> None:
    """Add a section; the same name in the same scope again replaces it."""
    _REGISTRY.sections[section.scope, section.name] = section


def no_names(_county: str) -> tuple[str, ...]:
    """Names of a kind that only the pack itself declares."""
    return ()


def register_names(
    kind: str, *, label: Label, where: str, stored: NamesOf = no_names, elsewhere: NamesOf = no_names
) -> None:
    """Tell about a kind of thing that entries refer to by slug or code, for `pack.refer`.

    Args:
        kind: such as "organisation".
        label: the Finnish noun for error messages, in the nominative ("organisaatio"), translatable.
        where: the files in which such a thing is written, for the advice in the message.
        stored: gives the names in the database that an entry may use beside those the pack declares
            (the argument is the county code of the pack, empty for the national pack). Leave it out for
            kinds that the pack itself must declare, else what vanished from the pack could still be used.
        elsewhere: gives the stored names that belong to another county's pack, when the names of the
            kind are unique over all counties: declaring one of them is a fault.
    """
    _REGISTRY.names[kind] = Names(kind, label, where, stored, elsewhere)


def sections(scope: Scope) -> list[Section]:
    """The sections of a scope in the order in which they are read and applied."""
    chosen = [section for section in _REGISTRY.sections.values() if section.scope == scope]
    return sorted(chosen, key=lambda section: (section.order, section.name))


def names(kind: str) -> Names:
    """The registered kind of name.

    Raises:
        KeyError: a section refers to a kind that nobody registered, which is a fault in the program.
    """
    return _REGISTRY.names[kind]
