"""`goals.yaml`, `rounds.yaml`, `assessments.yaml`: what is wrong is told; what is right is applied once."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from turvaverkko.evaluation import pack_section, queries, services
from turvaverkko.evaluation.models import Assessment, FrozenFigure, Goal, Round, RoundNote
from turvaverkko.evaluation.rules import GoalKind
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.indicators.rules import Origin, year
from turvaverkko.organisation.api import Applying, Pack, Report

WORDS = "{fi: Teksti, sv: Text, en: Text}"
NAME = "{fi: Nimi, sv: Namn, en: Name}"
GOALS = f"""
- {{code: hyoty, kind: benefit, name: {NAME}}}
- {{code: tulos, kind: outcome, serves: [hyoty], name: {NAME}}}
- code: perhekeskukset
  kind: process
  serves: [tulos]
  name: {NAME}
  indicators: [{{code: coverage, aim: {WORDS}}}]
"""
ROUNDS = f"""
- code: "2022-09"
  source: Taulukko
  notes: [{{code: katkos, kind: break, goal: perhekeskukset, text: {WORDS}}}]
- {{code: "2023-12"}}
"""
ASSESSMENTS = f"""
- {{round: "2022-09", goal: perhekeskukset, text: {WORDS}}}
"""


def read(folder: Path, **files: str) -> tuple[Pack, pack_section.Content]:
    written = {"goals": GOALS, "rounds": ROUNDS, "assessments": ASSESSMENTS, **files}
    for name, text in written.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    pack = Pack(folder)
    return pack, pack_section.read(pack)


def apply(tree: Tree, folder: Path, **files: str) -> Report:
    pack, content = read(folder, **files)
    assert pack.errors == []
    report = Report()
    pack_section.apply(content, Applying(report, date(2026, 11, 23), tree.county))
    return report


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("goals", "kind: outcome, serves: [hyoty]", "kind: outcome", "Kerro, mitä ylemmän tason"),
        ("goals", "kind: benefit", "kind: benefit, serves: [tulos]", "puun juuri"),
        ("goals", "  serves: [tulos]", "  serves: [hyoty]", "ei ole seuraavan ylemmän tason tavoite"),
        ("goals", "code: tulos, kind", "code: hyoty, kind", "on jo tiedostossa"),
        ("goals", "[{code: coverage,", "[{code: coverage}, {code: coverage,", "tavoitteella kahdesti"),
        (
            "goals",
            "serves: [hyoty], name",
            "serves: [hyoty], indicators: [{code: coverage}], name",
            "prosessitav",
        ),
        ("goals", "{fi: Nimi, sv: Namn, en: Name}", "{fi: Nimi, sv: Namn}", "Tieto puuttuu"),
        ("rounds", '"2022-09"', '"9/2022"', "väärää muotoa"),
        (
            "rounds",
            "[{code: katkos,",
            f"[{{code: katkos, kind: time, text: {WORDS}}}, {{code: katkos,",
            "kahdesti",
        ),
        ("rounds", "kind: break", "kind: gap", "ei käy"),
        ("assessments", "\n", ASSESSMENTS, "on jo teksti tällä kierroksella"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    files = {"goals": GOALS, "rounds": ROUNDS, "assessments": ASSESSMENTS}
    assert read(tmp_path)[0].errors == []
    assert old in files[file]
    pack, _content = read(tmp_path, **{file: files[file].replace(old, new, 1)})
    assert any(said in str(error) for error in pack.errors), [str(error) for error in pack.errors]


def test_names_are_referred_to(tmp_path: Path) -> None:
    pack, _content = read(tmp_path)
    kinds = {(one.kind, one.name) for one in pack.references}
    assert {("indicator", "coverage"), ("goal", "perhekeskukset"), ("evaluation-round", "2022-09")} <= kinds


def test_a_county_without_goals_has_an_empty_section(tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    assert pack_section.read(pack) == pack_section.Content([], [], [])
    assert pack.errors == []


def test_rounds_freeze_once_with_what_reports_told(tree: Tree, tmp_path: Path) -> None:
    tree.figure(tree.coverage, year(2022), "81", origin=Origin.FETCHED)
    report = apply(tree, tmp_path)
    assert report.changed
    last = Round.objects.get(code="2023-12")
    assert (last.name, last.state, last.frozen_by) == ("12/2023", "frozen", "system:pack")
    kept = FrozenFigure.objects.filter(assessment__round=last, indicator_code="coverage")
    assert [(row.value, row.earlier_value, row.verdict) for row in kept] == [(80, 60, "closer")]
    note = RoundNote.objects.get()
    assert (note.goal, note.kind) == (Goal.objects.get(code="perhekeskukset"), "break")
    assert not apply(tree, tmp_path).changed
    assert FrozenFigure.objects.filter(assessment__round=last).count() == kept.count()
    # A goal that left the pack leaves the tree, and the frozen rounds still tell of it.
    assert Goal.objects.get(code="sanoin").is_archived


def test_what_staff_wrote_stays(tree: Tree, tmp_path: Path) -> None:
    apply(tree, tmp_path)
    one, actor = Round.objects.get(code="2022-09"), tree.actor("coordinator")
    services.reopen_round(actor, one, reason="Korjaus.")
    services.write(actor, one, goal=tree.goal, text="Oma teksti.")
    apply(tree, tmp_path)
    assert Assessment.objects.get(round=one, goal=tree.goal).text_fi == "Oma teksti."
    assert Round.objects.get(pk=one.pk).is_open


def test_a_text_that_left_the_pack_is_gone_and_its_figures_stay(tree: Tree, tmp_path: Path) -> None:
    apply(tree, tmp_path)
    row = Assessment.objects.get(round__code="2022-09", goal=tree.goal)
    apply(tree, tmp_path, assessments="[]")
    row.refresh_from_db()
    assert (row.text, row.figures.count()) == ("", 1)


def test_the_countys_own_files(db: None) -> None:
    """Five benefit goals, twelve process goals, four rounds; every goal hangs in the tree and has a text."""
    pack = Pack(settings.COUNTIES / "north-ostrobothnia")
    content = pack_section.read(pack)
    assert pack.errors == []
    kinds = [entry["kind"] for entry in content.goals]
    assert (kinds.count(GoalKind.BENEFIT), kinds.count(GoalKind.PROCESS)) == (5, 12)
    served = {code for entry in content.goals for code in entry.get("serves", [])}
    above = {entry["code"] for entry in content.goals if entry["kind"] != GoalKind.PROCESS}
    # No process goal of the source works for the move to services of adults, and we made none up.
    assert above - served == {"tulos-siirtyma-aikuisuuteen"}
    assert [entry["code"] for entry in content.rounds] == ["2021-05", "2021-11", "2022-09", "2023-12"]
    processes = {entry["code"] for entry in content.goals if entry["kind"] == GoalKind.PROCESS}
    assert {entry["goal"] for entry in content.assessments} == processes
    last = next(entry for entry in content.rounds if entry["code"] == "2023-12")
    assert [note["goal"] for note in last["notes"] if note["kind"] == "break"] == [
        "perhekeskukset",
        "erityinen-tuki",
        "matalan-kynnyksen-tuki",
    ]


def test_no_sentence_is_taken_from_the_source(shared_data: Path) -> None:
    """Facts are carried over, sentences are not: no six words in a row are the source's own."""
    source = (shared_data.parent / "seeds" / "001.txt").read_text(encoding="utf-8").lower().split()
    runs = {tuple(source[n : n + 6]) for n in range(len(source) - 5)}
    for name in ("goals", "rounds", "assessments"):
        path = settings.COUNTIES / "north-ostrobothnia" / f"{name}.yaml"
        own = path.read_text(encoding="utf-8").lower().replace('"', " ").split()
        assert [own[n : n + 6] for n in range(len(own) - 5) if tuple(own[n : n + 6]) in runs] == [], name


def test_a_round_of_the_pack_is_read_as_any_other(tree: Tree, tmp_path: Path) -> None:
    apply(tree, tmp_path)
    lines = queries.lines_of(Round.objects.get(code="2022-09"))
    assert [line.goal.code for line in lines] == ["perhekeskukset"]
    assert lines[0].assessment is not None
    assert lines[0].assessment.text == "Teksti"
