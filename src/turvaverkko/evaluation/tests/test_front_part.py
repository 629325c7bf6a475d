"""Goals on the front page: the latest round in numbers, and what needs a look first."""

from turvaverkko.evaluation import services
from turvaverkko.evaluation.front_part import context
from turvaverkko.evaluation.rules import Verdict
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.evaluation.tests.test_pages import page_of, text_of

FRONT = "/koordinaatio/"


def test_before_the_first_round_the_page_leads_to_it(tree: Tree) -> None:
    assert "Arviointikierroksia ei vielä ole." in text_of(page_of(tree.client("director"), FRONT))


def test_the_latest_round_is_told(tree: Tree) -> None:
    tree.round("2021-05")
    tree.round("2023-12")
    told = text_of(page_of(tree.client("director"), FRONT))
    assert "Kierroksella 12/2023 (auki) on 2 tavoitetta." in told
    assert "Tekstiä vailla: 2." in told
    assert "Lähempänä tavoitetta: 1" in told
    assert "Ei voi sanoa: 1" in told


def test_what_went_further_stands_first_and_a_judgement_goes_before_the_rule(tree: Tree) -> None:
    one = tree.round("2023-12")
    assert [goal.code for goal, _light in context(tree.county)["goals"]] == ["sanoin", "perhekeskukset"]
    services.judge(
        tree.actor("director"),
        one,
        goal=tree.goal,
        verdict=Verdict.FURTHER,
        reason="Kaksi keskusta suljettiin.",
    )
    (first, light), _second = context(tree.county)["goals"]
    assert (first, light.why) == (tree.goal, "Kaksi keskusta suljettiin.")
