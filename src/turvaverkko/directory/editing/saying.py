"""Contents in words: times, ages and every other field as a reader of a page reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.utils.html import strip_tags
from django.utils.translation import gettext

from turvaverkko.core.languages import BY_CODE
from turvaverkko.directory.editing import words
from turvaverkko.directory.editing.contents import CHANGES, FIELDS, TEXTS, TIMES, differing, field_of
from turvaverkko.looks.words import clock_text, long_date, short_date
from turvaverkko.looks.words import weekday_on as on_weekday

CODED: Final = {"kind": words.KINDS, "charge": words.CHARGES, "sign_up": words.SIGN_UPS}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs: its name, what it said and what it says; a line for each language or time."""

    field: str
    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any], places: Mapping[str, str]
) -> list[Difference]:
    """Return in words what differs between two contents, in the order of the form.

    Args:
        before: the older one.
        after: the newer one.
        places: names of places by slug.
    """
    return [
        Difference(
            field,
            words.of(words.FIELDS, field),
            lines_of(field, field_of(before, field), places),
            lines_of(field, field_of(after, field), places),
        )
        for field in differing(before, after)
    ]


def whole(content: Mapping[str, Any], places: Mapping[str, str]) -> list[Difference]:
    """Return every field that says anything, as a difference from nothing."""
    said = [
        Difference(
            field, words.of(words.FIELDS, field), (), lines_of(field, field_of(content, field), places)
        )
        for field in FIELDS
    ]
    return [one for one in said if one.after]


def lines_of(field: str, value: Any, places: Mapping[str, str]) -> tuple[str, ...]:  # noqa: ANN401 - as it is
    """Return a field in words, a line for each of its parts; none when it says nothing."""
    if field in TEXTS:
        return tuple(f"{_language(code)}: {text}" for code, text in sorted(value.items()))
    if field == TIMES:
        return tuple(time_words(one) for one in value)
    if field == CHANGES:
        return tuple(change_words(one, places) for one in value)
    return () if value in (None, "", []) else (_plain_words(field, value, places),)


def _plain_words(field: str, value: Any, places: Mapping[str, str]) -> str:  # noqa: ANN401 - as it is
    if field in CODED:
        return words.of(CODED[field], value)
    if field == "languages":
        return ", ".join(_language(code) for code in value)
    return places.get(value, str(value)) if field == "place" else str(value)


def time_words(one: Mapping[str, Any]) -> str:
    """Return "Tiistaisin klo 10–12, 1.9.2026–15.12.2026" and so on, for an entry of a content's times."""
    first, hours = date.fromisoformat(one["first"]), hours_words(one["starts"], one["ends"])
    if one["every"] == "once":
        return gettext("%(weekday)s %(day)s klo %(hours)s") % {
            "weekday": on_weekday(first),
            "day": _plain(long_date(first)),
            "hours": hours,
        }
    said = {
        "weekday": words.weekday_every(first.weekday()),
        "hours": hours,
        "first": _plain(long_date(first)),
        "last": _plain(long_date(date.fromisoformat(one["last"]))),
    }
    patterns = {
        "week": gettext("%(weekday)s klo %(hours)s, %(first)s–%(last)s"),
        "two-weeks": gettext("joka toinen viikko %(weekday)s klo %(hours)s, %(first)s–%(last)s"),
        "month": gettext("kerran kuussa %(weekday)s klo %(hours)s, %(first)s–%(last)s"),
    }
    series = patterns[one["every"]] % said
    also = [
        sentence
        for is_on, sentence in (
            (one["on_holidays"], gettext("myös pyhinä")),
            (one["in_school_breaks"], gettext("myös koulujen lomilla")),
        )
        if is_on
    ]
    return f"{series} ({', '.join(also)})" if also else series


def change_words(one: Mapping[str, Any], places: Mapping[str, str]) -> str:
    """Return what is otherwise on one date: "12.1.2027: peruttu", "… siirtyy: 14.1. klo 12–14"."""
    day = _plain(long_date(date.fromisoformat(one["day"])))
    note = one["note"].get("fi", "") if one["note"] else ""
    if one["kind"] == "cancelled":
        said = gettext("%(day)s: peruttu") % {"day": day}
    else:
        to = [
            _plain(short_date(date.fromisoformat(one["new_day"]))) if one["new_day"] else "",
            hours_words(one["starts"], one["ends"]) if one["starts"] and one["ends"] else "",
            places.get(one["place"], one["place"]),
        ]
        said = gettext("%(day)s: siirtyy (%(to)s)") % {"day": day, "to": " · ".join(filter(None, to))}
    return f"{said}. {note}" if note else said


def age_words(content: Mapping[str, Any]) -> str:
    """Return for what ages something is: "Kaikenikäisille", "0–6-vuotiaille", "Enintään 6-vuotiaille"."""
    youngest, oldest = content["min_age"], content["max_age"]
    if youngest is None and oldest is None:
        return words.everybody()
    if oldest is None:
        return gettext("%(age)s vuotta täyttäneille") % {"age": youngest}
    if youngest is None:
        return gettext("Enintään %(age)s-vuotiaille") % {"age": oldest}
    return gettext("%(from)s–%(to)s-vuotiaille") % {"from": youngest, "to": oldest}


def hours_words(starts: str, ends: str) -> str:
    """Return "10–12" of two ISO times."""
    from_, to = (clock_text(time.fromisoformat(one)) for one in (starts, ends))
    return f"{from_}–{to}"


def _language(code: str) -> str:
    known = BY_CODE.get(code)
    return known.own_name if known else code


def _plain(text: str) -> str:
    """Return the text of isolated numbers; whoever draws it isolates it again."""
    return strip_tags(text)
