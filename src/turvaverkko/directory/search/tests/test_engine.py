"""The engine over a small catalogue in memory: what families type, and what they must find."""

import pytest

from turvaverkko.directory.search.analysis import Mode
from turvaverkko.directory.search.engine import Engine, Outcome
from turvaverkko.directory.search.index import MemoryIndex
from turvaverkko.directory.search.tests.world import CATALOGUE, CONCEPTS, PLACES
from turvaverkko.directory.search.thesaurus import Thesaurus


def make(mode: Mode) -> Engine:
    index = MemoryIndex(CATALOGUE, mode)
    return Engine(index, Thesaurus.compiled(CONCEPTS, index.analyzer), PLACES)


@pytest.fixture(scope="module", params=["voikko", "light"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return make(request.param)


def slugs(outcome: Outcome) -> list[str]:
    return [CATALOGUE[int(number)].key.partition("/")[2] for number in outcome.ranked.numbers]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        pytest.param("perheneuvolassa", "perheneuvola", id="inflected"),
        pytest.param("perhe neuvola", "perheneuvola", id="a compound typed in two words"),
        pytest.param("lapsiperhekotipalvelu", "kotipalvelu", id="two words typed as one"),
        pytest.param("perhenevola", "perheneuvola", id="a letter missing"),
        pytest.param("velkanuevonta", "velka", id="letters in the wrong order"),
        pytest.param("lahisuhdevakivalta", "turvakoti", id="without dots"),
        pytest.param("olen ihan poikki", "kotipalvelu", id="a phrase of everyday words"),
        pytest.param("pikavippejä", "velka", id="a lay word in the plural"),
        pytest.param("vauva ei nuku", "uni", id="a sentence"),
        pytest.param("hemservice", "kotipalvelu", id="a Swedish word for a Finnish entry"),
        pytest.param("talterapi", "speech", id="swedish"),
        pytest.param("speech therapist", "speech", id="english"),
        pytest.param("логопеда", "speech", id="russian"),
        pytest.param("логопедії", "speech", id="ukrainian"),
        pytest.param("النطق", "speech", id="arabic"),
    ],
)
def test_families_words_find_services(engine: Engine, query: str, slug: str) -> None:
    assert slugs(engine.search(query))[0] == slug


@pytest.mark.parametrize("form", ["haapavesi", "haapavedellä", "Haapaveden"])
def test_a_municipality_is_a_boost_and_never_a_filter(engine: Engine, form: str) -> None:
    outcome = engine.search(f"perhekahvila {form}")
    found = slugs(outcome)
    assert outcome.query.place == "haapavesi"
    assert found[0] == "kahvila-haapavesi"
    assert {"kahvila-ii", "kahvila-oulu"} <= set(found)


def test_the_familys_own_municipality_counts_until_the_text_names_another(engine: Engine) -> None:
    assert slugs(engine.search("perhekahvila", municipality="ii"))[0] == "kahvila-ii"
    assert slugs(engine.search("perhekahvila oulussa", municipality="ii"))[0] == "kahvila-oulu"


def test_an_age_in_the_text_prefers_what_fits(engine: Engine) -> None:
    assert slugs(engine.search("uni 1v"))[0] == "uni"
    assert slugs(engine.search("uni 15-vuotias"))[0] == "teinit"


def test_an_urgent_concept_is_told_and_others_are_not(engine: Engine) -> None:
    assert engine.search("mies lyö minua").urgent == ["vakivalta"]
    assert engine.search("pelkään kotona").urgent == ["vakivalta"]
    assert engine.search("rahat loppu").urgent == []


def test_a_dangerous_other_reading_is_suggested_first(engine: Engine) -> None:
    outcome = engine.search("lapsi raivoaa ja pelkää")
    assert outcome.query.concepts[0].concept == "uhma"
    assert outcome.suggestions[0].concept == "vakivalta"
    assert outcome.suggestions[0].urgent


def test_the_result_says_which_word_led_to_it_and_how(engine: Engine) -> None:
    outcome = engine.search("pikavippi")
    why = engine.why(outcome, int(outcome.ranked.numbers[0]))
    assert [(one.own, one.label) for one in why] == [("pikavippi", "velkaneuvonta")]
    outcome = engine.search("perhenevola")
    assert engine.why(outcome, int(outcome.ranked.numbers[0]))[0].corrected == "perheneuvola"


def test_words_everybody_uses_are_no_reason_beside_one_that_says_something(engine: Engine) -> None:
    outcome = engine.search("lapsi pikavippi perhe")
    for number in outcome.ranked.numbers[:5]:
        own = [one.own for one in engine.why(outcome, int(number))]
        assert "pikavippi" not in own or not {"lapsi", "perhe"} & set(own)


def test_what_we_understood_can_be_taken_away_again(engine: Engine) -> None:
    outcome = engine.search("perhekahvila oulussa")
    keys = {reading.kind: reading.key for reading in outcome.readings}
    assert keys["place"] == "place:oulu"
    without = engine.search("perhekahvila oulussa", ignore=[keys["place"]])
    assert without.query.place is None
    urgent = engine.search("mies lyö", ignore=["concept:vakivalta"])
    assert urgent.urgent == []


@pytest.mark.parametrize("query", ["lentoliput malagaan", "kryptovaluutan louhinta", "asdfghjkl"])
def test_what_the_catalogue_does_not_know_is_at_most_perhaps(engine: Engine, query: str) -> None:
    outcome = engine.search(query)
    assert not outcome.sure
    assert not outcome.ranked.sure().any()


def test_a_known_word_is_sure(engine: Engine) -> None:
    outcome = engine.search("perheneuvola")
    assert outcome.sure
    assert outcome.ranked.sure()[0]


def test_an_unknown_word_that_begins_like_a_known_one_still_leads_somewhere(engine: Engine) -> None:
    assert "perheneuvola" in slugs(engine.search("perheneuvolaxyzq"))


@pytest.mark.parametrize(
    "query", ["", "   ", "?!", "ei", "ja tai", "5v", "oulu", "-", "a" * 10_000, "sana " * 3_000]
)
def test_nothing_that_is_typed_breaks_the_search(engine: Engine, query: str) -> None:
    engine.search(query)


def test_direction_and_control_marks_change_nothing(engine: Engine) -> None:
    assert slugs(engine.search("\u202eperheneuvola\x00\u2066")) == slugs(engine.search("perheneuvola"))
