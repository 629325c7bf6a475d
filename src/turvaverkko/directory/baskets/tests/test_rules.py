"""What a basket holds and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.directory.baskets.rules import (
    MOST_ITEMS,
    Content,
    Full,
    Item,
    Kind,
    added,
    joined,
    moved,
    noted,
    read,
    removed,
    written,
)

ITEMS = st.builds(Item, st.sampled_from(Kind), st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text())
CONTENTS = st.builds(
    Content, st.lists(ITEMS, unique_by=lambda item: item.key, max_size=8).map(tuple), st.text()
)
A, B, C = (Item(Kind.SERVICE, slug) for slug in "abc")


def slugs(content: Content) -> str:
    return "".join(item.slug for item in content.items)


def test_what_is_added_comes_last_and_only_once() -> None:
    content = added(added(added(Content(), A), B), A)
    assert slugs(content) == "ab"


def test_a_place_and_a_service_of_one_name_are_two_things() -> None:
    assert len(added(Content((A,)), Item(Kind.PLACE, "a")).items) == 2


def test_what_is_over_the_limit_is_refused_and_what_is_there_already_is_not() -> None:
    full = Content(tuple(Item(Kind.SERVICE, f"palvelu-{number}") for number in range(MOST_ITEMS)))
    with pytest.raises(Full):
        added(full, A)
    assert added(full, full.items[7]) == full


@pytest.mark.parametrize(
    ("key", "by", "order"),
    [
        pytest.param("service/b", -1, "bac", id="up"),
        pytest.param("service/b", +1, "acb", id="down"),
        pytest.param("service/a", -1, "abc", id="the first stays first"),
        pytest.param("service/c", +1, "abc", id="the last stays last"),
        pytest.param("place/a", +1, "abc", id="nothing of that name"),
    ],
)
def test_moving(key: str, by: int, order: str) -> None:
    assert slugs(moved(Content((A, B, C)), key, by)) == order


def test_a_copy_comes_behind_and_ones_own_notes_stay() -> None:
    own = Content((Item(Kind.SERVICE, "a", "oma"),), "kaikista")
    other = Content((Item(Kind.SERVICE, "a", "vieras"), Item(Kind.SERVICE, "b", "soita")), "muuta")
    both = joined(own, other)
    assert [(item.slug, item.note) for item in both.items] == [("a", "oma"), ("b", "soita")]
    assert both.note == "kaikista"
    assert joined(Content(), other).note == "muuta"


def test_notes_of_things_that_a_page_did_not_show_stay() -> None:
    content = Content((Item(Kind.SERVICE, "a", "vanha"), Item(Kind.SERVICE, "b", "toisesta ikkunasta")))
    after = noted(content, {"service/a": "uusi"}, "kaikista")
    assert [item.note for item in after.items] == ["uusi", "toisesta ikkunasta"]
    assert after.note == "kaikista"


@given(CONTENTS)
def test_a_basket_is_read_as_it_was_written(content: Content) -> None:
    assert read(written(content)) == content


@given(CONTENTS, ITEMS)
def test_adding_and_removing_brings_back_the_order(content: Content, item: Item) -> None:
    without = removed(content, item.key)
    assert removed(added(without, item), item.key) == without


@given(CONTENTS, st.integers(0, 7))
def test_down_and_up_again_is_where_it_was(content: Content, index: int) -> None:
    if index < len(content.items) - 1:
        key = content.items[index].key
        assert moved(moved(content, key, +1), key, -1) == content
