"""Crisis help is pinned by danger that is said in full, and by nothing less; our own phrases are used."""

import pytest

from turvaverkko.directory.search.analysis import Mode
from turvaverkko.directory.search.engine import Engine
from turvaverkko.directory.search.index import MemoryIndex
from turvaverkko.directory.search.tests.world import CATALOGUE, PLACES, THESAURUS
from turvaverkko.directory.search.thesaurus import Thesaurus, read


def make(mode: Mode) -> Engine:
    index = MemoryIndex(CATALOGUE, mode)
    return Engine(index, Thesaurus.compiled(read(THESAURUS), index.analyzer), PLACES)


@pytest.fixture(scope="module", params=["voikko", "light"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return make(request.param)


@pytest.mark.parametrize(
    "query",
    [
        "pelkään miestäni",
        "pelkään miestani",
        "pelkään isää",
        "en uskalla mennä kotiin",
        "en uskalla enää mennä kotiin illalla",
        "kotona pelottaa",
        "kontrolloiva puoliso hakkaa",
        "isäpuoli lyö minua",
        "avopuoliso hakkaa mua",
        "poika kadonnut",
        "haluan kuolla",
        "haluaisin kuolla",
        "poika haluaa kuolla",
        "haluun vaa kuolla",
        "jag vill dö",
        "I want to die",
        "boyfriend hits me",
        "jag är rädd för min man",
        "я боюсь мужа",
        "أريد أن أموت",
    ],
)
def test_danger_said_in_full_pins_crisis_help(engine: Engine, query: str) -> None:
    assert engine.search(query).urgent


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("synnytys pelottaa", id="fear, but not of home"),
        pytest.param("pelkään hammaslääkäriä", id="fear of a dentist"),
        pytest.param("lapsi pelkää pimeää", id="fear of the dark"),
        pytest.param("koulu pelottaa", id="fear of school"),
        pytest.param("rädd för tandläkaren", id="fear in Swedish"),
        pytest.param("avopuoliso kuoli", id="a death, but no wish for it"),
        pytest.param("isä kuoli", id="a father's death"),
        pytest.param("my dad died", id="a death in English"),
        pytest.param("mustasukkainen mies", id="a strain, not yet a danger"),
    ],
)
def test_half_a_dangerous_phrase_pins_nothing(engine: Engine, query: str) -> None:
    assert engine.search(query).urgent == []


def test_grief_still_suggests_the_dangerous_reading(engine: Engine) -> None:
    suggested = {one.concept: one.urgent for one in engine.search("avopuoliso kuoli").suggestions}
    assert suggested.get("itsetuhoisuus") is True


def test_every_finnish_phrase_of_danger_pins_when_it_is_typed_as_it_stands() -> None:
    engine = make("voikko")
    silent = [
        phrase
        for concept in engine.thesaurus.concepts.values()
        if concept.urgent
        for phrase in (*concept.terms["fi"], *concept.lay.get("fi", ()))
        if not engine.search(phrase).urgent
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("query", "own"),
    [
        pytest.param("немає грошей на їжу", ["немає", "грошей", "їжу"], id="ukrainian"),
        pytest.param("ходит в школу", ["ходит", "школу"], id="russian"),
        pytest.param("لا يذهب إلى المدرسة", ["يذهب", "المدرسة"], id="arabic"),
        pytest.param("perhe neuvola", ["perheneuvola"], id="a Finnish compound in two words"),
    ],
)
def test_only_compounds_are_read_as_one_word(engine: Engine, query: str, own: list[str]) -> None:
    assert [group.text for group in engine.search(query).query.groups] == own


def test_a_ukrainian_sentence_finds_its_meaning(engine: Engine) -> None:
    assert "rahat-loppu" in {one.concept for one in engine.search("немає грошей на їжу").query.concepts}
