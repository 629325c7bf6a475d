"""The form of a happening: what was typed, kept whole, and the content that it makes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any, Final, TypeVar

from django.http import QueryDict
from django.utils.translation import gettext

from turvaverkko.directory.editing import rules, typing_in, words
from turvaverkko.directory.editing.contents import CHANGES, LANGUAGES, TIMES, Content
from turvaverkko.directory.editing.typing_in import Unreadable
from turvaverkko.directory.models import Happening

T = TypeVar("T")
# Fields of the form by the text they are; each has one in every language.
TEXT_FIELDS: Final[Mapping[str, str]] = {
    "nimi": "name",
    "lyhyesti": "summary",
    "kuvaus": "description",
    "kenelle": "for-whom",
    "esteettomyys": "accessibility",
    "hinta": "fee",
}
ONE_LINE: Final = frozenset({"nimi", "hinta"})
AT_PLACE, ONLINE, ELSEWHERE = "paikassa", "verkossa", "muualla"
EVERYBODY, LIMITED = "kaikki", "rajattu"
# Languages in which something is offered, beside those of texts.
SPOKEN: Final = ("fi", "sv", "en", "ar", "ru", "uk", "se")
TIME_FIELDS: Final = ("toistuu", "viikonpaiva", "alkaa", "paattyy", "klo", "asti", "pyhina", "lomilla")
# What ends in the small hours went past midnight; any other end before the start is a slip.
SMALL_HOURS: Final = "06:00"
PLAIN_FIELDS: Final = (
    "laji",
    "missa",
    "paikka",
    "kunta",
    "osallistumislinkki",
    "ika",
    "ika-alku",
    "ika-loppu",
    "maksu",
    "ilmoittautuminen",
    "ilmoittautumisosoite",
    "puhelin",
    "sahkoposti",
    "verkkosivu",
)


@dataclass
class Typed:
    """A form as it was typed.

    Attributes:
        values: as typed, by the name of the field.
        languages: in which it is offered.
        times: the fields of each row of times, by their short names.
        errors: what to do, by the id of the field.
        content: what it makes; of use only without errors.
    """

    values: dict[str, str]
    languages: list[str]
    times: list[dict[str, str]]
    errors: dict[str, str] = field(default_factory=dict)
    content: Content = field(default_factory=dict)


def read(data: QueryDict, places: Sequence[str], municipalities: Sequence[str], before: Content) -> Typed:
    """Read a sent form.

    Args:
        data: as sent.
        places: slugs that may be chosen.
        municipalities: slugs that may be chosen.
        before: the content that the form is about; what the form does not ask stays as it was.
    """
    values = {name: typing_in.line(data.get(name, "")) for name in PLAIN_FIELDS}
    for language in LANGUAGES:
        for name in TEXT_FIELDS:
            clean = typing_in.line if name in ONE_LINE else typing_in.text
            values[f"{name}-{language}"] = clean(data.get(f"{name}-{language}", ""))
    languages: list[str] = [code for code in SPOKEN if code in data.getlist("kielet")]
    typed = Typed(values, languages, _rows(data))
    times = [time for row in range(len(typed.times)) if (time := _time(typed, row))]
    typed.content = {
        **before,
        **_plain(typed, places, municipalities),
        "texts": _texts(typed, before),
        TIMES: times,
        CHANGES: before[CHANGES],
    }
    if typed.content["kind"] != Happening.Kind.OUTREACH:
        typed.content["specialty"] = ""
    return typed


def shown(content: Content) -> Typed:
    """Return the form of a content, as nobody has touched it."""
    place, online = content["place"], content["online_url"]
    no_limit = content["min_age"] is None and content["max_age"] is None
    values = {
        "laji": content["kind"],
        "missa": AT_PLACE
        if place
        else ONLINE
        if online
        else ELSEWHERE
        if content["municipality"]
        else AT_PLACE,
        "paikka": place,
        "kunta": content["municipality"],
        "osallistumislinkki": online,
        "ika": EVERYBODY if no_limit else LIMITED,
        "ika-alku": _number(content["min_age"]),
        "ika-loppu": _number(content["max_age"]),
        "maksu": content["charge"],
        "ilmoittautuminen": content["sign_up"],
        "ilmoittautumisosoite": content["sign_up_url"],
        "puhelin": content["phone"],
        "sahkoposti": content["email"],
        "verkkosivu": content["url"],
    }
    for language in LANGUAGES:
        kept = content["texts"].get(language, {})
        values |= {f"{name}-{language}": kept.get(kind, "") for name, kind in TEXT_FIELDS.items()}
    return Typed(values, list(content["languages"]), [_row(one) for one in content[TIMES]] or [new_row()])


def new_row() -> dict[str, str]:
    """Return the fields of a row of times that nobody has touched: every week."""
    return {**dict.fromkeys(TIME_FIELDS, ""), "toistuu": "week"}


def _rows(data: QueryDict) -> list[dict[str, str]]:
    rows = [
        {name: typing_in.line(data.get(f"aika-{row}-{name}", ""))[:40] for name in TIME_FIELDS}
        for row in range(rules.MOST_TIMES)
        if f"aika-{row}-toistuu" in data
    ]
    return rows or [new_row()]


def _row(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "toistuu": one["every"],
        "viikonpaiva": "" if one["every"] == "once" else str(date.fromisoformat(one["first"]).weekday()),
        "alkaa": one["first"],
        "paattyy": one["last"],
        "klo": one["starts"],
        "asti": one["ends"],
        "pyhina": "1" if one["on_holidays"] else "",
        "lomilla": "1" if one["in_school_breaks"] else "",
    }


def _plain(typed: Typed, places: Sequence[str], municipalities: Sequence[str]) -> Content:
    values = typed.values
    at, ages = values["missa"], values["ika"]
    youngest = _try(typed, "ika-alku", lambda one: typing_in.years(one, rules.OLDEST), None)
    oldest = _try(typed, "ika-loppu", lambda one: typing_in.years(one, rules.OLDEST), None)
    _check_choices(typed, places, municipalities)
    _check_ages(typed, youngest, oldest)
    return {
        "kind": values["laji"],
        "place": values["paikka"] if at == AT_PLACE else "",
        "municipality": values["kunta"] if at == ELSEWHERE else "",
        "online_url": _try(typed, "osallistumislinkki", typing_in.address, "") if at == ONLINE else "",
        "min_age": youngest if ages == LIMITED else None,
        "max_age": oldest if ages == LIMITED else None,
        "charge": values["maksu"],
        "languages": typed.languages,
        "sign_up": values["ilmoittautuminen"],
        "sign_up_url": _try(typed, "ilmoittautumisosoite", typing_in.address, ""),
        "phone": _try(typed, "puhelin", typing_in.phone, ""),
        "email": _try(typed, "sahkoposti", typing_in.email, ""),
        "url": _try(typed, "verkkosivu", typing_in.address, ""),
    }


def _check_choices(typed: Typed, places: Sequence[str], municipalities: Sequence[str]) -> None:
    values, errors = typed.values, typed.errors
    for name, codes, said in (
        ("laji", words.KINDS, gettext("Valitse, millaista toiminta on.")),
        ("maksu", words.CHARGES, gettext("Valitse, maksaako osallistuminen.")),
        ("ilmoittautuminen", words.SIGN_UPS, gettext("Valitse, pitääkö ilmoittautua.")),
        ("ika", (EVERYBODY, LIMITED), gettext("Valitse, minkä ikäisille tämä on.")),
        ("missa", (AT_PLACE, ONLINE, ELSEWHERE), gettext("Valitse, missä tämä on.")),
    ):
        if values[name] not in codes:
            errors[name] = said
    if values["missa"] == AT_PLACE and values["paikka"] not in places:
        errors["paikka"] = gettext(
            "Valitse paikka luettelosta, tai valitse, että tämä on verkossa tai muualla."
        )
    if values["missa"] == ELSEWHERE and values["kunta"] not in municipalities:
        errors["kunta"] = gettext("Valitse kunta luettelosta.")
    if values["missa"] == ONLINE and not values["osallistumislinkki"]:
        errors["osallistumislinkki"] = gettext("Kirjoita linkki, josta pääsee mukaan.")
    if not typed.languages:
        errors["kielet"] = gettext("Valitse ainakin yksi kieli.")


def _check_ages(typed: Typed, youngest: int | None, oldest: int | None) -> None:
    if typed.values["ika"] != LIMITED or {"ika-alku", "ika-loppu"} & set(typed.errors):
        return
    if youngest is None and oldest is None:
        typed.errors["ika-alku"] = gettext("Kirjoita nuorin tai vanhin ikä, tai valitse kaikenikäiset.")
    elif youngest is not None and oldest is not None and youngest > oldest:
        typed.errors["ika-loppu"] = gettext("Vanhin ikä on pienempi kuin nuorin. Vaihda ne toisin päin.")


def _texts(typed: Typed, before: Content) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {
        code: kinds for code, kinds in before.get("texts", {}).items() if code not in LANGUAGES
    }
    for language in LANGUAGES:
        own = {}
        for name, kind in TEXT_FIELDS.items():
            longest = rules.LINE if name in ONE_LINE else rules.TEXT
            value = _try(typed, f"{name}-{language}", partial(typing_in.at_most, longest=longest), "")
            if value:
                own[kind] = value
        if own:
            found[language] = own
    if (
        not any(found.get(language, {}).get("name") for language in LANGUAGES)
        and "nimi-fi" not in typed.errors
    ):
        typed.errors["nimi-fi"] = gettext("Kirjoita nimi, jolla perheet tämän löytävät.")
    return found


def _time(typed: Typed, row: int) -> dict[str, Any] | None:
    """Read one row of times; None when nothing was typed into it, or it has errors."""
    fields = typed.times[row]
    if not any(fields[name] for name in ("alkaa", "paattyy", "klo", "asti")):
        return None
    prefix, known = f"aika-{row}-", len(typed.errors)
    is_once = fields["toistuu"] == "once"
    if fields["toistuu"] not in words.EVERY:
        typed.errors[f"{prefix}toistuu"] = gettext("Valitse, kuinka usein tämä on.")
    first = _needed(typed, row, "alkaa", typing_in.day)
    last = None if is_once else _needed(typed, row, "paattyy", typing_in.day)
    starts, ends = _needed(typed, row, "klo", typing_in.clock), _needed(typed, row, "asti", typing_in.clock)
    if len(typed.errors) > known or first is None or starts is None or ends is None:
        return None
    if not is_once and fields["viikonpaiva"] in {str(number) for number in range(rules.WEEK)}:
        first = rules.first_on(first, int(fields["viikonpaiva"]))
    said = f"{starts:%H:%M}", f"{ends:%H:%M}"
    if said[1] <= said[0] and said[1] > SMALL_HOURS:
        typed.errors[f"{prefix}asti"] = gettext("Päättymisaika on ennen alkamisaikaa. Tarkista kellonajat.")
        return None
    if last is not None and not _is_season(typed, prefix, first, last):
        return None
    return {
        "every": fields["toistuu"],
        "first": first.isoformat(),
        "last": last.isoformat() if last else "",
        "starts": said[0],
        "ends": said[1],
        "on_holidays": bool(fields["pyhina"]),
        "in_school_breaks": bool(fields["lomilla"]),
    }


def _is_season(typed: Typed, prefix: str, first: date, last: date) -> bool:
    if last < first:
        said = gettext("Kausi päättyy ennen kuin se alkaa. Tarkista päivät.")
    elif last - first > timedelta(days=rules.LONGEST_SEASON):
        said = gettext("Kausi on yli vuoden pituinen. Ilmoita enintään vuosi kerrallaan.")
    else:
        return True
    typed.errors[f"{prefix}paattyy"] = said
    return False


def _needed(typed: Typed, row: int, name: str, reads: Callable[[str], T]) -> T | None:
    try:
        return reads(typed.times[row][name])
    except Unreadable as error:
        typed.errors[f"aika-{row}-{name}"] = str(error)
        return None


def _try(typed: Typed, name: str, reads: Callable[[str], T], otherwise: T) -> T:
    try:
        return reads(typed.values[name])
    except Unreadable as error:
        typed.errors[name] = str(error)
        return otherwise


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
