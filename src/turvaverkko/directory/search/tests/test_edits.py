"""Single edits: lists in stretches, suggestions renewed entry by entry, few statements."""

from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from turvaverkko.directory.search import api, editing, live, packing, services, store
from turvaverkko.directory.search.entries import Entry
from turvaverkko.directory.search.index import Postings
from turvaverkko.directory.search.models import EntryTerms, IndexState, Posting
from turvaverkko.directory.search.rebuilding import rebuild
from turvaverkko.directory.search.suggesting import Suggester, Text
from turvaverkko.directory.search.tests.world import ENTRIES, document

NEW = Entry(document("kriisi", "Kriisikeskus", "Kahvia ja leikkiä.", keywords=("hätä",)), "kriisi")
LISTS = st.dictionaries(st.integers(0, 60), st.floats(0.5, 9.0, width=32), max_size=20)


def postings(weights: dict[int, float]) -> Postings:
    numbers = sorted(weights)
    return Postings(
        np.array(numbers, np.uint32), np.array([weights[number] for number in numbers], np.float32)
    )


def plain(found: Postings) -> dict[int, float]:
    assert found.numbers.tolist() == sorted(set(found.numbers.tolist()))
    return dict(zip(found.numbers.tolist(), found.weights.tolist(), strict=True))


@given(LISTS, st.integers(0, 60), st.none() | st.floats(0.5, 9.0, width=32))
def test_one_entry_of_a_list_changes_and_no_other(
    weights: dict[int, float], number: int, weight: float | None
) -> None:
    expected = {**weights, number: weight}
    found = packing.changed(postings(weights), number, weight)
    assert plain(found) == {key: one for key, one in expected.items() if one is not None}


@given(LISTS, st.integers(1, 7))
def test_a_list_is_cut_into_even_pieces_and_joined_again(weights: dict[int, float], most: int) -> None:
    pieces = list(packing.cut(postings(weights), most))
    lengths = [len(piece.numbers) for piece in pieces]
    assert max(lengths) <= most
    assert max(lengths) - min(lengths) <= 1
    assert plain(packing.joined(pieces)) == weights


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches so short that the small catalogue has many."""
    monkeypatch.setattr(editing, "STRETCH", 2)


@pytest.fixture
def indexed(db: None) -> None:
    live.forget()
    rebuild(ENTRIES, current=lambda _key: None)


def assert_whole() -> None:
    """The lists say what the entries say, in stretches without a gap; a process reads them as they are."""
    expected = defaultdict(set)
    for number, terms in EntryTerms.objects.values_list("number", "terms"):
        for term in terms.split("\n"):
            expected[term].add(number)
    rows = defaultdict(list)
    for row in Posting.objects.order_by("term", "first"):
        rows[row.term].append(row)
    for own in rows.values():
        assert [own[0].first, own[-1].until] == [0, Posting.END]
        assert all(before.until == after.first for before, after in pairwise(own))
        for row in own:
            numbers = packing.unpacked(row.numbers, row.weights).numbers.tolist()
            assert all(row.first <= number < row.until for number in numbers)
            assert row.frequency == len(numbers) <= editing.STRETCH
    read, anew = live.now().index, store.opened(store.stamp_now())
    for index in (read, anew):
        assert index.vocabulary.frequency == {term: len(numbers) for term, numbers in expected.items()}
        lists = index.postings(sorted(rows))
        assert {term: set(found.numbers.tolist()) for term, found in lists.items()} == expected
        assert all(plain(found) for found in lists.values())


def test_lists_in_many_stretches_survive_every_kind_of_edit(short: None, indexed: None) -> None:
    assert Posting.objects.filter(term="x:kind=service").count() > len(ENTRIES) // 3
    assert_whole()
    services.index_entry(NEW)
    services.index_entry(Entry(document("velka", "Kahvia ja kahvia", "Leikkiä öisin."), "velka"))
    assert_whole()
    for entry in ENTRIES[:5]:
        services.remove_entry(entry.key)
    assert_whole()
    for entry in reversed(ENTRIES):
        services.index_entry(entry)
    services.remove_entry(NEW.key)
    assert_whole()


def test_a_long_list_of_an_older_version_is_cut_where_it_is_edited(
    indexed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Posting.objects.get(term="x:kind=service").frequency == len(ENTRIES)
    monkeypatch.setattr(editing, "STRETCH", 4)
    services.index_entry(NEW)
    cut = Posting.objects.filter(term="x:kind=service").order_by("first")
    assert [row.frequency for row in cut] == [4, 4, 4]


def test_an_edit_writes_one_stretch_of_each_list_in_few_statements(
    short: None, indexed: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    changed = Entry(document("uni", "Vauvan uni", "Kahvia ja leikkiä kotiin."), "uni")
    with django_assert_max_num_queries(13):
        services.index_entry(changed)
    written = Posting.objects.filter(revision=IndexState.objects.get().revision)
    each = Counter(written.values_list("term", flat=True))
    assert max(each.values()) <= 2, "one stretch, or the two halves of one that was full"
    assert each["l:ja"] < Posting.objects.filter(term="l:ja").count()
    assert "x:kind=service" not in each, "what stands already is not written"


def suggested(prefix: str) -> list[str]:
    return [one.text for one in api.suggest(prefix)]


def test_suggestions_follow_an_edit_at_once(indexed: None) -> None:
    assert suggested("kriisi") == []
    services.index_entry(NEW)
    assert suggested("kriisi") == ["Kriisikeskus"]
    assert suggested("hätä") == ["hätä"]
    services.index_entry(Entry(document("kriisi", "Kriisipaikka"), "kriisi"))
    assert suggested("kriisi") == ["Kriisipaikka"]
    assert suggested("hätä") == []
    services.remove_entry(NEW.key)
    assert suggested("kriisi") == []


def test_an_edit_that_was_rolled_back_is_not_suggested(indexed: None) -> None:
    def undone() -> None:
        with transaction.atomic():
            services.index_entry(NEW)
            assert suggested("kriisi") == ["Kriisikeskus"]
            raise ZeroDivisionError

    assert suggested("kriisi") == []
    with pytest.raises(ZeroDivisionError):
        undone()
    services.index_entry(Entry(document("toinen", "Toinen paikka"), "toinen"))
    assert suggested("kriisi") == []
    assert suggested("toinen") == ["Toinen paikka"]


TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["keyword", "name"]), st.sampled_from(["Uni", "uni", "Äiti ja lapsi", "lapsi"])
    ),
    max_size=3,
)
CALLED = st.dictionaries(st.integers(0, 5), TEXTS)


@given(CALLED, st.lists(CALLED, max_size=4))
def test_suggestions_after_changes_are_those_made_anew(
    first: dict[int, list[Text]], changes: list[dict[int, list[Text]]]
) -> None:
    own: list[Text] = [("word", "uniohjaus"), ("word", "lapsi")]
    renewed, entries = Suggester.made(own, first), dict(first)
    for change in changes:
        renewed = renewed.changed(change)
        entries |= change
    anew = Suggester.made(own, entries)
    assert renewed._rows == anew._rows
    assert [renewed.suggest(prefix) for prefix in "ula"] == [anew.suggest(prefix) for prefix in "ula"]
