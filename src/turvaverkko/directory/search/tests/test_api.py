"""The door: pages of results, choices that narrow, suggestions, and how much the database is asked."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from turvaverkko.directory.search import api, live
from turvaverkko.directory.search.concepts import stored
from turvaverkko.directory.search.models import Concept, ConceptTerm
from turvaverkko.directory.search.rebuilding import rebuild
from turvaverkko.directory.search.tests.world import ENTRIES, THESAURUS
from turvaverkko.directory.search.thesaurus import ThesaurusError, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _indexed() -> None:
    live.forget()
    api.load_thesaurus(THESAURUS)
    rebuild(ENTRIES, current=lambda _key: None)


def test_a_page_of_results_has_everything_a_row_shows() -> None:
    page = api.search("perhekahvila iissä")
    assert page.hits[0].name == "Perhekahvila Rantapirtti"
    assert page.hits[0].municipalities == ("ii",)
    assert page.total == len(page.hits) >= 3
    assert (page.page, page.pages) == (1, 1)


def test_a_warm_search_asks_the_database_twice(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    api.search("perhekahvila", facets={"kind": ["service"]})
    with django_assert_max_num_queries(2):
        api.search("perhekahvila", facets={"kind": ["service"]})


def test_choices_narrow_with_or_inside_and_and_between() -> None:
    everything = api.search("perhekahvila neuvola")
    narrowed = api.search("perhekahvila neuvola", facets={"way": ["on-site"]})
    both = api.search("perhekahvila neuvola", facets={"way": ["on-site", "phone"], "kind": ["service"]})
    assert 0 < narrowed.total < everything.total == both.total
    assert narrowed.total == everything.facets["way"]["on-site"]
    # The counts of a choice do not depend on the choice itself, so that one can change one's mind.
    assert narrowed.facets["way"] == everything.facets["way"]
    assert api.search("perhekahvila", facets={"way": ["boat"]}).total == 0


def test_names_come_in_the_pages_language_or_say_which_they_are_in() -> None:
    swedish = api.search("talterapi", language="sv").hits[0]
    assert (swedish.name, swedish.lang) == ("Talterapi", "")
    finnish = api.search("skyddshem", language="sv").hits[0]
    assert (finnish.name, finnish.lang) == ("Turvakoti", "fi")


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert api.search("perhekahvila", page=99).page == 1
    assert api.search("perhekahvila", page=-1).hits


@pytest.mark.parametrize(
    "query", ["ä" * 10_000, "neuvola " * 2_000, "\x00\u202e\u2066", "' OR 1=1; --", "%_%", "\ud800"]
)
def test_hostile_text_gets_an_ordinary_answer(query: str) -> None:
    page = api.search(query)
    assert len(page.query) <= 400
    assert not set(page.query) & {"\x00", "\u202e", "\u2066"}
    assert api.suggest(query) is not None


def test_a_search_without_hits_says_where_to_go_on() -> None:
    # The small catalogue has nothing on this; the thesaurus knows what life situation it belongs to.
    page = api.search("suu kuiva tupakasta ja vappu-nuuskasta")
    assert page.situations[0] == "irti"


def test_suggestions_begin_with_what_was_typed_with_or_without_dots() -> None:
    for prefix in ("perhekah", "PERHEKAH", "perhekäh"):
        assert any("erhekahvila" in one.text for one in api.suggest(prefix)), prefix
    assert api.suggest("rantapi")[0].text == "Perhekahvila Rantapirtti"
    assert any(one.text.lower() == "talterapi" for one in api.suggest("talt", "sv"))
    assert api.suggest("") == []
    assert api.suggest("xyzzy") == []


def test_a_removed_entry_is_not_suggested() -> None:
    api.remove_entry("service/kahvila-ii")
    assert all("Rantapirtti" not in one.text for one in api.suggest("rantapi"))


def test_the_thesaurus_in_the_tables_is_that_of_the_files_and_loads_once() -> None:
    assert {concept.code: concept for concept in stored()} == {one.code: one for one in read(THESAURUS)}
    again = api.load_thesaurus(THESAURUS)
    assert not again.changed


def test_a_broken_file_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("- {code: yksi}\n", encoding="utf-8")
    before = (Concept.objects.count(), ConceptTerm.objects.count())
    with pytest.raises(ThesaurusError, match=r"broken\.yaml, entry 1"):
        api.load_thesaurus(tmp_path)
    with pytest.raises(CommandError, match=r"broken\.yaml, entry 1"):
        call_command("rebuild_search", thesaurus=tmp_path)
    assert (Concept.objects.count(), ConceptTerm.objects.count()) == before


def test_health_tells_how_words_are_read() -> None:
    health = api.health()
    assert health.mode_of_index in {"voikko", "light"}
    assert health.entries == len(ENTRIES)
    assert health.concepts >= 120
