"""Section of a county pack: `crisis_lines.yaml`, national numbers and the county's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from turvaverkko.directory.loading import hours, names
from turvaverkko.directory.loading.geography import source_of
from turvaverkko.directory.loading.schemas import CRISIS_LINE
from turvaverkko.directory.loading.services import check_hours
from turvaverkko.directory.loading.writing import Children, changed_keys, fingerprint, replace_texts
from turvaverkko.directory.models import CrisisLine, HoursRow
from turvaverkko.organisation.api import Applying, Entry, Pack

FILE = "crisis_lines.yaml"


@dataclass(frozen=True, slots=True)
class Lines:
    """The crisis lines of a pack and the code of their source."""

    source: str
    entries: Sequence[Entry]


def read(pack: Pack) -> Lines | None:
    """Read the lines; None when the pack has no such file."""
    found = pack.yaml_entries(FILE, CRISIS_LINE, needed=False)
    if not (pack.root / FILE).is_file():
        return None
    entries = [entry for entry in found if pack.declare(names.CRISIS_LINE, entry)]
    for entry in entries:
        check_hours(pack, entry, "hours", entry.get("hours", ()))
    return Lines(source_of(pack), entries)


def apply(lines: Lines | None, applying: Applying) -> None:
    """Write the lines with their names, times to call and hours."""
    if lines is None:
        return
    stored = list(CrisisLine.objects.filter(county=applying.county))
    digests = {entry.slug: fingerprint(entry.data) for entry in lines.entries}
    new = changed_keys(digests, {row.slug: row.content_hash for row in stored})
    rows = applying.sync(
        "crisis-lines",
        CrisisLine,
        {
            entry.slug: {
                "slug": entry.slug,
                "county": applying.county,
                "number": entry.get("number", ""),
                "url": entry.get("chat_url", ""),
                "order": entry["order"],
                "local": entry.get("local", False),
                "source": entry["source"],
                "checked_on": entry.day("checked"),
                "archived": False,
                "content_hash": digests[entry.slug],
            }
            for entry in lines.entries
        },
        stored=stored,
        key=lambda row: row.slug,
        end=lambda _row: {"archived": True, "content_hash": ""},
    )
    changed = [(entry, rows[entry.slug]) for entry in lines.entries if entry.slug in new]
    HoursRow.objects.filter(crisis_line__in=[row for _, row in changed]).delete()
    children = Children(lines.source)
    for entry, row in changed:
        owner = {"crisis_line": row}
        children.add_texts(owner, "name", entry["name"])
        children.add_texts(owner, "when", entry["when"])
        children.add_hours(owner, hours.rules(entry.get("hours", ())))
    replace_texts("crisis_line", [row for _, row in changed], children.texts)
    children.write()
