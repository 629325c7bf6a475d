"""Word forms in both modes, and the one rule that keeps libvoikko alive: a handle per thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from turvaverkko.directory.search import analysis
from turvaverkko.directory.search.analysis import (
    Analyzer,
    LightAnalyzer,
    VoikkoAnalyzer,
    active_mode,
    lemmas,
    light_stem,
    make_analyzer,
    parts,
)


@pytest.fixture
def voikko() -> Analyzer:
    if analysis._voikko() is None:
        pytest.skip("not run: libvoikko is not installed")
    return make_analyzer("voikko")


@pytest.fixture
def light() -> Analyzer:
    return LightAnalyzer({light_stem(word) for word in ("perhe", "neuvola", "lapsi", "koti", "palvelu")})


def test_every_reading_of_a_word_counts(voikko: Analyzer) -> None:
    # The first readings of this form are nonsense ("neuvolapsi"); the meant one is the last.
    assert "perheneuvola" in lemmas(voikko, "perheneuvolasta")


def test_a_compound_gives_its_words_and_the_shorter_compounds_inside(voikko: Analyzer) -> None:
    found = parts(voikko, "lapsiperhekotipalvelu")
    assert {"lapsi", "perhe", "koti", "palvelu", "kotipalvelu"} <= set(found)


@pytest.mark.parametrize("form", ["eskarilaisille", "eskarissa", "eskari"])
def test_slang_that_no_dictionary_knows_keeps_its_family_together(voikko: Analyzer, form: str) -> None:
    assert set(lemmas(voikko, form)) & set(lemmas(voikko, "eskari"))


def test_without_voikko_compounds_are_cut_where_the_catalogue_knows_both_halves(light: Analyzer) -> None:
    assert set(parts(light, "perheneuvolasta")) == {light_stem("perhe"), light_stem("neuvola")}
    assert parts(light, "perhexyzzy") == ()


def test_without_voikko_the_forms_of_a_word_meet(light: Analyzer) -> None:
    assert lemmas(light, "neuvonnassa") == lemmas(light, "neuvonnan")
    assert lemmas(light, "kerhoja") == lemmas(light, "kerhossa")


def test_every_thread_gets_its_own_handle(voikko: Analyzer) -> None:
    assert isinstance(voikko, VoikkoAnalyzer)
    with ThreadPoolExecutor(4) as pool:
        handles = set(pool.map(lambda _: id(voikko._handle()), range(4)))
    assert id(voikko._handle()) not in handles


def test_many_threads_at_once_read_the_same_as_one(voikko: Analyzer) -> None:
    forms = ["perheneuvolasta", "kerhoja", "turvakodissa", "lapsiperheiden", "eroamme", "väsynyt"] * 100
    alone = [voikko.analyse(form) for form in forms]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(voikko.analyse, forms))
    assert together == alone


def test_light_mode_can_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(analysis.MODE_VARIABLE, "light")
    assert active_mode() == "light"


def test_light_mode_steps_in_where_voikko_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_voikko", lambda: None)
    assert active_mode() == "light"
    assert make_analyzer("voikko").mode == "light"
