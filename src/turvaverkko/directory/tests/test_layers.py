"""Which text stands: a table of layers, modes and languages, and what editors are told about it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.directory.layers import ADD, HIDE, LEVELS, LayerText, explain, lines_of, plain, standing


def said(
    value: str, layer: str = "national", mode: str = "replace", language: str = "fi", **more: object
) -> LayerText:
    return LayerText(kind="instructions", language=language, value=value, layer=layer, mode=mode, **more)  # type: ignore[arg-type]


NATION = said("Soita kuntaan.")
NATION_SV = said("Ring kommunen.", language="sv")
COUNTY = said("Soita alueelle.", "county")
COUNTY_ADDS = said("Iltaisin soita päivystykseen.", "county", ADD)
AREA = said("Soita Lakeuden numeroon.", "area")
OULU_HIDES = said("", "municipality", HIDE)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        pytest.param([NATION], ["Soita kuntaan."], id="only the nation speaks"),
        pytest.param([NATION, COUNTY], ["Soita alueelle."], id="the county replaces"),
        pytest.param([COUNTY, NATION], ["Soita alueelle."], id="whatever the order of rows"),
        pytest.param(
            [NATION, COUNTY_ADDS], ["Soita kuntaan.", "Iltaisin soita päivystykseen."], id="it adds"
        ),
        pytest.param([NATION, COUNTY_ADDS, AREA], ["Soita Lakeuden numeroon."], id="the area replaces both"),
        pytest.param([NATION, COUNTY_ADDS, OULU_HIDES], [], id="a municipality hides everything above"),
        pytest.param([OULU_HIDES], [], id="hiding nothing is nothing"),
        pytest.param(
            [
                NATION,
                said("Kerro lapsen ikä.", "county", ADD, rank=0),
                said("Soita neuvolaan.", "county", rank=1),
            ],
            ["Soita neuvolaan."],
            id="the service's own text goes over what its layer says about the base",
        ),
    ],
)
def test_what_stands_in_finnish(texts: list[LayerText], shown: list[str]) -> None:
    assert [line for verdict in standing(texts, "fi") for line in verdict.lines] == shown


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        pytest.param([NATION, NATION_SV], "sv", ["Ring kommunen."], id="own language"),
        pytest.param([NATION, NATION_SV], "en", ["Soita kuntaan."], id="Finnish stands in, never Swedish"),
        pytest.param([NATION_SV], "en", [], id="a third language never stands in"),
        pytest.param(
            [NATION, NATION_SV, COUNTY],
            "sv",
            ["Soita alueelle."],
            id="what is true goes before one's own language",
        ),
        pytest.param(
            [NATION, NATION_SV, COUNTY_ADDS],
            "sv",
            ["Ring kommunen.", "Iltaisin soita päivystykseen."],
            id="an addition without translation stands in Finnish beside Swedish",
        ),
    ],
)
def test_languages(texts: list[LayerText], language: str, shown: list[str]) -> None:
    assert [line for verdict in standing(texts, language) for line in verdict.lines] == shown


def test_one_line_is_hidden_and_the_rest_stays() -> None:
    nation = said("Soita kuntaan.\n\nOta kortti mukaan.")
    hides = said("Ota  kortti mukaan.", "municipality", HIDE)
    (verdict,) = standing([nation, hides], "fi")
    assert verdict.outcome == "partly"
    assert verdict.lines == ("Soita kuntaan.",)
    assert verdict.by is hides


def test_a_line_hidden_in_finnish_stays_in_swedish_until_it_is_hidden_there() -> None:
    swedish = said("Ring kommunen.\n\nTa med kortet.", language="sv")
    hides_finnish = said("Ota kortti mukaan.", "municipality", HIDE)
    hides_swedish = said("Ta med kortet.", "municipality", HIDE, language="sv")
    assert standing([swedish, hides_finnish], "sv")[0].lines == ("Ring kommunen.", "Ta med kortet.")
    assert standing([swedish, hides_finnish, hides_swedish], "sv")[0].lines == ("Ring kommunen.",)


def test_when_the_last_line_is_hidden_nothing_is_shown() -> None:
    hides = said("Soita kuntaan.", "municipality", HIDE)
    assert standing([NATION, hides], "fi") == []
    assert [verdict.outcome for verdict in explain([NATION, hides], "fi")] == ["hidden", "hides"]


def test_steps_are_hidden_by_their_title() -> None:
    steps = json.dumps([{"title": "Soitat", "text": "Numeroon."}, {"title": "Tapaamme", "text": "Teillä."}])
    text = LayerText("steps", "fi", steps)
    hides = LayerText("steps", "fi", json.dumps(["Tapaamme"]), HIDE, "county")
    (verdict,) = standing([text, hides], "fi")
    assert [plain(line) for line in verdict.lines] == ["soitat"]


def test_editors_are_told_what_became_of_every_text() -> None:
    told = [(v.text.value, v.outcome) for v in explain([NATION, NATION_SV, COUNTY_ADDS, AREA], "fi")]
    assert told == [
        ("Soita kuntaan.", "replaced"),
        ("Ring kommunen.", "other-language"),
        ("Iltaisin soita päivystykseen.", "replaced"),
        ("Soita Lakeuden numeroon.", "shown"),
    ]
    assert all(v.by is AREA for v in explain([NATION, COUNTY_ADDS, AREA], "fi") if v.outcome == "replaced")


def test_lists_and_paragraphs_have_lines() -> None:
    assert lines_of("good-to-know", '["yksi", "kaksi"]') == ("yksi", "kaksi")
    assert lines_of("description", "yksi\n\n\n\n kaksi ") == ("yksi", "kaksi")
    assert lines_of("good-to-know", "") == ()


LAYER_TEXTS = st.lists(
    st.builds(
        LayerText,
        kind=st.just("description"),
        language=st.sampled_from(["fi", "sv", "en"]),
        value=st.sampled_from(["yksi", "kaksi", "yksi\n\nkaksi", ""]),
        mode=st.sampled_from(["replace", "add", "hide"]),
        layer=st.sampled_from(sorted(LEVELS)),
        rank=st.integers(0, 1),
    ),
    max_size=8,
)


@given(LAYER_TEXTS, st.sampled_from(["fi", "sv", "en", "ar"]))
def test_every_text_gets_one_verdict_and_only_fitting_languages_are_shown(
    texts: list[LayerText], language: str
) -> None:
    verdicts = explain(texts, language)
    assert len(verdicts) == len(texts)
    assert {id(verdict.text) for verdict in verdicts} == {id(text) for text in texts}
    assert all(
        verdict.text.language in (language, "fi") for verdict in verdicts if verdict.outcome == "shown"
    )


@given(LAYER_TEXTS)
def test_a_replacement_at_the_narrowest_layer_stands_alone(texts: list[LayerText]) -> None:
    last = LayerText("description", "fi", "viimeinen", "replace", "municipality", rank=2)
    assert [verdict.text for verdict in standing([*texts, last], "fi")] == [last]
