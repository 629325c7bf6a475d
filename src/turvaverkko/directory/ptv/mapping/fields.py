"""Fields that every kind of document has: words by language, typed texts, codes, terms, areas, laws."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from turvaverkko.directory.ptv.plain_text import plain_text
from turvaverkko.directory.ptv.shapes import Area, Law, Reading, Refused, Texts, Told, Words, words

Row = Mapping[str, Any]
# The content languages of the catalogue.
LANGUAGES: Final = frozenset({"fi", "sv", "en", "se", "smn", "sms"})
# Unit: characters. The catalogue's own limit is 2,500, and 5,000 in its next version.
LONGEST_TEXT: Final = 20_000
# Unit: characters, as in `Channel.url`.
LONGEST_ADDRESS: Final = 500
# Unit: rows of one list. Nothing that a service can truly have.
LONGEST_LIST: Final = 1_000

SERVICE_CLASS: Final = "ptv-service-class"
LIFE_EVENT: Final = "ptv-life-event"
TARGET_GROUP: Final = "ptv-target-group"
INDUSTRY: Final = "ptv-industrial-class"
SUBJECT: Final = "koko"
# Field of a document → vocabulary.
TERM_FIELDS: Final = {
    "serviceClasses": SERVICE_CLASS,
    "lifeEvents": LIFE_EVENT,
    "targetGroups": TARGET_GROUP,
    "industrialClasses": INDUSTRY,
    "ontologyTerms": SUBJECT,
}
_KOKO: Final = "/onto/koko/"


def rows_of(document: Row, field: str) -> list[Row]:
    """Return the objects of a list; null is an empty list.

    Raises:
        Refused: it is no list, or far too long.
    """
    found = document.get(field) or []
    if not isinstance(found, list):
        raise Refused("odd-form", field)
    if len(found) > LONGEST_LIST:
        raise Refused("too-many", field)
    return [row for row in found if isinstance(row, dict)]


def text_of(value: object, field: str = "") -> str:
    """Return a value as plain text; null is "".

    Raises:
        Refused: it is longer than any text of the catalogue, or no text.
    """
    if value is None or isinstance(value, bool):
        return ""
    if not isinstance(value, str | int | float):
        raise Refused("odd-form", field)
    said = str(value)
    if len(said) > LONGEST_TEXT:
        raise Refused("text-too-long", field)
    return plain_text(said)


def line_of(value: object, field: str = "", longest: int = 300) -> str:
    """Return a value as one line that fits its column."""
    return " ".join(text_of(value, field).split())[:longest]


def flag_of(value: object) -> bool | None:
    """Return a truth value; None when it is not told."""
    return value if isinstance(value, bool) else None


def words_of(document: Row, field: str, name: str = "value") -> Words:
    """Return the texts of a list of {language, value}."""
    return words({row["language"]: text_of(row.get(name), field) for row in _in_languages(document, field)})


def typed(document: Row, field: str, kinds: Mapping[str, str], told: list[Told]) -> Texts:
    """Return the texts of a list of {language, value, type}; a type that we do not know is told."""
    found: dict[tuple[str, str], str] = {}
    for row in _in_languages(document, field):
        kind = kinds.get(str(row.get("type")))
        text = text_of(row.get("value"), field)
        if not text:
            continue
        if kind is None:
            told.append(Told("unknown-type", field))
        else:
            found[kind, row["language"]] = text
    return tuple(sorted((kind, language, text) for (kind, language), text in found.items()))


def of_kind(kind: str, found: Words) -> Texts:
    """Return words as texts of one kind."""
    return tuple((kind, language, text) for language, text in found)


def languages_of(document: Row) -> tuple[str, ...]:
    """Return the languages in which a service is given."""
    said = document.get("languages") or []
    return tuple(sorted({str(code)[:10] for code in said if code}))


def identity(document: Row) -> str:
    """Return the id of a document.

    Raises:
        Refused: it has none.
    """
    found = id_of(document.get("id"))
    if not found:
        raise Refused("no-id", "id")
    return found


def id_of(value: object) -> str:
    """Return an id of the catalogue in small letters; "" when it is none."""
    said = str(value or "").strip().lower()
    return said if 1 <= len(said) <= 60 and said.replace("-", "").isalnum() else ""


def stamp_of(value: object) -> str:
    """Return a stamp of the source in one form, in UTC; "" when it is none.

    Examples:
        >>> stamp_of("2020-08-21T06:55:52.144738"), stamp_of("2018-05-03T14:53:58+03:00"), stamp_of("eilen")
        ('2020-08-21T06:55:52.144738Z', '2018-05-03T11:53:58Z', '')
    """
    try:
        moment = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return ""
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment.isoformat().replace("+00:00", "Z")


def area_type(document: Row) -> str:
    """Return how wide something reaches, in the catalogue's word."""
    return line_of(document.get("areaType"), "areaType", 40)


def areas_of(document: Row) -> tuple[Area, ...]:
    """Return the areas; single municipalities are one area without a code."""
    single: set[str] = set()
    others: set[Area] = set()
    for row in rows_of(document, "areas"):
        inside = {municipality_code(one) for one in rows_of(row, "municipalities")} - {""}
        code, kind = line_of(row.get("code"), "areas", 20), line_of(row.get("type"), "areas", 40)
        if kind == "Municipality":
            single |= inside | ({code.zfill(3)} if code else set())
        else:
            others.add(Area(kind, code, tuple(sorted(inside))))
    ones = [Area("Municipality", "", tuple(sorted(single)))] if single else []
    return tuple(sorted([*ones, *others]))


def municipality_code(row: object) -> str:
    """Return the three figures of a municipality; "" when it is not told."""
    said = line_of(row.get("code"), "municipality", 3) if isinstance(row, dict) else ""
    return said.zfill(3) if said else ""


def terms_of(document: Row, fields: Iterable[str], reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the terms as (vocabulary, code), and put their labels into the reading.

    Where the code is missing, the name in small letters stands in its place, for the writer to look up.
    """
    found: set[tuple[str, str]] = set()
    for field in fields:
        for row in rows_of(document, field):
            names = words_of(row, "name")
            uri = line_of(row.get("uri"), field, 200)
            code = line_of(row.get("code"), field, 80) or _code_of_uri(TERM_FIELDS[field], uri)
            if not code and names:
                code = f"={dict(names).get('fi', names[0][1]).casefold()}"[:80]
            if not code:
                reading.told.append(Told("unknown-term", field))
                continue
            key = (TERM_FIELDS[field], code)
            found.add(key)
            reading.labels[key] = (uri, names)
    return tuple(sorted(found))


def laws_of(document: Row) -> tuple[Law, ...]:
    """Return the laws."""
    return tuple(
        sorted(
            Law(
                words_of(row, "names"),
                tuple(
                    sorted(
                        (
                            page["language"],
                            line_of(page.get("url"), "legislation", 500),
                            line_of(page.get("value")),
                        )
                        for page in _in_languages(row, "webPages")
                    )
                ),
            )
            for row in rows_of(document, "legislation")
        )
    )


def web_address(value: object) -> str:
    """Return an address of the web; "" when it is none that a page may link to.

    An address without a scheme is one: people write it so.

    Examples:
        >>> web_address("www.kunta.example/a"), web_address("javascript:alert(1)")
        ('https://www.kunta.example/a', '')
    """
    said = line_of(value, "url", LONGEST_ADDRESS + 1).replace(" ", "%20")
    if said.lower().startswith("www."):
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and "." in parts.netloc and len(said) <= LONGEST_ADDRESS
    return said if is_web else ""


def _code_of_uri(vocabulary: str, uri: str) -> str:
    """The code that stands at the end of an address; terms of other ontologies carry their name."""
    end = uri.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    if vocabulary == SUBJECT and end and _KOKO not in uri:
        parts = uri.rstrip("/").split("/")
        return f"{parts[-2]}-{end}"[:80] if len(parts) > 1 else end
    return end


def _in_languages(document: Row, field: str) -> Iterator[Row]:
    for row in rows_of(document, field):
        if row.get("language") in LANGUAGES:
            yield row
