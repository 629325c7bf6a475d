"""Every published listing with its texts in every language, for an index. Twelve queries in all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from turvaverkko.core import time_source
from turvaverkko.directory.happening_words import SPECIALTIES
from turvaverkko.directory.layers import LIST_KINDS, lines_of
from turvaverkko.directory.models import GeneralDescription, Happening, Occurrence, Place, Text
from turvaverkko.directory.reading import choosing, places, terms
from turvaverkko.directory.reading.atlas import Atlas
from turvaverkko.directory.reading.coming import coming
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

_HAPPENING_FIELDS = (
    "pk",
    "slug",
    "organisation__name_fi",
    "organisation__kind",
    "place_id",
    "place__municipality__slug",
    "municipality__slug",
    "min_age",
    "max_age",
    "charge",
    "languages",
    "online_url",
    "specialty",
)


def everything() -> Iterator[Searchable]:
    """Yield services, then places, then happenings that are still to come."""
    yield from _services(choosing.published())
    yield from _places()
    yield from _happenings(Q())


def service(slug: str) -> Searchable | None:
    """Return one published service, for re-indexing after a change."""
    return next(_services(choosing.published().filter(slug=slug)), None)


def happening(slug: str) -> Searchable | None:
    """Return one happening that is still to come, for re-indexing after a change."""
    return next(_happenings(Q(slug=slug)), None)


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


def _happenings(condition: Q) -> Iterator[Searchable]:
    """What has no coming time is not found: nobody can go there."""
    to_come = coming(time_source.now()).exclude(state=Occurrence.State.CANCELLED)
    chosen = Happening.objects.filter(condition, pk__in=to_come.values("happening"))
    rows = list(chosen.order_by("slug").values(*_HAPPENING_FIELDS))
    keys = [row["pk"] for row in rows]
    own = _texts("happening", Q(happening__in=keys))
    sites = _texts("place", Q(place__in={row["place_id"] for row in rows if row["place_id"]}, kind="name"))
    situations = _situations(keys)
    for row in rows:
        where = row["place__municipality__slug"] or row["municipality__slug"]
        yield Searchable(
            key=f"happening/{row['slug']}",
            slug=row["slug"],
            kind="happening",
            level="municipality" if where else "county",
            organisation=row["organisation__name_fi"],
            organisation_kind=row["organisation__kind"],
            municipalities=(where,) if where else (),
            areas=(),
            min_age=row["min_age"],
            max_age=row["max_age"],
            charge=row["charge"],
            ways=tuple(
                way for way, there in (("on-site", row["place_id"]), ("online", row["online_url"])) if there
            ),
            languages=tuple(row["languages"]),
            situations=situations.get(row["pk"], ()),
            for_families=True,
            is_twin=False,
            texts=_with_keywords(own.get(row["pk"], {}), sites.get(row["place_id"], {}), row["specialty"]),
            inherited={},
            subjects=(),
        )


def _with_keywords(own: Texts, site: Texts, specialty: str) -> Texts:
    """Add the name of the place, and who comes, to the words by which a happening is found."""
    found = {language: dict(kinds) for language, kinds in own.items()}
    more = {language: [kinds["name"]] for language, kinds in site.items() if kinds.get("name")}
    if specialty in SPECIALTIES:
        more.setdefault("fi", []).append(SPECIALTIES[specialty])
    for language, words in more.items():
        kinds = found.setdefault(language, {})
        kinds["keywords"] = _joined((kinds.get("keywords", ""), *words))
    return found


def _situations(happenings: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    link = Happening.terms.through.objects.filter(
        happening__in=list(happenings), term__vocabulary__code=terms.SITUATION
    )
    for key, code in link.order_by("pk").values_list("happening_id", "term__code"):
        found[key].append(code)
    return {key: tuple(codes) for key, codes in found.items()}


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
