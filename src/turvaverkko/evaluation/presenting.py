"""What the templates of goals and rounds need: lines of a round with their words and tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from turvaverkko.evaluation import words
from turvaverkko.evaluation.models import Assessment, Goal, Round, RoundNote
from turvaverkko.evaluation.queries import Line
from turvaverkko.evaluation.rules import RoundState, Told, Verdict
from turvaverkko.evaluation.services import stamp
from turvaverkko.evaluation.standing import Standing
from turvaverkko.indicators.api import Figure, area_words, figure_words, period_words
from turvaverkko.indicators.words import NOTES
from turvaverkko.looks.api import Cell, Option, Table

# What a round that came with the pack was frozen by.
BY_PACK: Final = "system:pack"


@dataclass(frozen=True, slots=True)
class Light:
    """A verdict in words, with the class and the icon that go with it."""

    text: str
    css: str
    icon: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note on what the source says: its kind in words and its text."""

    kind: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A goal in a round as a page shows it.

    Attributes:
        by: who wrote the text, or where it came from.
        judged_by: who judged.
        seen: the stamp of the text, for its form.
    """

    line: Line
    rule: Light
    judgement: Light | None
    judged_by: str
    text: str
    lang: str
    by: str
    seen: str
    notes: Sequence[NoteLine]
    verdicts: Sequence[Option]
    reason: str

    @property
    def goal(self) -> Goal:
        """The goal."""
        return self.line.goal

    @property
    def round(self) -> Round:
        """The round."""
        return self.line.round

    @property
    def table(self) -> Table | None:
        """Its figures as the page of a round shows them, made when asked: a report draws its own."""
        return _table(self.line)


def shown(line: Line, names: Mapping[str, str], choice: str | None = None) -> Shown:
    """Return a line as a page shows it.

    Args:
        line: a goal in a round.
        names: of staff, by public id.
        choice: the verdict that a refused form held.
    """
    row = line.assessment or Assessment()
    held = row.judgement if choice is None else choice
    return Shown(
        line=line,
        rule=light(line.told),
        judgement=light(Told(Verdict(row.judgement)), row.judgement_reason) if row.judgement else None,
        judged_by=names.get(row.judged_by, ""),
        text=row.text,
        lang=row.text_language,
        by=names.get(row.written_by, "") if row.written_by else line.round.source_fi,
        seen=stamp(line.assessment),
        notes=[note_line(note) for note in line.notes],
        verdicts=[
            Option("", gettext("Ei omaa arviota"), checked=not held),
            *(Option(code, str(text), checked=code == held) for code, text in words.VERDICTS.items()),
        ],
        reason=row.judgement_reason,
    )


def light(told: Told, why: str = "") -> Light:
    """Return a verdict in words, with why it cannot be told or why somebody judged so."""
    css, icon = words.LIGHTS[told.verdict]
    return Light(str(words.VERDICTS[told.verdict]), css, icon, why or because(told))


def because(told: Told) -> str:
    """Return the reasons of a verdict in words; "" for none."""
    said = [str(words.REASONS[reason]) for reason in told.reasons]
    if said and told.better is not None:
        said.append(str(words.CHANGES[told.better]))
    return ", ".join(said)


def note_line(note: RoundNote) -> NoteLine:
    """Return a note of a round."""
    return NoteLine(str(NOTES[note.kind]), note.text, note.text_language)


def staff_of(lines: Iterable[Line]) -> set[str]:
    """Return the public ids of everybody whose name a page of these lines shows."""
    rows = [line.assessment for line in lines if line.assessment is not None]
    return {one for row in rows for one in (row.written_by, row.judged_by)}


def author(public_id: str, names: Mapping[str, str]) -> str:
    """Return who did something to a round."""
    return gettext("maakunnan aineisto") if public_id == BY_PACK else names.get(public_id, "")


def state_words(one: Round) -> str:
    """Return whether a round is open."""
    return gettext("auki") if one.state == RoundState.OPEN else gettext("jäädytetty")


def _table(line: Line) -> Table | None:
    if not line.standings:
        return None
    return Table(
        caption=gettext("Luvut kierroksella %(round)s") % {"round": line.round.name},
        columns=[
            Cell(gettext("Mittari")),
            Cell(gettext("Luku")),
            Cell(gettext("Aiempi luku")),
            Cell(gettext("Sääntö sanoo")),
        ],
        rows=[_cells(one) for one in line.standings],
    )


def _cells(one: Standing) -> list[Cell]:
    area = f" ({area_words(one.area)})" if one.area else ""
    verdict = light(one.told)
    told = f"{verdict.text}: {verdict.why}" if verdict.why else verdict.text
    return [
        Cell(f"{one.indicator.name}{area}", url=reverse("indicators:indicator", args=[one.indicator.code])),
        Cell(figure(one.latest)),
        Cell(figure(one.earlier)),
        Cell(told),
    ]


def figure(one: Figure | None) -> str:
    """Return a figure with its time; "–" for none."""
    return f"{figure_words(one)}, {period_words(one)}" if one else "–"


def compared(a: Sequence[Line], b: Sequence[Line]) -> list[tuple[Goal, Line | None, Line | None]]:
    """Return the goals of two rounds side by side; a goal that one of them lacks has None there."""
    left, right = ({line.goal.pk: line for line in lines} for lines in (a, b))
    goals = {line.goal.pk: line.goal for line in (*a, *b)}
    ordered = sorted(goals.values(), key=lambda goal: (goal.order, goal.code))
    return [(goal, left.get(goal.pk), right.get(goal.pk)) for goal in ordered]


def compared_table(goal: Goal, a: Line | None, b: Line | None, names: tuple[str, str]) -> Table | None:
    """Return the figures of a goal in two rounds, one row an indicator and area."""
    sides = [
        {
            (one.indicator.code, one.area.code if one.area else ""): one
            for one in (line.standings if line else ())
        }
        for line in (a, b)
    ]
    rows = []
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        one, other = (side.get(key) for side in sides)
        known = one or other
        if known is None or not (_known(one) or _known(other)):
            continue
        area = f" ({area_words(known.area)})" if known.area else ""
        address = reverse("indicators:indicator", args=[known.indicator.code])
        cells = [Cell(figure(_known(each))) for each in (one, other)]
        rows.append([Cell(f"{known.indicator.name}{area}", url=address), *cells])
    columns = [Cell(gettext("Mittari")), Cell(names[0]), Cell(names[1])]
    return (
        Table(caption=gettext("Luvut: %(goal)s") % {"goal": goal.name}, columns=columns, rows=rows)
        if rows
        else None
    )


def _known(one: Standing | None) -> Figure | None:
    return one.latest if one else None
