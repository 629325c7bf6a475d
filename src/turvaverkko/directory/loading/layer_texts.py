"""Section of a county pack: `texts.yaml`, what layers say over the texts of others.

An entry replaces, adds to or hides one kind of text of a service (`service: <slug>`) or of a national
description (`base: SOTE-0027`) at the county, an area or some municipalities.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.directory.layers import LIST_KINDS, lines_of, plain
from turvaverkko.directory.loading import names
from turvaverkko.directory.loading.geography import Ground, source_of
from turvaverkko.directory.loading.schemas import LAYER_TEXT
from turvaverkko.directory.loading.services import refer_layer
from turvaverkko.directory.models import Service, Text
from turvaverkko.organisation.api import Applying, Entry, Pack, PackError, PackRefused

FILE = "texts.yaml"
# Which row of the table a text of a layer is.
Identity = tuple[Any, ...]
FIELDS = (
    "general_description_id",
    "service_id",
    "kind",
    "language",
    "county_id",
    "area_id",
    "municipality_id",
)


@dataclass(frozen=True, slots=True)
class LayerTexts:
    """The texts of layers that a pack holds, and the code of their source."""

    source: str
    entries: Sequence[Entry]


def read(pack: Pack) -> LayerTexts | None:
    """Read the texts of layers; None when the pack has no such file."""
    entries = pack.yaml_entries(FILE, LAYER_TEXT, needed=False)
    if not (pack.root / FILE).is_file():
        return None
    for entry in entries:
        pack.refer(entry, "service", names.SERVICE)
        pack.refer(entry, "base", names.BASE)
        refer_layer(pack, entry)
        _check_shape(pack, entry)
    _check_once(pack, entries)
    return LayerTexts(source_of(pack), entries)


def _check_shape(pack: Pack, entry: Entry) -> None:
    for language, value in entry.get("text", {}).items():
        if isinstance(value, list) != (entry["kind"] in LIST_KINDS):
            pack.fault(
                entry,
                f"text.{language}",
                gettext("Luettelotekstit ovat luetteloita, muut tekstejä. Korjaa muoto."),
            )


def _check_once(pack: Pack, entries: Sequence[Entry]) -> None:
    seen: dict[Identity, Entry] = {}
    for entry in entries:
        layers = entry["layer"] if isinstance(entry["layer"], list) else [entry["layer"]]
        for layer in layers:
            key = (entry.get("service"), entry.get("base"), layer, entry["kind"])
            first = seen.setdefault(key, entry)
            if first is not entry:
                text = gettext("Sama taso sanoo samasta tekstistä jo kohdassa %(place)s. Yhdistä kohdat.")
                pack.fault(entry, "layer", text % {"place": first.place})


def apply(texts: LayerTexts | None, applying: Applying) -> None:
    """Write the texts of layers; what vanished from the file is taken away."""
    if texts is None:
        return
    ground = Ground.of(applying)
    owners = _Owners.of()
    wanted: dict[Identity, Text] = {}
    for entry in texts.entries:
        for row in _rows(entry, texts.source, ground, owners):
            wanted[_identity(row)] = row
    _refuse_lines_that_are_not_there(texts.entries, owners)
    stored = Text.objects.filter(_of_layers(), source=texts.source)
    counts = applying.report.counts("layer-texts")
    before = {_identity(row): row for row in stored}
    new, changed = [], []
    for key, row in wanted.items():
        old = before.pop(key, None)
        if old is None:
            new.append(row)
        elif (old.value, old.mode) != (row.value, row.mode):
            old.value, old.mode = row.value, row.mode
            changed.append(old)
        else:
            counts.unchanged += 1
    _stamp([*new, *changed, *before.values()])
    Text.objects.bulk_create(new)
    Text.objects.bulk_update(changed, ["value", "mode"])
    Text.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    counts.created += len(new)
    counts.changed += len(changed)
    counts.ended += len(before)


def _stamp(rows: Sequence[Text]) -> None:
    """Say of every service that shows one of the texts that it has changed: no page keeps the old one."""
    services = {row.service_id for row in rows if row.service_id is not None}
    bases = {row.general_description_id for row in rows if row.general_description_id is not None}
    touched = Service.objects.filter(Q(pk__in=services) | Q(base__in=bases))
    touched.update(changed_at=time_source.now())


@dataclass(frozen=True, slots=True)
class _Owners:
    """The owners of texts by the names that entries use."""

    services: Mapping[str, Service]
    bases: Mapping[str, Any]

    @classmethod
    def of(cls) -> "_Owners":
        return cls(
            {row.slug: row for row in Service.objects.filter(source__startswith="pack:")}, names.bases()
        )

    def fields(self, entry: Entry) -> dict[str, int | None]:
        if "service" in entry.data:
            return {"service_id": self.services[entry["service"]].pk, "general_description_id": None}
        return {"service_id": None, "general_description_id": self.bases[entry["base"]].pk}

    def below(self, entry: Entry) -> Q:
        """Return the condition for the texts that the entry lies on."""
        if "base" in entry.data:
            return Q(general_description=self.bases[entry["base"]])
        service = self.services[entry["service"]]
        found = Q(service=service)
        return found | Q(general_description=service.base_id) if service.base_id else found


def _of_layers() -> Q:
    return Q(county__isnull=False) | Q(area__isnull=False) | Q(municipality__isnull=False)


def _identity(row: Text) -> Identity:
    return tuple(getattr(row, field) for field in FIELDS)


def _rows(entry: Entry, source: str, ground: Ground, owners: _Owners) -> Iterator[Text]:
    # Hiding everything needs no words; it is stored once, in the language in which texts are written.
    by_language = entry.get("text") or {"fi": ""}
    for where in ground.places(entry["layer"]):
        for language, value in by_language.items():
            yield Text(
                **owners.fields(entry),
                **where,
                kind=entry["kind"],
                language=language,
                value=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False),
                mode=entry["mode"],
                source=source,
                translation_state="original" if language == "fi" else "translated",
            )


def _refuse_lines_that_are_not_there(entries: Sequence[Entry], owners: _Owners) -> None:
    """A line that is hidden must stand in the text below it, else the hiding would silently do nothing."""
    errors = [error for entry in entries for error in _missing_lines(entry, owners)]
    if errors:
        raise PackRefused(errors)


def _missing_lines(entry: Entry, owners: _Owners) -> Iterator[PackError]:
    if entry["mode"] != Text.Mode.HIDE or not entry.get("text"):
        return
    kind = entry["kind"]
    below: dict[str, set[str]] = {}
    rows = Text.objects.filter(owners.below(entry), kind=kind).exclude(mode=Text.Mode.HIDE)
    for language, value in rows.values_list("language", "value"):
        below.setdefault(language, set()).update(plain(line) for line in lines_of(kind, value))
    for language in sorted(set(below) | set(entry["text"])):
        at = f"text.{language}"
        if language not in entry["text"]:
            yield _error(
                entry, at, gettext("Teksti on olemassa tällä kielellä, mutta piilotettava rivi puuttuu.")
            )
            continue
        value = entry["text"][language]
        lines = value if isinstance(value, list) else lines_of(kind, value)
        if any(plain(line) not in below.get(language, set()) for line in lines):
            yield _error(
                entry, at, gettext("Piilotettavaa riviä ei ole tekstissä. Kopioi se sanasta sanaan.")
            )


def _error(entry: Entry, at: str, message: str) -> PackError:
    name = entry.get("service") or entry.get("base")
    return PackError(entry.file, message, place=entry.place, slug=name, field=at)
