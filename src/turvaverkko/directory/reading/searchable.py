"""Every published listing with its texts in every language, for an index. Eight queries in all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from turvaverkko.core import time_source
from turvaverkko.directory.layers import LIST_KINDS, lines_of
from turvaverkko.directory.models import GeneralDescription, Place, Text
from turvaverkko.directory.reading import choosing, places, terms
from turvaverkko.directory.reading.atlas import Atlas
from turvaverkko.directory.reading.place_rows import WITH_PAGE
from turvaverkko.directory.reading.services import coverage_of
from turvaverkko.directory.shapes import Searchable

Texts = Mapping[str, Mapping[str, str]]
Row = Mapping[str, Any]
_INDEXED = (
    "name",
    "summary",
    "description",
    "background",
    "for-whom",
    "keywords",
    "instructions",
    "good-to-know",
)
_SERVICE_FIELDS = (
    "pk",
    "slug",
    "kind",
    "level",
    "base_id",
    "base__twin_of_id",
    "organisation__name_fi",
    "organisation__kind",
    "min_age",
    "max_age",
    "charge",
    "ways",
    "languages",
    "for_families",
)


def everything() -> Iterator[Searchable]:
    """Yield services, then places."""
    yield from _services(choosing.published())
    yield from _places()


def service(slug: str) -> Searchable | None:
    """Return one published service, for re-indexing after a change."""
    return next(_services(choosing.published().filter(slug=slug)), None)


def _services(chosen: Any) -> Iterator[Searchable]:  # noqa: ANN401 - a queryset of services
    rows = list(chosen.order_by("slug").values(*_SERVICE_FIELDS))
    ids = [row["pk"] for row in rows]
    one = ids if len(ids) == 1 else None
    bases = {row["base_id"] for row in rows if row["base_id"]}
    atlas, coverage = Atlas.on(time_source.today()), coverage_of(ids)
    situations, _ = terms.situations_of(ids)
    own = _texts("service", Q(service__in=one) if one else Q(service__isnull=False))
    based = _texts(
        "general_description", Q(general_description__in=bases) if one else Q(service__isnull=True)
    )
    subjects = _subjects()
    for row in rows:
        inherited = based.get(row["base_id"], {})
        is_national = row["level"] == "national"
        where = coverage.get(row["pk"], ())
        yield Searchable(
            key=f"service/{row['slug']}",
            slug=row["slug"],
            kind=row["kind"],
            level=row["level"],
            organisation=row["organisation__name_fi"] or "",
            organisation_kind=row["organisation__kind"] or "",
            municipalities=atlas.slugs_in(where),
            areas=tuple(str(part["area_id"]) for part in where if part["area_id"] is not None),
            min_age=row["min_age"],
            max_age=row["max_age"],
            charge=row["charge"],
            ways=tuple(row["ways"]),
            languages=tuple(row["languages"]),
            situations=situations.get(row["pk"], ()),
            for_families=row["for_families"],
            is_twin=is_national and row["base__twin_of_id"] is not None,
            texts=inherited if is_national else own.get(row["pk"], {}),
            inherited={} if is_national else inherited,
            subjects=subjects.get(row["base_id"], ()),
        )


def _places() -> Iterator[Searchable]:
    rows = places.public().filter(kind__in=WITH_PAGE).order_by("slug")
    texts = _texts("place", Q(place__isnull=False) & ~Q(place__kind=Place.Kind.ADDRESS))
    for row in rows.values(
        "pk",
        "slug",
        "kind",
        "municipality__slug",
        "meeting_place__min_age",
        "meeting_place__max_age",
        "meeting_place__charge",
        "meeting_place__languages",
    ):
        yield Searchable(
            key=f"place/{row['slug']}",
            slug=row["slug"],
            kind=row["kind"],
            level="municipality",
            organisation="",
            organisation_kind="",
            municipalities=(row["municipality__slug"],),
            areas=(),
            min_age=row["meeting_place__min_age"],
            max_age=row["meeting_place__max_age"],
            charge=row["meeting_place__charge"] or "",
            ways=("on-site",),
            languages=tuple(row["meeting_place__languages"] or ()),
            situations=(),
            for_families=True,
            is_twin=False,
            texts=texts.get(row["pk"], {}),
            inherited={},
            subjects=(),
        )


def _texts(owner: str, condition: Q) -> Mapping[int, Texts]:
    """Return the texts by owner, language and kind; a layer's text is found as well as the owner's own."""
    rows = Text.objects.filter(condition, kind__in=_INDEXED).exclude(mode=Text.Mode.HIDE).order_by("pk")
    found: dict[int, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for identity, language, kind, value in rows.values_list(f"{owner}_id", "language", "kind", "value"):
        if identity is None:
            continue
        texts = found[identity][language]
        texts[kind] = _joined((texts.get(kind, ""), _flat(kind, value)))
    return found


def _flat(kind: str, value: str) -> str:
    return "\n".join(lines_of(kind, value)) if kind in LIST_KINDS else value


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _subjects() -> Mapping[int, tuple[str, ...]]:
    """Return the subject words of the descriptions."""
    found: dict[int, list[str]] = defaultdict(list)
    link = GeneralDescription.terms.through.objects.filter(
        term__vocabulary__code="koko", term__labels__language="fi"
    )
    for base, label in link.values_list("generaldescription_id", "term__labels__value"):
        found[base].append(label)
    return {base: tuple(labels) for base, labels in found.items()}
