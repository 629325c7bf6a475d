"""JSON Schema faults as sentences: what is wrong at which field, and what to write instead."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy, ngettext
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError, best_match
from rapidfuzz import process

# Unit: per cent of likeness. Below it a suggestion confuses more than it helps.
CLOSE_ENOUGH: Final = 70
FORMATS: Final = FormatChecker(formats=())


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one entry: the dotted field ("channels.1.number") and the sentence."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule of a schema that a value breaks.

    Attributes:
        limit: what the rule demands: the allowed values, the greatest length, the type.
        schema: the part of the schema in which the rule stands.
        message: what the validator says, in English; for rules without a sentence of ours.
    """

    value: Any
    limit: Any
    schema: Mapping[str, Any]
    message: str


@FORMATS.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@FORMATS.checks("time", raises=ValueError)
def _is_time(value: object) -> bool:
    return not isinstance(value, str) or time.fromisoformat(value).tzinfo is None


TYPE_WORDS: Final = {
    "string": gettext_lazy("teksti"),
    "integer": gettext_lazy("kokonaisluku"),
    "number": gettext_lazy("luku"),
    "boolean": gettext_lazy("true tai false"),
    "array": gettext_lazy("luettelo"),
    "object": gettext_lazy("avaimia ja arvoja"),
    "null": gettext_lazy("tyhjä"),
}


def faults(
    data: Any,  # noqa: ANN401 - whatever was written
    schema: Mapping[str, Any],
    *,
    texts_only: bool = False,
) -> list[Fault]:
    """Return every fault of `data` against `schema` as sentences in the active language.

    Args:
        data: the entry as read.
        schema: JSON Schema 2020-12 of an entry.
        texts_only: the entry is a row of a CSV file: a missing value is an empty cell.
    """
    validator = Draft202012Validator(schema, format_checker=FORMATS)
    found = sorted(validator.iter_errors(data), key=lambda error: [str(part) for part in error.absolute_path])
    return [fault for error in found for fault in _sentences(error, texts_only=texts_only)]


def nearest(word: str, words: list[str]) -> str:
    """Return " Tarkoititko …?" with the nearest of `words`, or an empty text when none is near."""
    hit = process.extractOne(word, words, score_cutoff=CLOSE_ENOUGH)
    return " " + gettext("Tarkoititko ”%(word)s”?") % {"word": hit[0]} if hit else ""


def _sentences(error: ValidationError, *, texts_only: bool) -> Iterator[Fault]:
    path = ".".join(str(part + 1 if isinstance(part, int) else part) for part in error.absolute_path)
    if error.validator == "required":
        yield from _missing(error, path, texts_only=texts_only)
    elif error.validator == "additionalProperties":
        yield from _unknown(_broken(error), path)
    elif error.validator in ("anyOf", "oneOf") and (inner := _nearest_alternative(error)):
        yield from _sentences(inner, texts_only=texts_only)
    else:
        say = MESSAGES.get(str(error.validator), _other)
        yield Fault(path, say(_broken(error)))


def _nearest_alternative(error: ValidationError) -> ValidationError | None:
    """The fault to tell of several alternatives: one of the right type but otherwise wrong, if any."""
    alternatives = error.context or []
    of_right_type = [inner for inner in alternatives if inner.validator != "type"]
    nearest_one: ValidationError | None = best_match(of_right_type or alternatives)
    return nearest_one


def _broken(error: ValidationError) -> Broken:
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    return Broken(error.instance, error.validator_value, schema, error.message)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _missing(error: ValidationError, path: str, *, texts_only: bool) -> Iterator[Fault]:
    # jsonschema reports one error per missing name; the name is the one that the instance lacks.
    name = error.message.split("'")[1]
    text = gettext("Solu on tyhjä. Täytä se.") if texts_only else gettext("Tieto puuttuu. Lisää se.")
    yield Fault(_join(path, name), text)


def _unknown(broken: Broken, path: str) -> Iterator[Fault]:
    known = list(broken.schema.get("properties", {}))
    for name in broken.value:
        if name not in known:
            text = gettext("Tuntematon kenttä. Poista se tai korjaa nimi.")
            yield Fault(_join(path, str(name)), text + nearest(str(name), known))


def _type(broken: Broken) -> str:
    names = broken.limit if isinstance(broken.limit, list) else [broken.limit]
    words = gettext(" tai ").join(str(TYPE_WORDS.get(name, name)) for name in names)
    text = gettext("Arvon ”%(value)s” pitää olla %(type)s.") % {"value": _shown(broken), "type": words}
    if "string" in names and isinstance(broken.value, (int, float, bool)):
        text += " " + gettext("Kirjoita se lainausmerkkeihin.")
    return text


def _enum(broken: Broken) -> str:
    allowed = [str(value) for value in broken.limit]
    text = gettext("”%(value)s” ei käy. Sallitut: %(allowed)s.")
    return text % {"value": _shown(broken), "allowed": ", ".join(allowed)} + nearest(_shown(broken), allowed)


def _format(broken: Broken) -> str:
    if broken.limit == "date":
        text = gettext("”%(value)s” ei ole päivä. Kirjoita se muodossa 2026-11-22.")
    else:
        text = gettext("”%(value)s” ei ole kellonaika. Kirjoita se muodossa 08:30.")
    return text % {"value": _shown(broken)}


def _pattern(broken: Broken) -> str:
    # A schema may carry its own advice; the pattern itself helps nobody who writes a pack.
    advice = broken.schema.get("x-advice") or gettext("Käytä pieniä kirjaimia a–z, numeroita ja yhdysviivaa.")
    return gettext("”%(value)s” on väärää muotoa.") % {"value": _shown(broken)} + f" {advice}"


def _too_long(broken: Broken) -> str:
    text = ngettext(
        "Teksti on liian pitkä: enintään %(most)d merkki, nyt %(now)d.",
        "Teksti on liian pitkä: enintään %(most)d merkkiä, nyt %(now)d.",
        broken.limit,
    )
    return text % {"most": broken.limit, "now": len(broken.value)}


def _too_short(_broken: Broken) -> str:
    return gettext("Teksti on tyhjä tai liian lyhyt. Täydennä se.")


def _too_few(broken: Broken) -> str:
    return gettext("Luettelossa pitää olla vähintään %(least)d kohta.") % {"least": broken.limit}


def _too_many(broken: Broken) -> str:
    return gettext("Luettelossa saa olla enintään %(most)d kohtaa.") % {"most": broken.limit}


def _too_small(broken: Broken) -> str:
    return gettext("Luvun pitää olla vähintään %(least)s.") % {"least": broken.limit}


def _too_big(broken: Broken) -> str:
    return gettext("Luku saa olla enintään %(most)s.") % {"most": broken.limit}


def _repeats(_broken: Broken) -> str:
    return gettext("Sama kohta on luettelossa kahdesti. Poista toinen.")


def _const(broken: Broken) -> str:
    return gettext("Arvon pitää olla ”%(value)s”.") % {"value": broken.limit}


def _other(broken: Broken) -> str:
    return gettext("Tieto ei vastaa sääntöä: %(rule)s.") % {"rule": broken.message}


def _shown(broken: Broken) -> str:
    """The value, short enough for a message."""
    value = str(broken.value)
    return value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"


# Unit: characters of a value shown in a message.
LONGEST_SHOWN: Final = 60
MESSAGES: Final[dict[str, Callable[[Broken], str]]] = {
    "type": _type,
    "enum": _enum,
    "format": _format,
    "pattern": _pattern,
    "maxLength": _too_long,
    "minLength": _too_short,
    "minItems": _too_few,
    "maxItems": _too_many,
    "minimum": _too_small,
    "maximum": _too_big,
    "uniqueItems": _repeats,
    "const": _const,
}
