"""Municipalities and ages inside what people type."""

import pytest

from turvaverkko.directory.search.ages import take_out
from turvaverkko.directory.search.tests.world import PLACES


@pytest.mark.parametrize(
    ("form", "place"),
    [
        ("kempeleessä", "kempele"),
        ("Kempeleen".lower(), "kempele"),
        ("limingasta", "liminka"),
        ("liminka", "liminka"),
        ("iissä", "ii"),
        ("ii", "ii"),
        ("haapavedellä", "haapavesi"),
        ("siikajoelta", "siikajoki"),
        ("oulaisissa", "oulainen"),
        ("oulaisten", "oulainen"),
        ("hailuodossa", "hailuoto"),
        ("oululainen", "oulu"),
        ("oulussakin", "oulu"),
        ("haapavedella", "haapavesi"),
    ],
)
def test_a_municipality_is_found_in_any_form(form: str, place: str) -> None:
    assert PLACES.find(form) == place


@pytest.mark.parametrize("word", ["iltapäivä", "koulu", "iisi", "limonadi", "haapa", "siika", "oulukka"])
def test_other_words_are_not_taken_for_a_municipality(word: str) -> None:
    assert PLACES.find(word) is None


@pytest.mark.parametrize(
    ("query", "age", "rest"),
    [
        ("5v raivoaa", 5, ["raivoaa"]),
        ("5 v poika", 5, ["poika"]),
        ("kaksivuotias puree", 2, ["puree"]),
        ("14-vuotias ei puhu", 14, ["ei", "puhu"]),
        ("3 kk vauva", 0, ["vauva"]),
        ("my 3 year old hits", 3, ["my", "hits"]),
        ("alle 1-vuotias", 1, []),
    ],
)
def test_an_age_is_taken_out_of_the_query(query: str, age: int, rest: list[str]) -> None:
    assert take_out(query.split()) == (age, rest)


@pytest.mark.parametrize("query", ["neuvola", "112", "45-vuotias äiti", "24 7 päivystys"])
def test_what_is_not_a_childs_age_stays(query: str) -> None:
    assert take_out(query.split()) == (None, query.split())
