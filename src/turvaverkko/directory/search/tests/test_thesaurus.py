"""The thesaurus: files with faults are refused in one go, phrases match by what they mean."""

from pathlib import Path

import pytest
import yaml

from turvaverkko.directory.search.analysis import make_analyzer
from turvaverkko.directory.search.tests.world import CONCEPTS, THESAURUS
from turvaverkko.directory.search.thesaurus import LANGUAGES, Match, Thesaurus, ThesaurusError, keys_of, read


def matched(query: str) -> dict[str, Match]:
    analyzer = make_analyzer("voikko")
    compiled = Thesaurus.compiled(CONCEPTS, analyzer)
    return {
        one.concept: one for one in compiled.match([keys_of(word, "fi", analyzer) for word in query.split()])
    }


def test_our_own_files_hold() -> None:
    concepts = read(THESAURUS)
    assert len(concepts) >= 120
    assert all(len(concept.terms) > 1 for concept in concepts), "every concept is more than Finnish"
    spoken = {language: sum(language in concept.terms for concept in concepts) for language in LANGUAGES}
    assert min(spoken.values()) >= 120


def test_urgent_concepts_cover_what_must_never_wait() -> None:
    urgent = {concept.code for concept in read(THESAURUS) if concept.urgent}
    assert {
        "lahisuhdevakivalta",
        "itsetuhoisuus",
        "lapseen-kohdistuva-vakivalta",
        "seksuaalivakivalta",
    } <= urgent


def test_a_phrase_is_found_in_another_form_and_order() -> None:
    assert matched("mieheni löi minua")["vakivalta"].strength > 0.6
    assert "raha" in matched("loppuivat rahat")


def test_the_phrase_that_says_more_wins() -> None:
    found = matched("lapsi lyö")
    assert found["uhma"].share == 1.0
    assert "vakivalta" not in found or found["uhma"].strength > found["vakivalta"].strength


def test_a_word_that_everybody_says_is_no_concept() -> None:
    assert matched("lapsi") == {}
    assert matched("ei ole") == {}


def test_every_fault_is_told_with_file_and_entry(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "- {code: yksi, fi: [sana], related: [poissa]}\n"
        "- {code: yksi, fi: [toinen]}\n"
        "- {fi: [koodi puuttuu]}\n"
        "- {code: kolme, sv: [ord], urgent: kyllä}\n"
        "- {code: neljä, fi: sana, outo: 1}\n",
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text("code: [ei\n", encoding="utf-8")
    with pytest.raises(ThesaurusError) as refused:
        read(tmp_path)
    said = str(refused.value)
    assert "a.yaml, entry 2: the code 'yksi' is already taken" in said
    assert "a.yaml, entry 3: the code is missing" in said
    assert "a.yaml, entry 4: at least one Finnish term is needed" in said
    assert "a.yaml, entry 4: 'urgent' is true or false" in said
    assert "a.yaml, entry 5: unknown field 'outo'" in said
    assert "a.yaml, entry 5: 'fi' must be a list of texts" in said
    assert "b.yaml: not readable as YAML" in said
    assert "concept 'yksi': related to 'poissa', which does not exist" in said


def test_every_life_situation_of_a_concept_is_a_door_of_ours() -> None:
    known = {one["slug"] for one in yaml.safe_load((THESAURUS.parent / "situations.yaml").read_text("utf-8"))}
    named = {slug for concept in read(THESAURUS) for slug in concept.situations}
    assert named <= known
    assert known - named == set(), "every door can be reached by words"
