"""County: `goals.yaml`, `rounds.yaml`, `assessments.yaml`: the tree of goals and the rounds made so far."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from turvaverkko.evaluation import freezing
from turvaverkko.evaluation.models import (
    Assessment,
    Goal,
    GoalIndicator,
    GoalLink,
    Round,
    RoundNote,
)
from turvaverkko.evaluation.rules import SERVES, GoalKind, month_of, name_of
from turvaverkko.indicators.api import Indicator
from turvaverkko.indicators.rules_api import NoteKind
from turvaverkko.organisation.api import (
    SLUG,
    TEXT,
    Applying,
    Entry,
    Pack,
    Section,
    entry_schema,
    register_names,
    register_section,
)

LANGUAGES: Final = ("fi", "sv", "en")
# Unit: characters. A longer text is not read to its end in a table of a round.
LONGEST: Final = 2000
NAME: Final = {
    "type": "object",
    "required": list(LANGUAGES),
    "additionalProperties": False,
    "properties": {key: {**TEXT, "maxLength": 200} for key in LANGUAGES},
}
WORDS: Final = {
    "type": "object",
    "required": list(LANGUAGES),
    "additionalProperties": False,
    "properties": {key: {"type": "string", "minLength": 1, "maxLength": LONGEST} for key in LANGUAGES},
}
ROUND_CODE: Final = {
    "type": "string",
    "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])$",
    "x-advice": _("Esimerkiksi 2021-05 lainausmerkeissä."),
}
SLUGS: Final = {"type": "array", "items": SLUG, "minItems": 1, "uniqueItems": True}
GOAL: Final = entry_schema(
    ["code", "kind", "name"],
    code=SLUG,
    kind={"type": "string", "enum": [kind.value for kind in GoalKind]},
    name=NAME,
    text=WORDS,
    note=WORDS,
    serves=SLUGS,
    indicators={
        "type": "array",
        "minItems": 1,
        "items": entry_schema(["code"], code=SLUG, aim=WORDS),
    },
)
ROUND: Final = entry_schema(
    ["code"],
    code=ROUND_CODE,
    source={**TEXT, "maxLength": 300},
    notes={
        "type": "array",
        "minItems": 1,
        "items": entry_schema(
            ["code", "kind", "text"],
            code=SLUG,
            kind={"type": "string", "enum": [kind.value for kind in NoteKind]},
            goal=SLUG,
            text=WORDS,
        ),
    },
)
ASSESSMENT: Final = entry_schema(["round", "goal", "text"], round=ROUND_CODE, goal=SLUG, text=WORDS)
# Rounds of a pack were made before the product stood: they freeze as they are applied.
PACK: Final = "system:pack"


@dataclass(frozen=True, slots=True)
class Content:
    """What the three files say."""

    goals: list[Entry]
    rounds: list[Entry]
    assessments: list[Entry]


def register() -> None:
    """Add the section and the names that its files use; called once, when the app is ready."""
    register_names("goal", label=_("tavoite"), where="goals.yaml")
    register_names("evaluation-round", label=_("arviointikierros"), where="rounds.yaml")
    register_section(Section("evaluation", "county", 340, read, apply))


def read(pack: Pack) -> Content:
    """Read the three files. A county may have no goals yet, but then it has no rounds either."""
    content = Content(
        pack.yaml_entries("goals.yaml", GOAL, needed=False),
        pack.yaml_entries("rounds.yaml", ROUND, needed=False),
        pack.yaml_entries("assessments.yaml", ASSESSMENT, needed=False),
    )
    for entry in content.goals:
        pack.declare("goal", entry)
        pack.refer(entry, "serves", "goal")
        codes = [one["code"] for one in entry.get("indicators", ())]
        pack.refer(entry, "indicators", "indicator", names=codes)
        for code in _twice(codes):
            text = gettext("Mittari ”%(code)s” on tavoitteella kahdesti. Poista toinen.")
            pack.fault(entry, "indicators", text % {"code": code})
    _check_floors(pack, content.goals)
    for entry in content.rounds:
        pack.declare("evaluation-round", entry)
        pack.refer(entry, "notes.goal", "goal", names=[n["goal"] for n in _notes(entry) if "goal" in n])
        for code in _twice(note["code"] for note in _notes(entry)):
            text = gettext("Huomautus ”%(code)s” on kierroksella kahdesti. Anna toiselle oma tunnus.")
            pack.fault(entry, "notes", text % {"code": code})
    seen: dict[tuple[str, str], Entry] = {}
    for entry in content.assessments:
        pack.refer(entry, "round", "evaluation-round")
        pack.refer(entry, "goal", "goal")
        first = seen.setdefault((entry["round"], entry["goal"]), entry)
        if first is not entry:
            text = gettext("Tavoitteella on jo teksti tällä kierroksella (%(place)s). Yhdistä tekstit.")
            pack.fault(entry, "goal", text % {"place": first.place})
    return content


def _notes(entry: Entry) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = entry.get("notes", [])
    return found


def _twice(codes: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            yield code
        seen.add(code)


def _check_floors(pack: Pack, entries: list[Entry]) -> None:
    """A goal serves goals of the floor above, and only process goals have indicators."""
    kinds = {entry["code"]: GoalKind(entry["kind"]) for entry in entries}
    for entry in entries:
        kind = kinds[entry["code"]]
        wanted = SERVES.get(kind)
        served = entry.get("serves", [])
        if wanted is None and served:
            pack.fault(entry, "serves", gettext("Hyötytavoite on puun juuri. Poista kenttä."))
        if wanted is not None and not served:
            pack.fault(entry, "serves", gettext("Kerro, mitä ylemmän tason tavoitetta tämä palvelee."))
        for code in served if wanted is not None else ():
            if kinds.get(code, wanted) is not wanted:
                text = gettext(
                    "”%(code)s” ei ole seuraavan ylemmän tason tavoite. Valitse sen tason tavoite."
                )
                pack.fault(entry, "serves", text % {"code": code})
        if kind is not GoalKind.PROCESS and entry.get("indicators"):
            text = gettext("Mittarit kuuluvat prosessitavoitteille. Siirrä ne sellaiselle.")
            pack.fault(entry, "indicators", text)


def apply(content: Content, applying: Applying) -> None:
    """Write goals, rounds and texts. What staff wrote stays; a round freezes when it first comes."""
    goals = _apply_goals(content.goals, applying)
    known = set(Round.objects.filter(county=applying.county).values_list("code", flat=True))
    rounds = _apply_rounds(content.rounds, goals, applying)
    _apply_assessments(content.assessments, goals, rounds, applying)
    for code in sorted(set(rounds) - known):
        freezing.freeze(rounds[code], PACK, is_reported_only=True)


def _apply_goals(entries: list[Entry], applying: Applying) -> dict[str, Goal]:
    county = applying.county
    goals = applying.sync(
        "goals",
        Goal,
        {entry["code"]: _goal(entry, number, applying) for number, entry in enumerate(entries, start=1)},
        stored=Goal.objects.filter(county=county),
        key=lambda row: row.code,
        end=lambda _row: {"is_archived": True},
    )
    links = {
        (goals[entry["code"]].pk, goals[parent].pk): {"goal": goals[entry["code"]], "parent": goals[parent]}
        for entry in entries
        for parent in entry.get("serves", [])
    }
    applying.sync(
        "goal_links",
        GoalLink,
        links,
        stored=GoalLink.objects.filter(goal__county=county),
        key=lambda row: (row.goal_id, row.parent_id),
        end=lambda _row: None,
    )
    wanted = {one["code"] for entry in entries for one in entry.get("indicators", [])}
    indicators = {row.code: row for row in Indicator.objects.filter(code__in=wanted)}
    followed = {}
    for entry in entries:
        goal = goals[entry["code"]]
        for number, one in enumerate(entry.get("indicators", []), start=1):
            indicator = indicators[one["code"]]
            values = {"goal": goal, "indicator": indicator, "order": number, **_texts(one.get("aim"))}
            followed[goal.pk, indicator.pk] = values
    applying.sync(
        "goal_indicators",
        GoalIndicator,
        followed,
        stored=GoalIndicator.objects.filter(goal__county=county),
        key=lambda row: (row.goal_id, row.indicator_id),
        end=lambda _row: None,
    )
    return goals


def _goal(entry: Entry, number: int, applying: Applying) -> dict[str, Any]:
    return {
        "county": applying.county,
        "code": entry["code"],
        "kind": entry["kind"],
        "order": number,
        "is_archived": False,
        **_texts(entry["name"], "name"),
        **_texts(entry.get("text")),
        **_texts(entry.get("note"), "note"),
    }


def _texts(written: Mapping[str, str] | None, field: str = "text") -> dict[str, str]:
    return {f"{field}_{language}": (written or {}).get(language, "") for language in LANGUAGES}


def _apply_rounds(entries: list[Entry], goals: Mapping[str, Goal], applying: Applying) -> dict[str, Round]:
    """Write the rounds. Those that staff opened, and those that left the pack, are not the pack's to end."""
    codes = [entry["code"] for entry in entries]
    rounds = applying.sync(
        "rounds",
        Round,
        {entry["code"]: _round(entry, applying) for entry in entries},
        stored=Round.objects.filter(county=applying.county, code__in=codes),
        key=lambda row: row.code,
        end=lambda _row: {},
    )
    notes = {
        (rounds[entry["code"]].pk, note["code"]): {
            "round": rounds[entry["code"]],
            "goal": goals[note["goal"]] if "goal" in note else None,
            "code": note["code"],
            "kind": note["kind"],
            **_texts(note["text"]),
        }
        for entry in entries
        for note in _notes(entry)
    }
    applying.sync(
        "round_notes",
        RoundNote,
        notes,
        stored=RoundNote.objects.filter(round__in=rounds.values()),
        key=lambda row: (row.round_id, row.code),
        end=lambda _row: None,
    )
    return rounds


def _round(entry: Entry, applying: Applying) -> dict[str, Any]:
    return {
        "county": applying.county,
        "code": entry["code"],
        "name": name_of(entry["code"]),
        "month": month_of(entry["code"]).start,
        "source_fi": entry.get("source", ""),
    }


def _apply_assessments(
    entries: list[Entry], goals: Mapping[str, Goal], rounds: Mapping[str, Round], applying: Applying
) -> None:
    stored = list(Assessment.objects.filter(round__in=rounds.values()))
    by_staff = {(row.round_id, row.goal_id) for row in stored if row.written_by}
    texts = {
        (rounds[entry["round"]].pk, goals[entry["goal"]].pk): {
            "round": rounds[entry["round"]],
            "goal": goals[entry["goal"]],
            **_texts(entry["text"]),
        }
        for entry in entries
    }
    applying.sync(
        "assessments",
        Assessment,
        {key: values for key, values in texts.items() if key not in by_staff},
        stored=[row for row in stored if not row.written_by],
        key=lambda row: (row.round_id, row.goal_id),
        # The row stays: its figures are of the frozen round. Only the text goes.
        end=lambda _row: _texts(None),
    )
