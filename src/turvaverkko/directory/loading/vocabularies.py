"""Section of the national pack: code lists of the catalogue, our life situations and ages."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext

from turvaverkko.directory.loading.schemas import TERM
from turvaverkko.directory.models import Term, TermLabel, Vocabulary
from turvaverkko.organisation.api import Applying, Pack, PackError

SITUATION: Final = "situation"
AGE: Final = "age"
SERVICE_CLASS: Final = "ptv-service-class"
LIFE_EVENT: Final = "ptv-life-event"
TARGET_GROUP: Final = "ptv-target-group"
SERVICE_LANGUAGE: Final = "service-language"
SUBJECT: Final = "koko"

OWN: Final = "turvaverkko"
PTV: Final = "Palvelutietovaranto (PTV), CC BY 4.0"
PTV_FILES: Final = {
    "ptv/service_classes.json": SERVICE_CLASS,
    "ptv/life_events.json": LIFE_EVENT,
    "ptv/target_groups.json": TARGET_GROUP,
    "ptv/service_languages.json": SERVICE_LANGUAGE,
}


@dataclass(frozen=True, slots=True)
class Label:
    """What a term is called in one language."""

    value: str
    hint: str = ""
    page_title: str = ""


@dataclass(frozen=True, slots=True)
class WantedTerm:
    """A term as its source gives it."""

    code: str
    labels: Mapping[str, Label]
    broader: str = ""
    uris: tuple[str, ...] = ()
    order: int = 0
    icon: str = ""
    sensitive: bool = False
    min_age: int | None = None
    max_age: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The fields of its row, without its vocabulary and broader term."""
        return {
            "code": self.code,
            "uris": list(self.uris),
            "order": self.order,
            "icon": self.icon,
            "sensitive": self.sensitive,
            "min_age": self.min_age,
            "max_age": self.max_age,
            "retired": False,
        }


@dataclass(slots=True)
class Lists:
    """The code lists that a pack holds: vocabulary -> its source and terms."""

    found: dict[str, tuple[str, list[WantedTerm]]] = field(default_factory=dict)


def read(pack: Pack) -> Lists:
    """Read the code lists; a pack need not hold all of them."""
    lists = Lists()
    for file, code in ((f"{name}.yaml", kind) for name, kind in (("situations", SITUATION), ("ages", AGE))):
        entries = pack.yaml_entries(file, TERM, needed=False)
        own = [entry for entry in entries if pack.declare(code, entry)]
        if own:
            lists.found[code] = (OWN, [_own_term(entry.data) for entry in own])
    for file, code in PTV_FILES.items():
        rows = read_json(pack, file)
        if rows is not None:
            lists.found[code] = (PTV, [_ptv_term(row, order) for order, row in enumerate(rows)])
    return lists


def read_json(pack: Pack, name: str) -> Any:  # noqa: ANN401 - JSON of a made file
    """Return the content of a made JSON file, or None when the pack has none or it is broken."""
    path = pack.root / name
    if not path.is_file():
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        pack.errors.append(PackError(name, gettext("Tiedosto ei ole JSONia. Tee se uudelleen skriptillä.")))
        return None


def apply(lists: Lists, applying: Applying) -> None:
    """Write the code lists."""
    for code, (source, terms) in lists.found.items():
        sync_terms(applying, code, source, terms)


def sync_terms(applying: Applying, code: str, source: str, wanted: Iterable[WantedTerm]) -> dict[str, Term]:
    """Make a vocabulary what its source says; what vanished from it is retired. Return its terms by code."""
    vocabulary, _ = Vocabulary.objects.get_or_create(code=code, defaults={"source": source})
    terms = {term.code: term for term in wanted}
    rows = applying.sync(
        f"terms:{code}",
        Term,
        {name: {**term.values, "vocabulary": vocabulary} for name, term in terms.items()},
        stored=vocabulary.terms.all(),
        key=lambda row: row.code,
        end=lambda _row: {"retired": True},
    )
    by_code = {str(name): row for name, row in rows.items()}
    _set_broader(terms, by_code)
    _sync_labels(applying, code, terms, by_code)
    return by_code


def _set_broader(terms: Mapping[str, WantedTerm], rows: Mapping[str, Term]) -> None:
    changed = []
    for code, row in rows.items():
        above = rows.get(terms[code].broader)
        if row.broader_id != (above.pk if above else None):
            row.broader = above
            changed.append(row)
    Term.objects.bulk_update(changed, ["broader"], batch_size=200)


def _sync_labels(
    applying: Applying, code: str, terms: Mapping[str, WantedTerm], rows: Mapping[str, Term]
) -> None:
    counts = applying.report.counts(f"labels:{code}")
    stored = {
        (label.term_id, label.language): label for label in TermLabel.objects.filter(term__in=rows.values())
    }
    new, changed = [], []
    for name, row in rows.items():
        for language, label in terms[name].labels.items():
            fields = {"value": label.value, "hint": label.hint, "page_title": label.page_title}
            before = stored.pop((row.pk, language), None)
            if before is None:
                new.append(TermLabel(term=row, language=language, **fields))
            elif any(getattr(before, key) != value for key, value in fields.items()):
                before.value, before.hint, before.page_title = label.value, label.hint, label.page_title
                changed.append(before)
            else:
                counts.unchanged += 1
    TermLabel.objects.bulk_create(new, batch_size=400)
    TermLabel.objects.bulk_update(changed, ["value", "hint", "page_title"], batch_size=200)
    TermLabel.objects.filter(pk__in=[label.pk for label in stored.values()]).delete()
    counts.created += len(new)
    counts.changed += len(changed)
    counts.ended += len(stored)


def _own_term(data: Mapping[str, Any]) -> WantedTerm:
    titles = data.get("page_title", {})
    return WantedTerm(
        code=data["slug"],
        labels={
            language: Label(value, data["hint"].get(language, ""), titles.get(language, ""))
            for language, value in data["label"].items()
        },
        order=data["order"],
        icon=data.get("icon", ""),
        sensitive=data.get("sensitive", False),
        min_age=data.get("min"),
        max_age=data.get("max"),
    )


def _ptv_term(row: Mapping[str, Any], order: int) -> WantedTerm:
    return WantedTerm(
        code=row["code"],
        labels={language: Label(value) for language, value in row["label"].items()},
        broader=row.get("broader", ""),
        uris=tuple(row.get("uris", ())),
        order=row.get("order", order),
    )
