"""The index in the database: equal to the one in memory, replaced at once, edited with the caller."""

import pytest
from django.db import transaction

from turvaverkko.directory.search import live, rebuilding, services, store
from turvaverkko.directory.search.entries import Entry
from turvaverkko.directory.search.index import MemoryIndex
from turvaverkko.directory.search.models import (
    EntryTerms,
    IndexState,
    IndexVersion,
    Posting,
    SearchEntry,
    WordForm,
)
from turvaverkko.directory.search.rebuilding import RebuildOvertaken, rebuild
from turvaverkko.directory.search.tests.world import CATALOGUE, ENTRIES, document

pytestmark = pytest.mark.django_db
NEW = Entry(document("kriisi", "Kriisikeskus", "Apua äkilliseen hätään."), "kriisi")


@pytest.fixture(autouse=True)
def _forgetful() -> None:
    live.forget()


@pytest.fixture
def indexed() -> None:
    rebuild(ENTRIES, current=lambda _key: None)


def found(query: str) -> list[str]:
    now = live.now()
    numbers = now.engine.search(query).ranked.numbers.tolist()
    slug = dict(SearchEntry.objects.values_list("number", "slug"))
    return [slug[number] for number in numbers]


def test_the_database_holds_exactly_what_memory_holds(indexed: None) -> None:
    memory = MemoryIndex(CATALOGUE, IndexVersion.objects.get().mode)  # type: ignore[arg-type]
    stored = store.opened(store.stamp_now())
    assert dict(stored.vocabulary.frequency) == dict(memory.vocabulary.frequency)
    terms = sorted(memory.vocabulary.frequency)
    mine, theirs = memory.postings(terms), stored.postings(terms)
    for term in terms:
        assert mine[term].numbers.tolist() == theirs[term].numbers.tolist()
        assert mine[term].weights.tolist() == theirs[term].weights.tolist()


def test_a_killed_rebuild_leaves_the_old_index_in_force(
    indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found("perhekahvila")
    monkeypatch.setattr(rebuilding, "_swap", lambda *_args: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        rebuild([*ENTRIES, NEW], current=lambda _key: None)
    assert IndexVersion.objects.filter(finished_at=None).count() == 1
    assert found("perhekahvila") == before
    assert found("kriisikeskus") == []

    monkeypatch.undo()
    rebuild([*ENTRIES, NEW], current=lambda _key: None)
    assert found("kriisikeskus") == ["kriisi"]
    assert not IndexVersion.objects.filter(finished_at=None).exists()


def test_of_two_rebuilds_at_once_the_later_one_wins(indexed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = rebuilding._swap

    def overtaken(*args: object) -> None:
        monkeypatch.setattr(rebuilding, "_swap", swap)
        rebuild([*ENTRIES, NEW], current=lambda _key: None)
        swap(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(rebuilding, "_swap", overtaken)
    with pytest.raises(RebuildOvertaken):
        rebuild(ENTRIES, current=lambda _key: None)
    assert found("kriisikeskus") == ["kriisi"]


def test_what_changes_during_a_rebuild_is_not_lost(indexed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = rebuilding._swap
    changed = Entry(document("velka", "Talousapu ja sovittelu", "Uusi nimi."), "velka")
    now = {NEW.key: NEW, changed.key: changed}

    def meanwhile(*args: object) -> None:
        services.index_entry(NEW)
        services.index_entry(changed)
        services.remove_entry("service/uni")
        swap(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(rebuilding, "_swap", meanwhile)
    rebuild(ENTRIES, current=now.get)
    assert found("kriisikeskus") == ["kriisi"]
    assert found("talousapu")[0] == "velka"
    assert "uni" not in found("uniohjaus")
    assert found("perheneuvola")[0] == "perheneuvola"


def test_an_edited_entry_is_found_by_its_new_words_only(indexed: None) -> None:
    assert found("velkaneuvonta") == ["velka"]
    services.index_entry(Entry(document("velka", "Rahapulma", "Istutaan yhdessä alas."), "velka"))
    assert found("rahapulma")[0] == "velka"
    assert found("velkaneuvonta") == []


def test_a_rolled_back_edit_never_happened(indexed: None) -> None:
    # The search in the middle fills the memory of the process with what is about to be undone.
    def undone() -> None:
        with transaction.atomic():
            services.index_entry(NEW)
            assert found("kriisikeskus") == ["kriisi"]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    assert found("kriisikeskus") == []
    services.index_entry(Entry(document("toinen", "Toinen paikka"), "toinen"))
    assert found("kriisikeskus") == []
    assert not SearchEntry.objects.filter(key=NEW.key).exists()


def test_a_removed_entry_leaves_no_trace_in_the_lists(indexed: None) -> None:
    number = SearchEntry.objects.get(key="service/turvakoti").number
    services.remove_entry("service/turvakoti")
    assert "turvakoti" not in found("turvakoti")
    assert not EntryTerms.objects.filter(number=number).exists()
    rebuild([one for one in ENTRIES if one.slug != "turvakoti"], current=lambda _key: None)
    assert not SearchEntry.objects.filter(key="service/turvakoti").exists()


def test_single_entries_weigh_the_same_as_a_rebuild(indexed: None) -> None:
    before = {row.term: bytes(row.weights) for row in Posting.objects.all()}
    services.index_entry(ENTRIES[0])
    assert {row.term: bytes(row.weights) for row in Posting.objects.all()} == before


def test_numbers_of_entries_stay_over_rebuilds(indexed: None) -> None:
    numbers = dict(SearchEntry.objects.values_list("key", "number"))
    rebuild([NEW, *reversed(ENTRIES)], current=lambda _key: None)
    again = dict(SearchEntry.objects.values_list("key", "number"))
    assert {key: again[key] for key in numbers} == numbers


def test_at_most_two_versions_are_kept(indexed: None) -> None:
    for _ in range(3):
        rebuild(ENTRIES, current=lambda _key: None)
    assert IndexVersion.objects.count() == 2


def test_an_edit_without_any_index_makes_a_first_one() -> None:
    services.index_entry(NEW)
    assert found("kriisikeskus") == ["kriisi"]


def test_what_people_type_is_never_kept(indexed: None) -> None:
    found("aivanomasanani viiltelen")
    assert not WordForm.objects.filter(form__in=["aivanomasanani", "viiltelen"]).exists()


def test_only_what_changed_is_read_again(indexed: None) -> None:
    first = live.now()
    services.index_entry(
        Entry(document("velka", "Talous- ja velkaneuvonta", "Kun laskut kasvavat."), "velka")
    )
    second = live.now()
    assert second.thesaurus is first.thesaurus
    assert second.spelling is first.spelling
    assert second.index.vocabulary is not first.index.vocabulary


def test_the_state_is_one_row(indexed: None) -> None:
    assert IndexState.objects.count() == 1
