"""A report as its templates show it: the summary, chapters by the tree of goals, tables and drawings."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from turvaverkko.core import time_source
from turvaverkko.evaluation import words
from turvaverkko.evaluation.models import Goal
from turvaverkko.evaluation.presenting import Shown, because, figure, shown
from turvaverkko.evaluation.queries import Line, Node
from turvaverkko.evaluation.reports.presenting_sources import (
    QualityLine,
    counts_of,
    listed,
    quality_lines,
    silent,
    sources_table,
)
from turvaverkko.evaluation.reports.queries import Material
from turvaverkko.evaluation.rules import Verdict, is_broken
from turvaverkko.evaluation.standing import Standing, point_of
from turvaverkko.indicators.api import area_words, target_words
from turvaverkko.indicators.page_api import Reading
from turvaverkko.indicators.rules_api import NoteKind, Status
from turvaverkko.indicators.words import NOTES, ORIGINS, STATUSES, day_words
from turvaverkko.looks.api import Cell, Fact, Table

# Unit: figures. One alone is no series.
LEAST_DRAWN = 2


@dataclass(frozen=True, slots=True)
class GoalPart:
    """A process goal in a report.

    Attributes:
        line: what the round says of it, as pages of rounds show it.
        earlier: the same in the round to compare with.
        since: indicators in whose series a break was noted after the round had frozen.
        drawings: the series of its indicators that have one.
    """

    line: Shown
    earlier: Shown | None
    since: str
    table: Table | None
    drawings: Sequence[Reading]
    quality: Sequence[QualityLine]


@dataclass(frozen=True, slots=True)
class OutcomePart:
    """An outcome goal with the process goals told under it; `elsewhere`: those told under another one."""

    goal: Goal | None
    goals: Sequence[GoalPart]
    elsewhere: Sequence[Goal]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A benefit goal; without one: goals that stand nowhere in the tree of now."""

    goal: Goal | None
    outcomes: Sequence[OutcomePart]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a template shows of a report."""

    title: str
    facts: Sequence[Fact]
    summary: Sequence[str]
    overview: Table | None
    chapters: Sequence[Chapter]
    missing: str
    notes: Sequence[tuple[str, str, str]]
    quality: Sequence[QualityLine]
    quality_counts: Sequence[str]
    silent: str
    sources: Table | None


def report_of(material: Material, names: Mapping[str, str], *, on_paper: bool = False) -> Report:
    """Return a report.

    Args:
        material: what it tells.
        names: of staff by public id; a public report names nobody.
        on_paper: without signs beside the words of a verdict, which a reader of PDF would have to be told.
    """
    return Report(
        title=gettext("Arviointi: kierros %(round)s") % {"round": material.round.name},
        facts=_facts(material),
        summary=_summary(material),
        overview=_overview(material) if material.lines else None,
        chapters=_chapters(material, {} if material.choice.is_public else names, on_paper=on_paper),
        missing=listed(goal.name for goal in material.absent),
        notes=[(str(NOTES[note.kind]), note.text, note.text_language) for note in material.notes],
        quality=quality_lines(sorted(material.quality), material),
        quality_counts=counts_of(material.quality.values()),
        silent=listed(silent(material.lines)),
        sources=sources_table(material),
    )


def state_of(material: Material) -> str:
    """Return whether a round is a draft, in words."""
    if material.round.is_open:
        return gettext("Luonnos: kierros on auki, luvut ja tekstit voivat muuttua.")
    frozen = material.round.frozen_at
    if frozen is None:  # a frozen round has a time
        raise ValueError(material.round.code)
    return gettext("Kierros on jäädytetty %(day)s.") % {"day": day_words(time_source.to_local(frozen).date())}


def _facts(material: Material) -> list[Fact]:
    areas = listed(
        dict.fromkeys(
            area_words(each.area) for line in material.lines for each in line.standings if each.area
        )
    )
    facts = [
        Fact(gettext("Hyvinvointialue"), material.county.name),
        Fact(gettext("Kierros"), f"{material.round.name}. {state_of(material)}"),
    ]
    if material.earlier:
        facts.append(Fact(gettext("Verrataan kierrokseen"), material.earlier.name))
    facts.append(Fact(gettext("Alueet, joista on lukuja"), areas or gettext("ei yhtään")))
    return facts


def _summary(material: Material) -> list[str]:
    """Sentences made of the data alone: how many goals, where they stand, who agrees, what changed."""
    lines = material.lines
    if not lines:
        return [gettext("Kierroksella ei ole yhtään valituista tavoitteista.")]
    said = [gettext("Prosessitavoitteita raportissa: %(number)s.") % {"number": len(lines)}]
    said.append(
        gettext("Sääntö sanoo: %(counts)s.") % {"counts": _verdicts(line.told.verdict for line in lines)}
    )
    judged = [line for line in lines if line.assessment and line.assessment.judgement]
    if judged:
        counts = _verdicts(Verdict(line.assessment.judgement) for line in judged if line.assessment)
        said.append(gettext("Ihminen on arvioinut: %(counts)s.") % {"counts": counts})
        apart = [
            line.goal.name
            for line in judged
            if line.assessment and line.assessment.judgement != line.told.verdict
        ]
        if apart:
            said.append(
                gettext("Sääntö ja ihminen sanovat eri tavoin: %(goals)s.") % {"goals": listed(apart)}
            )
    else:
        said.append(gettext("Omia arvioita ei ole kirjattu."))
    if material.earlier:
        said.append(_changed(material))
    return said


def _changed(material: Material) -> str:
    moved = [
        line.goal.name
        for line in material.lines
        for before in [material.earlier_lines.get(line.goal.pk)]
        if before is not None and before.told.verdict != line.told.verdict
    ]
    name = material.earlier.name if material.earlier else ""
    if not moved:
        return gettext("Sääntö sanoo jokaisesta samaa kuin kierroksella %(round)s.") % {"round": name}
    return gettext("Sääntö sanoo muuta kuin kierroksella %(round)s: %(goals)s.") % {
        "round": name,
        "goals": listed(moved),
    }


def _verdicts(of: Iterable[Verdict]) -> str:
    counts = Counter(of)
    return listed(f"{words.VERDICTS[one]} {counts[one]}" for one in Verdict if counts[one])


def _overview(material: Material) -> Table:
    head = [gettext("Tavoite"), gettext("Sääntö"), gettext("Oma arvio")]
    if material.earlier:
        head.append(gettext("Sääntö kierroksella %(round)s") % {"round": material.earlier.name})
    rows = []
    for line in material.lines:
        judgement = line.assessment.judgement if line.assessment else ""
        row = [
            Cell(line.goal.name, url=f"#{line.goal.code}"),
            Cell(str(words.VERDICTS[line.told.verdict])),
            Cell(str(words.VERDICTS[judgement]) if judgement else "–"),
        ]
        if material.earlier:
            before = material.earlier_lines.get(line.goal.pk)
            row.append(Cell(str(words.VERDICTS[before.told.verdict]) if before else "–"))
        rows.append(row)
    return Table(gettext("Tavoitteet yhdellä silmäyksellä"), [Cell(text) for text in head], rows)


def _chapters(material: Material, names: Mapping[str, str], *, on_paper: bool) -> list[Chapter]:
    """Each goal is told once, under the first outcome that it serves; the others name it."""
    parts = {line.goal.pk: _goal(line, material, names, on_paper=on_paper) for line in material.lines}
    left = dict(parts)
    chapters = [
        Chapter(benefit.goal, outcomes)
        for benefit in material.nodes
        if (outcomes := [one for node in benefit.children if (one := _outcome(node, parts, left))])
    ]
    if left:
        chapters.append(Chapter(None, [OutcomePart(None, list(left.values()), [])]))
    return chapters


def _outcome(node: Node, parts: Mapping[int, GoalPart], left: dict[int, GoalPart]) -> OutcomePart | None:
    here = [child.goal for child in node.children if child.goal.pk in parts]
    if not here:
        return None
    elsewhere = [goal for goal in here if goal.pk not in left]
    return OutcomePart(node.goal, [left.pop(goal.pk) for goal in here if goal.pk in left], elsewhere)


def _goal(line: Line, material: Material, names: Mapping[str, str], *, on_paper: bool) -> GoalPart:
    before = material.earlier_lines.get(line.goal.pk)
    since = list(
        dict.fromkeys(one.indicator.name for one in line.standings if _is_broken_since(one, material))
    )
    told = shown(line, names)
    if since:
        # No light over a break, also when the break came to be known later.
        told = replace(told, rule=replace(told.rule, css=words.LIGHTS[Verdict.UNTOLD][0], icon="info"))
    codes = dict.fromkeys(one.indicator.code for one in line.standings)
    return GoalPart(
        line=_without_signs(told) if on_paper else told,
        earlier=shown(before, names) if before else None,
        since=listed(since),
        table=_table(line, before, material),
        drawings=[] if material.choice.is_short else _drawings(line, material),
        quality=quality_lines(codes, material),
    )


def _without_signs(told: Shown) -> Shown:
    judgement = replace(told.judgement, icon="") if told.judgement else None
    return replace(told, rule=replace(told.rule, icon=""), judgement=judgement)


def _is_broken_since(one: Standing, material: Material) -> bool:
    if one.told.verdict is Verdict.UNTOLD or one.latest is None:
        return False
    breaks = [note.at for note in material.quality.get(one.indicator.code, []) if note.kind == NoteKind.BREAK]
    return is_broken(breaks, point_of(one.earlier) if one.earlier else None, point_of(one.latest))


def _table(line: Line, before: Line | None, material: Material) -> Table | None:
    # Those who decide are told what is new; what has nothing new is named once at the end.
    told = [one for one in line.standings if one.latest is not None or not material.choice.is_short]
    if not told:
        return None
    head = [gettext("Mittari"), gettext("Luku"), gettext("Aiempi luku")]
    if material.earlier:
        head.append(gettext("Kierros %(round)s") % {"round": material.earlier.name})
    head.append(gettext("Sääntö sanoo"))
    if not material.choice.is_short:
        head.append(gettext("Huomautukset"))
    then = {_key(one): one for one in before.standings} if before else {}
    rows = []
    for one in told:
        row = [_name(one), figure(one.latest), figure(one.earlier)]
        if material.earlier:
            other = then.get(_key(one))
            row.append(figure(other.latest) if other else "–")
        row.append(_verdict(one, material))
        if not material.choice.is_short:
            row.append(_remarks(one, material))
        rows.append([Cell(text) for text in row])
    caption = gettext("Luvut: %(goal)s") % {"goal": line.goal.name}
    return Table(caption, [Cell(text) for text in head], rows)


def _key(one: Standing) -> tuple[str, str]:
    return one.indicator.code, one.area.code if one.area else ""


def _name(one: Standing) -> str:
    return f"{one.indicator.name} ({area_words(one.area)})" if one.area else one.indicator.name


def _verdict(one: Standing, material: Material) -> str:
    said, why = str(words.VERDICTS[one.told.verdict]), because(one.told)
    if _is_broken_since(one, material):
        why = gettext("sarjaan on jäädytyksen jälkeen merkitty katkos")
    return f"{said}: {why}" if why else said


def _remarks(one: Standing, material: Material) -> str:
    """Target, how the figure came, how settled it is, its footnote, and what is wrong with its series."""
    said = []
    if one.indicator.target is not None:
        said.append(gettext("tavoite %(target)s") % {"target": target_words(one.indicator)})
    if known := one.latest or one.earlier:
        said.append(str(ORIGINS[known.origin]))
        if known.status != Status.FINAL:
            said.append(str(STATUSES[known.status]))
        if known.footnote_fi:
            said.append(known.footnote_fi)
    kinds = dict.fromkeys(note.kind for note in material.quality.get(one.indicator.code, []))
    return "; ".join([*said, *(str(NOTES[kind]) for kind in kinds)])


def _drawings(line: Line, material: Material) -> list[Reading]:
    """One a indicator: of the first of its areas, which is the whole county where it has figures."""
    found: dict[str, Reading] = {}
    for one in line.standings:
        figures = material.series.get(_key(one), [])
        if one.indicator.code not in found and sum(each.value is not None for each in figures) >= LEAST_DRAWN:
            notes = material.quality.get(one.indicator.code, [])
            found[one.indicator.code] = Reading(one.indicator, one.area, figures, notes)
    return list(found.values())
