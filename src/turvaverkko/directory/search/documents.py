"""From what the directory publishes to what the engine reads."""

from collections.abc import Iterator, Mapping

from turvaverkko.directory import api as directory
from turvaverkko.directory.search.document import Document, Texts
from turvaverkko.directory.search.entries import Entry
from turvaverkko.directory.shapes import Searchable, TermCard

# The kinds of text that make up the running text of an entry, besides its name and summary.
_RUNNING = ("description", "background", "for-whom", "instructions", "good-to-know")
FAMILIES = "families"
# In place of a municipality: offered in the whole county.
WHOLE_COUNTY = "*"


def every_entry() -> Iterator[Entry]:
    """Everything that is searchable; the shorter twins of national descriptions are left out."""
    ages = directory.ages("fi")
    return (entry(found, ages) for found in directory.searchable() if not found.is_twin)


def entry_now(key: str) -> Entry | None:
    """One entry as it is now, or nothing when it is not published."""
    kind, _, slug = key.partition("/")
    if kind == "service":
        found = directory.searchable_service(slug)
    elif kind == "happening":
        found = directory.searchable_happening(slug)
    else:
        found = next((one for one in directory.searchable() if one.key == key), None)
    return entry(found, directory.ages("fi")) if found is not None and not found.is_twin else None


def entry(found: Searchable, ages: list[TermCard]) -> Entry:
    """One published thing as an entry of the index."""
    document = Document(
        key=found.key,
        kind=found.kind,
        texts=_texts(found.texts),
        organisation=found.organisation,
        municipalities=found.municipalities,
        level=found.level,
        min_age=found.min_age,
        max_age=found.max_age,
        inherited={**_texts(found.inherited), **_subjects(found)},
        facets=_facets(found, ages),
    )
    return Entry(document, found.slug, found.organisation_kind)


def _texts(by_language: Mapping[str, Mapping[str, str]]) -> dict[str, Texts]:
    return {
        language: Texts(
            name=kinds.get("name", ""),
            summary=kinds.get("summary", ""),
            description="\n".join(kinds[kind] for kind in _RUNNING if kinds.get(kind)),
            keywords=kinds.get("keywords", "").split("\n") if kinds.get("keywords") else [],
        )
        for language, kinds in by_language.items()
    }


def _subjects(found: Searchable) -> dict[str, Texts]:
    """The national base's subject words, in Finnish, beside its inherited texts."""
    if not found.subjects:
        return {}
    own = _texts(found.inherited).get("fi", Texts())
    return {"fi": Texts(**{**own, "keywords": [*own.get("keywords", ()), *found.subjects]})}


def _facets(found: Searchable, ages: list[TermCard]) -> dict[str, list[str]]:
    facets = {
        "kind": [found.kind],
        "level": [found.level],
        "organisation": [found.organisation_kind],
        "charge": [found.charge],
        "way": list(found.ways),
        "language": list(found.languages),
        "situation": list(found.situations),
        "age": [age.code for age in ages if _overlaps(found, age)],
        FAMILIES: ["yes" if found.for_families else "no"],
        "municipality": _where(found),
    }
    return {name: [value for value in values if value] for name, values in facets.items()}


def _where(found: Searchable) -> list[str]:
    """To narrow to a municipality keeps what the whole county offers there, not what the country has."""
    if found.municipalities or found.level == "national":
        return list(found.municipalities)
    return [WHOLE_COUNTY]


def _overlaps(found: Searchable, age: TermCard) -> bool:
    youngest, oldest = found.min_age or 0, 200 if found.max_age is None else found.max_age
    return youngest <= (200 if age.max_age is None else age.max_age) and oldest >= (age.min_age or 0)
