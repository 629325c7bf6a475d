"""What somebody meant by what they typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.organisation.finder.rules import Kind, Match, Name, match, read_question

# The municipalities of North Ostrobothnia, and how people say "in" and "to" and "of" them.
CASES = """
Alavieska alavieskassa alavieskaan alavieskan
Haapajärvi haapajärvellä haapajärvelle haapajärven
Haapavesi haapavedellä haapavedelle haapaveden
Hailuoto hailuodossa hailuotoon hailuodon
Ii iissä iihin iin
Kalajoki kalajoella kalajoelle kalajoen
Kempele kempeleessä kempeleeseen kempeleen
Kuusamo kuusamossa kuusamoon kuusamon
Kärsämäki kärsämäellä kärsämäelle kärsämäen
Liminka limingassa liminkaan limingan
Lumijoki lumijoella lumijoelle lumijoen
Merijärvi merijärvellä merijärvelle merijärven
Muhos muhoksella muhokselle muhoksen
Nivala nivalassa nivalaan nivalan
Oulainen oulaisissa oulaisiin oulaisten
Oulu oulussa ouluun oulun
Pudasjärvi pudasjärvellä pudasjärvelle pudasjärven
Pyhäjoki pyhäjoella pyhäjoelle pyhäjoen
Pyhäjärvi pyhäjärvellä pyhäjärvelle pyhäjärven
Pyhäntä pyhännällä pyhännälle pyhännän
Raahe raahessa raaheen raahen
Reisjärvi reisjärvellä reisjärvelle reisjärven
Sievi sievissä sieviin sievin
Siikajoki siikajoella siikajoelle siikajoen
Vaala vaalassa vaalaan vaalan
Siikalatva siikalatvalla siikalatvalle siikalatvan
Taivalkoski taivalkoskella taivalkoskelle taivalkosken
Tyrnävä tyrnävällä tyrnävälle tyrnävän
Utajärvi utajärvellä utajärvelle utajärven
Ylivieska ylivieskassa ylivieskaan ylivieskan
"""
ROWS = [line.split() for line in CASES.split("\n") if line]
NAMES = [Name(row[0], row[0], row[0], is_own=True) for row in ROWS]


@pytest.mark.parametrize(("name", "form"), [(row[0], form) for row in ROWS for form in row])
def test_every_municipality_is_understood_in_the_usual_cases(name: str, form: str) -> None:
    assert match(read_question(form).name, NAMES).keys == (name,)


@pytest.mark.parametrize(
    ("typed", "kind", "postal_code"),
    [
        pytest.param("90100", Kind.POSTAL_CODE, "90100", id="plain"),
        pytest.param("  90100\t", Kind.POSTAL_CODE, "90100", id="spaces around"),
        pytest.param("90 100", Kind.POSTAL_CODE, "90100", id="space inside"),
        pytest.param("FI-90100", Kind.POSTAL_CODE, "90100", id="with the country"),
        pytest.param("90100 Oulu", Kind.POSTAL_CODE, "90100", id="with the town"),
        pytest.param("Torikatu 5, 90100 OULU", Kind.POSTAL_CODE, "90100", id="a whole address"),
        pytest.param("00100", Kind.POSTAL_CODE, "00100", id="begins with zeros"),
        pytest.param("9010", Kind.WRONG_POSTAL_CODE, "", id="four digits"),
        pytest.param("901000", Kind.WRONG_POSTAL_CODE, "", id="six digits"),
        pytest.param("9", Kind.WRONG_POSTAL_CODE, "", id="one digit"),
        pytest.param("", Kind.NOTHING, "", id="empty"),
        pytest.param(" \u202e\u200b ", Kind.NOTHING, "", id="marks that nobody sees"),
        pytest.param("???", Kind.NOTHING, "", id="no letters"),
        pytest.param("Oulu", Kind.NAME, "", id="name"),
        pytest.param("أولو", Kind.NOTHING, "", id="letters that no name of ours has"),
    ],
)
def test_what_was_typed(typed: str, kind: Kind, postal_code: str) -> None:
    question = read_question(typed)
    assert (question.kind, question.postal_code) == (kind, postal_code)


@pytest.mark.parametrize(
    "typed",
    ["OULU", "oulu", " Oulu ", "Oulun kaupunki", "Uleåborg", "i Uleåborg", "Uleåborgs stad", "in Oulu"],
)
def test_letters_languages_and_words_around_do_not_matter(typed: str) -> None:
    names = [*NAMES, Name("Oulu", "Uleåborg", "Oulu", is_own=True)]
    assert match(read_question(typed).name, names).keys == ("Oulu",)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("Limiga", "Liminka"),
        ("Oulo", "Oulu"),
        ("Kuusammo", "Kuusamo"),
        ("pudasjarfi", "Pudasjärvi"),
        ("Siikal", "Siikalatva"),
    ],
)
def test_a_misspelt_name_gets_a_suggestion(typed: str, suggested: str) -> None:
    found = match(read_question(typed).name, NAMES)
    assert found.keys == ()
    assert found.suggestions[0] == suggested


def test_a_word_like_no_name_gets_none() -> None:
    assert match("xylofoni", NAMES) == Match()


def test_of_places_that_share_a_name_the_own_county_stands_alone() -> None:
    names = [Name("far", "Koski", "Koski"), Name("near", "Koski", "Koski", is_own=True)]
    assert match("koski", names).keys == ("near",)


@given(st.text(max_size=300))
def test_anything_typed_is_read_and_matched_without_failing(typed: str) -> None:
    question = read_question(typed)
    assert len(question.text) <= 60
    if question.kind is Kind.NAME:
        match(question.name, NAMES[:3])
    assert (question.kind is Kind.POSTAL_CODE) == bool(question.postal_code)
