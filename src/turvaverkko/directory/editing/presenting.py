"""Values of joining and editing turned into what pages show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from turvaverkko.core import time_source
from turvaverkko.core.languages import BY_CODE
from turvaverkko.directory.editing import forms, queries, rules, saying, states, words
from turvaverkko.directory.editing.actors import Editor
from turvaverkko.directory.editing.contents import LANGUAGES, Content, field_of
from turvaverkko.directory.editing.models import JoinRequest, Review, Revision
from turvaverkko.directory.editing.writing import slots_for, usable_places
from turvaverkko.directory.models import Happening, Occurrence
from turvaverkko.directory.recurrence import CANCELLED
from turvaverkko.directory.states import ARCHIVED, DRAFT, HIDDEN, IN_REVIEW, PUBLISHED
from turvaverkko.looks.api import Fact, FieldError, Link, Option, Tag
from turvaverkko.looks.words import isolated, moment_words, short_date, time_range, weekday_short
from turvaverkko.organisation.api import Municipality, names_of_staff
from turvaverkko.work.api import due_words, explained, foremost

# Unit: times of a series that a page shows at first.
SHOWN_TIMES: Final = 8


def options(labels: Mapping[str, Any], chosen: str | Iterable[str]) -> list[Option]:
    """Return the choices of a list of words."""
    ticked = {chosen} if isinstance(chosen, str) else set(chosen)
    return [Option(str(code), str(label), checked=code in ticked) for code, label in labels.items()]


def places_of(actor: Editor) -> list[tuple[str, str, str]]:
    """Return (slug, name, municipality) of the places that somebody may choose."""
    return queries.place_rows(actor, usable_places())


# --- joining ---


def join_choices(values: Mapping[str, str], municipalities: list[Municipality]) -> dict[str, Any]:
    """Return the lists of the open form."""
    where = {"": gettext("Koko alue tai ei tiedossa"), **{one.slug: one.name for one in municipalities}}
    return {
        "kinds": options(words.ORGANISATION_KINDS, values["laji"]),
        "municipalities": options(where, values["kunta"]),
    }


def join_status(asked: JoinRequest) -> dict[str, Any]:
    """Return what the receipt tells: the promise with its reason, or the answer."""
    running = foremost(queries.deadlines([asked])[asked.item_id])
    return {
        "is_waiting": asked.state == states.WAITING,
        "is_accepted": asked.state == states.ACCEPTED,
        "promised": moment_words(running.due_at) if running else "",
        "because": explained(running, opening=gettext("Pyyntö tuli")) if running else "",
    }


@dataclass(frozen=True, slots=True)
class Join:
    """An ask to join as the county's page shows it."""

    public_id: str
    name: str
    facts: list[Fact]
    activity: str
    due: SafeString
    light: str
    known: list[Option]


def joins() -> dict[str, Any]:
    """Return the asks that wait and the partners."""
    rows, now = queries.waiting_joins(), time_source.now()
    deadlines = queries.deadlines(rows)
    return {
        "rows": [_join(row, deadlines[row.item_id], now) for row in rows],
        "partners": [
            (one, words.of(words.ORGANISATION_KINDS, one.organisation.kind)) for one in queries.partners()
        ],
    }


def _join(row: JoinRequest, deadlines: list[Any], now: datetime) -> Join:
    due = due_words(foremost(deadlines), now)
    facts = [
        Fact(gettext("Toimija"), words.of(words.ORGANISATION_KINDS, row.kind)),
        Fact(gettext("Y-tunnus"), row.business_code or gettext("ei kerrottu")),
        Fact(
            gettext("Kunta"),
            row.municipality.name if row.municipality else gettext("Koko alue tai ei tiedossa"),
        ),
        Fact(gettext("Yhteyshenkilö"), row.position),
        Fact(gettext("Sähköposti"), row.email),
    ]
    alike = queries.like_join(row)
    known = [Option("uusi", gettext("Uusi toimija"), checked=not alike)]
    known += [Option(one.public_id, one.name, checked=one is alike[0]) for one in alike]
    return Join(row.public_id, row.name, facts, row.activity, due.text, due.light, known)


# --- the list ---


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of happenings."""

    public_id: str
    name: str
    lang: str
    state: str
    organisation: str
    next: str
    is_stale: bool
    waits: bool


def listed(happenings: list[Happening], waiting: set[int]) -> list[Listed]:
    """Return the lines of a list."""
    language = get_language() or "fi"
    names = queries.names_of(happenings, language)
    return [
        _listed(one, names.get(one.pk, (one.slug, "")), language, one.pk in waiting) for one in happenings
    ]


def _listed(one: Happening, name: tuple[str, str], language: str, waits: bool) -> Listed:  # noqa: FBT001
    next_at = one.next_at  # type: ignore[attr-defined]  # annotated by the query
    is_stale = next_at is None and one.state == PUBLISHED
    when = gettext("Seuraava kerta %(when)s") % {"when": moment_words(next_at)} if next_at else ""
    return Listed(
        one.public_id,
        name[0],
        "" if name[1] == language else name[1],
        words.of(words.STATES, one.state),
        one.organisation.name,
        SafeString(when) if when else gettext("Ei tulevia kertoja"),
        is_stale,
        waits,
    )


def filter_options(actor: Editor, filters: queries.Filters) -> dict[str, Any]:
    """Return the choices by which the list is narrowed."""
    own = queries.organisations_of(actor)
    every = gettext("Kaikki")
    return {
        "states": options({"": gettext("Kaikki paitsi päättyneet"), **words.STATES}, filters.state),
        "organisations": options({"": every, **{one.slug: one.name for one in own}}, filters.organisation)
        if len(own) > 1
        else [],
        "filters": filters,
    }


# --- the form ---


def form(typed: forms.Typed, places: list[tuple[str, str, str]], locks: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that the form shows."""
    values, more = typed.values, {"": gettext("Valitse")}
    own_places = more | {slug: f"{name}, {where}" for slug, name, where in places}
    municipalities = more | {one.slug: one.name for one in queries.own_municipalities()}
    weekdays = {"": gettext("Alkupäivän mukaan")} | {
        str(n): words.weekday_every(n) for n in range(rules.WEEK)
    }
    return {
        "typed": typed,
        "values": values,
        "error_of": typed.errors,
        "errors": [FieldError(name, said) for name, said in typed.errors.items()],
        "kinds": options(words.KINDS, values["laji"]),
        "kind_hints": {str(code): str(hint) for code, hint in words.KIND_HINTS.items()},
        "wheres": options(
            {
                forms.AT_PLACE: gettext("Jossakin paikassa"),
                forms.ONLINE: gettext("Verkossa"),
                forms.ELSEWHERE: gettext("Muualla kunnassa"),
            },
            values["missa"],
        ),
        "places": options(own_places, values["paikka"]),
        "municipalities": options(municipalities, values["kunta"]),
        "ages": options(
            {forms.EVERYBODY: words.everybody(), forms.LIMITED: gettext("Tietynikäisille")}, values["ika"]
        ),
        "charges": options(words.CHARGES, values["maksu"]),
        "spoken": options({code: BY_CODE[code].own_name for code in forms.SPOKEN}, typed.languages),
        "sign_ups": options(words.SIGN_UPS, values["ilmoittautuminen"]),
        "rows": [
            {
                "number": number,
                "values": row,
                "every": options(words.EVERY, row["toistuu"]),
                "weekdays": options(weekdays, row["viikonpaiva"]),
            }
            for number, row in enumerate(typed.times)
        ],
        "more_times": len(typed.times) < rules.MOST_TIMES,
        "tabs": [_tab(code, values, typed.errors) for code in LANGUAGES],
        "locks": [(words.of(words.FIELDS, name), source_words(source)) for name, source in locks.items()],
    }


def _tab(code: str, values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, Any]:
    names = [f"{name}-{code}" for name in forms.TEXT_FIELDS]
    is_written = any(values[name] for name in names)
    return {
        "code": code,
        "name": BY_CODE[code].own_name,
        "is_open": code == "fi" or is_written or not errors.keys().isdisjoint(names),
        "is_written": is_written,
    }


def source_words(source: str) -> str:
    """Return what a source is called."""
    if source.startswith("pack:"):
        return gettext("alueen tietopaketti")
    return gettext("Palvelutietovaranto") if source.startswith("ptv") else source


# --- the preview ---


@dataclass(frozen=True, slots=True)
class Preview:
    """A happening as a family sees it in one language.

    Attributes:
        lang: of the texts where they are not in the chosen language; those are Finnish.
    """

    language: str
    name: str
    summary: str
    description: str
    facts: list[Fact]
    tags: list[Tag]
    lang: str
    times: list[SafeString]
    more_times: int


def preview(content: Content, language: str, places: Mapping[str, str]) -> Preview:
    """Return a content as a family sees it; texts that the language lacks are Finnish, as on public pages."""
    texts = {kind: _text(content, kind, language) for kind in ("name", "summary", "description")}
    own = all(lang in ("", language) for _text_, lang in texts.values())
    coming = _coming(content)
    return Preview(
        language,
        texts["name"][0],
        texts["summary"][0],
        texts["description"][0],
        _facts(content, language, places),
        [Tag(saying.age_words(content)), Tag(words.of(words.CHARGES, content["charge"]))],
        "" if own else "fi",
        coming[:SHOWN_TIMES],
        max(0, len(coming) - SHOWN_TIMES),
    )


def previews(content: Content, chosen: str) -> list[Link]:
    """Return the links of the languages of a preview; the chosen one is marked."""
    return [
        Link(
            BY_CODE[code].own_name
            if content["texts"].get(code, {}).get("name")
            else gettext("%(language)s (puuttuu)") % {"language": BY_CODE[code].own_name},
            f"?kieli={code}#esikatselu",
            current=code == chosen,
        )
        for code in LANGUAGES
    ]


def _text(content: Content, kind: str, language: str) -> tuple[str, str]:
    found = field_of(content, kind)
    for code in (language, "fi", *LANGUAGES):
        if found.get(code):
            return found[code], code
    return "", ""


def _facts(content: Content, language: str, places: Mapping[str, str]) -> list[Fact]:
    where = places.get(content["place"], "") or (gettext("Verkossa") if content["online_url"] else "")
    said = [
        (gettext("Milloin"), "\n".join(saying.time_words(one) for one in content["times"])),
        (gettext("Missä"), where or content["municipality"].capitalize()),
        (gettext("Kenelle"), _text(content, "for-whom", language)[0] or saying.age_words(content)),
        (gettext("Hinta"), _text(content, "fee", language)[0] or words.of(words.CHARGES, content["charge"])),
        (gettext("Ilmoittautuminen"), words.of(words.SIGN_UPS, content["sign_up"])),
        (
            gettext("Kielet"),
            ", ".join(BY_CODE[code].own_name for code in content["languages"] if code in BY_CODE),
        ),
        (gettext("Esteettömyys"), _text(content, "accessibility", language)[0]),
        (gettext("Puhelin"), content["phone"]),
        (gettext("Sähköposti"), content["email"]),
        (gettext("Verkkosivu"), content["url"]),
    ]
    return [Fact(name, value) for name, value in said if value]


def _coming(content: Content) -> list[SafeString]:
    """Return the times to come in words, as the content would be laid out."""
    now = time_source.now()
    slots = slots_for(content)
    return [moment_words(one.starts_at) for one in slots if one.starts_at >= now and one.state != CANCELLED]


# --- one listing ---


@dataclass(frozen=True, slots=True)
class Act:
    """One button of a listing: the code of the act, its words, and how it looks."""

    code: str
    label: str
    kind: str = "line"


def acts(actor: Editor, happening: Happening, *, is_reviewed: bool) -> list[Act]:
    """Return what can be done next, the foremost first."""
    looks_first = is_reviewed and not actor.is_editor
    submit = Act("submit", gettext("Lähetä tarkistettavaksi"), "btn")
    publish = Act("publish", gettext("Julkaise"), "btn")
    return {
        DRAFT: [submit if looks_first else publish],
        IN_REVIEW: [],
        PUBLISHED: [Act("hide", gettext("Piilota toistaiseksi"))],
        HIDDEN: [publish],
        ARCHIVED: [Act("restore", gettext("Ota takaisin luonnokseksi"), "btn")],
    }[happening.state]


@dataclass(frozen=True, slots=True)
class Date:
    """One time to come, and what may be done to it."""

    day: str
    words: SafeString
    hours: SafeString
    state: str
    note: str
    is_changed: bool


def dates(happening: Happening) -> list[Date]:
    """Return the times to come with their changes."""
    return [_date(one) for one in queries.coming(happening)]


def _date(one: Occurrence) -> Date:
    starts, ends = time_source.to_local(one.starts_at), time_source.to_local(one.ends_at)
    said = {
        Occurrence.State.CANCELLED: gettext("peruttu"),
        Occurrence.State.MOVED: gettext("siirretty"),
    }
    return Date(
        one.day.isoformat(),
        SafeString(f"{weekday_short(starts.date())} {isolated(short_date(starts.date()))}"),
        time_range(starts.time(), ends.time()),
        str(said.get(Occurrence.State(one.state), "")),
        one.note.get("fi", "") if one.note else "",
        one.state != Occurrence.State.PLANNED,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One revision of the history, with what differs from the one before."""

    number: int
    act: str
    who: str
    at: datetime
    differences: list[saying.Difference]
    is_newest: bool


def history(revisions: list[Revision], places: Mapping[str, str]) -> list[Step]:
    """Return the history of a listing, the newest first. One query."""
    names = names_of_staff(one.made_by for one in revisions)
    return [
        Step(
            one.number,
            words.of(words.ACTS, one.act),
            names.get(one.made_by, ""),
            one.made_at,
            saying.differences(before.content, one.content, places) if before else [],
            newest,
        )
        for one, before, newest in zip(
            revisions, [*revisions[1:], None], [True] + [False] * len(revisions), strict=False
        )
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of what waits to be looked at."""

    url: str
    name: str
    organisation: str
    is_change: bool
    due: SafeString
    light: str


def waiting(rows: list[Review]) -> list[Waiting]:
    """Return the lines of what waits. Two queries."""
    now, deadlines = time_source.now(), queries.deadlines(rows)
    names = queries.names_of([row.happening for row in rows], get_language() or "fi")
    found = []
    for row in rows:
        due = due_words(foremost(deadlines[row.item_id]), now)
        found.append(
            Waiting(
                reverse("editing:review", args=[row.public_id]),
                names.get(row.happening_id, (row.happening.slug, ""))[0],
                row.happening.organisation.name,
                row.content is not None,
                due.text,
                due.light,
            )
        )
    return found


def compared(rows: Iterable[tuple[str, Content, Content]]) -> list[tuple[str, list[saying.Difference]]]:
    """Return what a change of many would change in each: its name, and the differences in words."""
    return [(name, saying.differences(before, after, {})) for name, before, after in rows]
