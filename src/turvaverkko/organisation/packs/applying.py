"""Checking and applying a pack: all faults together, or all of it in one transaction."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.core import time_source
from turvaverkko.core.actors import SystemActor
from turvaverkko.core.commands import Entry as LogEntry
from turvaverkko.core.commands import Note, Subject
from turvaverkko.organisation.models import County
from turvaverkko.organisation.packs import registry
from turvaverkko.organisation.packs.errors import PackError, PackRefused
from turvaverkko.organisation.packs.pack import Pack, Reference
from turvaverkko.organisation.packs.registry import Scope, Section
from turvaverkko.organisation.packs.schema import nearest
from turvaverkko.organisation.packs.shapes import NAME
from turvaverkko.organisation.packs.syncing import Applying, Report
from turvaverkko.trail import api as trail

Progress = Callable[[str], None]
Contents = list[tuple[Section, Any]]

# A pack is applied by whoever installs the product; no person signs in for it.
PACK_ACTOR: Final = SystemActor("pack")
HEADER: Final = {
    "type": "object",
    "required": ["code", "slug", "name", "version", "languages"],
    "additionalProperties": False,
    "properties": {
        "code": {
            "type": "string",
            "pattern": "^[0-9]{2}$",
            "x-advice": _("Kirjoita kaksi numeroa lainausmerkkeihin."),
        },
        "slug": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "name": NAME,
        "version": {
            "type": "string",
            "pattern": "^[0-9a-z][0-9a-z.-]{0,30}$",
            "x-advice": 'Esimerkiksi "2026.11" lainausmerkeissä.',
        },
        "demo": {"type": "boolean"},
        "languages": {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
}


def _silent(_text: str) -> None:
    """Progress that nobody watches."""


def read_pack(path: Path, scope: Scope, progress: Progress = _silent) -> tuple[Pack, Contents]:
    """Read and check a whole pack; its faults are in `pack.errors`, all of them.

    Args:
        path: the folder.
        scope: which sections read it.
        progress: told the name of each section as it is read.
    """
    pack = Pack(path)
    if not path.is_dir():
        text = gettext("Kansiota ei ole. Anna paketin kansio, esimerkiksi counties/north-ostrobothnia.")
        pack.errors.append(PackError(str(path), text))
        return pack, []
    if scope == "county":
        _read_header(pack)
    contents: Contents = []
    for section in registry.sections(scope):
        progress(gettext("luetaan: %(section)s") % {"section": section.name})
        contents.append((section, section.read(pack)))
    _check_references(pack)
    _check_declared(pack)
    pack.errors.sort(key=lambda error: error.file)
    return pack, contents


def check_pack(path: Path, scope: Scope = "county", progress: Progress = _silent) -> tuple[PackError, ...]:
    """Return every fault of a pack; nothing is written."""
    return tuple(read_pack(path, scope, progress)[0].errors)


def apply_pack(path: Path, scope: Scope = "county", progress: Progress = _silent) -> Report:
    """Make the database say what the pack says; a second time changes nothing.

    Everything happens in one transaction: a killed apply leaves no trace.

    Raises:
        PackRefused: the pack has faults; all of them are named and nothing was written.
    """
    pack, contents = read_pack(path, scope, progress)
    if pack.errors:
        raise PackRefused(pack.errors)
    report = Report()
    with transaction.atomic():
        applying = Applying(report, time_source.today(), _host(pack), progress)
        for section, content in contents:
            section.apply(content, applying)
        if report.changed:
            trail.record(_log_entry(pack, scope, report))
    return report


def _log_entry(pack: Pack, scope: Scope, report: Report) -> LogEntry:
    """What the trail keeps of an apply: which pack in which version, and how many rows it touched."""
    totals = {
        word: sum(getattr(counts, word) for counts in report.kinds.values())
        for word in ("created", "changed", "ended")
    }
    subject = Subject("county", pack.header["code"]) if pack.header else None
    version = f"v{pack.header['version']}" if pack.header else scope
    note = Note(audience=trail.Audience.PUBLIC, payload={"version": version, **totals})
    return LogEntry("organisation.apply_pack", PACK_ACTOR.public_id, subject, note)


def _read_header(pack: Pack) -> None:
    entries = pack.yaml_entries("pack.yaml", HEADER)
    for entry in entries[:1]:
        pack.header = entry.data
        pack.refer(entry, "code", "county")
        pack.refer(entry, "slug", "county-slug")


def _host(pack: Pack) -> County | None:
    """The county of the pack, locked so that two applies of it follow each other."""
    if not pack.header:
        return None
    return County.objects.select_for_update().get(code=pack.header["code"])


def _check_references(pack: Pack) -> None:
    county = pack.header.get("code", "")
    known: dict[str, set[str]] = {}
    for reference in pack.references:
        kind = reference.kind
        if registry.names(kind).where in pack.unread or reference.name in pack.spoilt:
            continue
        if kind not in known:
            known[kind] = set(pack.declared.get(kind, {})) | set(registry.names(kind).stored(county))
        if reference.name not in known[kind]:
            _report_unknown(pack, reference, sorted(known[kind]))


def _check_declared(pack: Pack) -> None:
    """A name that another county's pack has taken cannot be declared again."""
    county = pack.header.get("code", "")
    for kind, entries in pack.declared.items():
        taken = set(registry.names(kind).elsewhere(county)).intersection(entries)
        for name in sorted(taken):
            text = gettext("Toinen paketti käyttää jo tunnusta ”%(name)s”. Anna oma tunnus.")
            pack.fault(entries[name], "slug", text % {"name": name})


def _report_unknown(pack: Pack, reference: Reference, known: list[str]) -> None:
    about = registry.names(reference.kind)
    text = gettext("%(label)s ”%(name)s” on tuntematon. Korjaa tunnus tai lisää se: %(where)s.")
    label = str(about.label)
    values = {"label": label[:1].upper() + label[1:], "name": reference.name, "where": about.where}
    pack.fault(reference.entry, reference.field, text % values + nearest(reference.name, known))
