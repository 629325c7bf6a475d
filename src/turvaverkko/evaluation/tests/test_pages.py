"""The pages of goals and rounds: what they say, to whom, what they do and what they cost."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from turvaverkko.evaluation import services
from turvaverkko.evaluation.models import Assessment, Goal, GoalIndicator, GoalLink, Round
from turvaverkko.evaluation.rules import GoalKind, Verdict
from turvaverkko.evaluation.tests.conftest import Tree
from turvaverkko.indicators.api import Indicator
from turvaverkko.indicators.rules import Direction, Source, year

ROUND = "/koordinaatio/kierrokset/2023-12/"
PAGES = (
    "/koordinaatio/tavoitteet/",
    "/koordinaatio/tavoitteet/hyoty/",
    "/koordinaatio/tavoitteet/tulos/",
    "/koordinaatio/tavoitteet/perhekeskukset/",
    "/koordinaatio/kierrokset/",
    "/koordinaatio/kierrokset/2021-05/",
    ROUND,
    "/koordinaatio/kierrokset/vertaa/?a=2021-05&b=2023-12",
)
# Unit: queries of a page with its session and roles, whatever the number of goals and figures.
MOST_QUERIES = 26


def page_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page.partition("<main")[2])))


@pytest.fixture
def rounds(tree: Tree) -> tuple[Round, Round]:
    """A frozen round with a text and an open one."""
    first = tree.round("2021-05")
    services.write(tree.actor("coordinator"), first, goal=tree.goal, text="Työ alkoi.")
    services.freeze_round(tree.actor("coordinator"), first)
    return first, tree.round("2023-12")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("coordinator", 200),
        ("director", 200),
        ("unit-lead", 200),
        ("technical-administrator", 200),
        ("service-guide", 403),
        ("partner", 403),
        ("auditor", 403),
    ],
)
def test_who_reads(tree: Tree, rounds: tuple[Round, Round], role: str, status: int) -> None:
    client = tree.client(role)
    for path in PAGES:
        page_of(client, path, status)
    assert Client().get(PAGES[0]).status_code == 303


def test_what_is_not_there(tree: Tree) -> None:
    client = tree.client("coordinator")
    for path in ("tavoitteet/ei-ole/", "kierrokset/2030-01/", "kierrokset/ei-ole/"):
        page_of(client, f"/koordinaatio/{path}", 404)


def test_without_anything_the_pages_say_so(tree: Tree) -> None:
    Goal.objects.all().delete()
    client = tree.client("coordinator")
    assert "Tavoitteita ei vielä ole." in page_of(client, "/koordinaatio/tavoitteet/")
    assert "Kierroksia ei vielä ole." in page_of(client, "/koordinaatio/kierrokset/")
    assert "Verrattavaa ei vielä ole." in page_of(client, "/koordinaatio/kierrokset/vertaa/")


def test_the_tree_leads_from_benefit_to_process(tree: Tree) -> None:
    text = text_of(page_of(tree.client("director"), "/koordinaatio/tavoitteet/"))
    names = ["Apu ajoissa", "Yksi kokonaisuus", "Perhekeskukset yhtenäisiksi", "Sanoin seurattava"]
    assert [text.index(name) for name in names] == sorted(text.index(name) for name in names)


def test_a_goal_tells_where_it_belongs_and_what_each_round_said(
    tree: Tree, rounds: tuple[Round, Round]
) -> None:
    text = text_of(page_of(tree.client("director"), "/koordinaatio/tavoitteet/perhekeskukset/"))
    for said in ("Yksi kokonaisuus", "Apu ajoissa", "Kattavuus", "Joka kunnassa.", "Työ alkoi."):
        assert said in text
    assert text.index("Kierros 12/2023") < text.index("Kierros 5/2021")
    assert "Sääntö: Lähempänä tavoitetta" in text


def test_rule_and_judgement_stand_side_by_side(tree: Tree, rounds: tuple[Round, Round]) -> None:
    actor = tree.actor("director")
    services.judge(actor, rounds[1], goal=tree.goal, verdict=Verdict.FURTHER, reason="Arki kertoo muuta.")
    text = text_of(page_of(tree.client("director"), ROUND))
    assert "Sääntö: Lähempänä tavoitetta" in text
    assert "Oma arvio: Kauempana tavoitteesta. Arki kertoo muuta." in text


def test_no_green_light_over_a_break(tree: Tree, rounds: tuple[Round, Round]) -> None:
    tree.figure(tree.coverage, year(2023), "100")
    assert 'class="light met"' in page_of(tree.client("director"), ROUND)
    tree.break_at(year(2023).start)
    page = page_of(tree.client("director"), ROUND)
    assert 'class="light met"' not in page
    assert "sarja katkeaa välissä" in text_of(page)


def test_forms_are_for_those_who_may(tree: Tree, rounds: tuple[Round, Round]) -> None:
    shown = {role: page_of(tree.client(role), ROUND) for role in ("coordinator", "director", "unit-lead")}
    assert ["/teksti/" in shown[role] for role in shown] == [True, False, False]
    assert ["/arvio/" in shown[role] for role in shown] == [True, True, False]
    assert ["/jaadyta/" in shown[role] for role in shown] == [True, True, False]
    frozen = page_of(tree.client("coordinator"), "/koordinaatio/kierrokset/2021-05/")
    assert "/teksti/" not in frozen
    assert "/2021-05/avaa/" in frozen


def test_a_text_is_written_on_the_page(tree: Tree, rounds: tuple[Round, Round]) -> None:
    client = tree.client("coordinator")
    data = {"tavoite": "perhekeskukset", "teksti": "Uusi teksti <b>", "nahty": ""}
    response = client.post(f"{ROUND}teksti/", data)
    assert (response.status_code, response["Location"]) == (303, f"{ROUND}?tehty=kirjoitettu#perhekeskukset")
    text = text_of(page_of(client, f"{ROUND}?tehty=kirjoitettu"))
    assert "Teksti on tallessa." in text
    assert "Uusi teksti <b>" in text
    # The page of another coordinator is older than this text: nothing is lost of either.
    response = client.post(f"{ROUND}teksti/", {**data, "teksti": "Vanhalta sivulta"})
    assert response.status_code == 409
    assert "Vanhalta sivulta" in response.content.decode()
    assert Assessment.objects.get(round=rounds[1]).text_fi == "Uusi teksti <b>"


def test_what_is_refused_keeps_what_was_typed(tree: Tree, rounds: tuple[Round, Round]) -> None:
    client = tree.client("coordinator")
    response = client.post(f"{ROUND}arvio/", {"tavoite": "perhekeskukset", "tilanne": "closer", "syy": ""})
    assert response.status_code == 400
    page = response.content.decode()
    assert "Kirjoita perustelu." in page
    assert '<option value="closer" selected>' in page
    response = client.post(f"{ROUND}teksti/", {"tavoite": "perhekeskukset", "teksti": "a" * 5001})
    assert response.status_code == 400
    assert client.post(f"{ROUND}teksti/", {"tavoite": "ei-ole"}).status_code == 404
    assert client.post(f"{ROUND}teksti/", {"tavoite": "tulos"}).status_code == 404
    assert client.post(f"{ROUND}arvio/", {"tavoite": "perhekeskukset", "tilanne": "x"}).status_code == 400
    assert client.post("/koordinaatio/kierrokset/2021-05/jaadyta/").status_code == 409
    assert client.post("/koordinaatio/kierrokset/2021-05/avaa/", {"syy": ""}).status_code == 400
    assert client.post("/koordinaatio/kierrokset/avaa/", {"kuukausi": "huomenna"}).status_code == 400


def test_a_round_is_opened_frozen_and_opened_again_on_pages(tree: Tree) -> None:
    client = tree.client("director")
    path = "/koordinaatio/kierrokset/2026-11/"
    assert client.post("/koordinaatio/kierrokset/avaa/", {"kuukausi": "2026-11"}).status_code == 303
    assert client.post(f"{path}jaadyta/").status_code == 303
    assert "Kierros on jäädytetty." in text_of(page_of(client, path))
    assert client.post(f"{path}avaa/", {"syy": "Yksi luku puuttui."}).status_code == 303
    assert "Yksi luku puuttui." in text_of(page_of(client, path))


@pytest.mark.parametrize("act", ["teksti", "arvio", "jaadyta", "avaa"])
def test_a_lead_reads_and_does_nothing(tree: Tree, rounds: tuple[Round, Round], act: str) -> None:
    data = {"tavoite": "perhekeskukset", "teksti": "a" * 6000, "tilanne": "x", "syy": ""}
    assert tree.client("unit-lead").post(f"{ROUND}{act}/", data).status_code == 403


def test_two_rounds_side_by_side(tree: Tree, rounds: tuple[Round, Round]) -> None:
    tree.round("2022-09")
    client = tree.client("director")
    text = text_of(page_of(client, "/koordinaatio/kierrokset/vertaa/?a=2022-09&b=2023-12"))
    assert re.search(r"Kattavuus \(Maakunta\) ?60 %, 2021 ?80 %, 2022", text), text
    # Without a choice the last two stand there; nonsense is no choice.
    assert text == text_of(page_of(client, "/koordinaatio/kierrokset/vertaa/?a=zz"))


def cost_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page_of(client, path)
    sent = [one["sql"] for one in captured.captured_queries]
    return len([sql for sql in sent if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))])


def test_more_goals_and_figures_cost_no_more_queries(tree: Tree, rounds: tuple[Round, Round]) -> None:
    client = tree.client("coordinator")
    page_of(client, PAGES[0])
    few = {path: cost_of(client, path) for path in PAGES}
    outcome = Goal.objects.get(code="tulos")
    for number in range(8):
        goal = Goal.objects.create(
            county=tree.county, code=f"g{number}", kind=GoalKind.PROCESS, name_fi=f"Tavoite {number}", order=9
        )
        GoalLink.objects.create(goal=goal, parent=outcome)
        indicator = Indicator.objects.create(
            code=f"i{number}",
            name_fi=f"Mittari {number}",
            unit_fi="%",
            source=Source.SURVEY,
            direction=Direction.UP,
        )
        for each in (goal, tree.goal):
            GoalIndicator.objects.create(goal=each, indicator=indicator, order=5)
        for when in (2020, 2021, 2022):
            tree.figure(indicator, year(when), "5")
    many = {path: cost_of(client, path) for path in PAGES}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_every_language_draws(tree: Tree, rounds: tuple[Round, Round], language: str) -> None:
    client = tree.client("coordinator")
    with translation.override(language):
        for path in PAGES:
            page_of(client, f"/{language}{path}")
