import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.states import IllegalMove, Machine

LISTING = Machine(
    initial="draft",
    moves={
        ("draft", "publish"): "published",
        ("published", "hide"): "hidden",
        ("hidden", "publish"): "published",
        ("hidden", "archive"): "archived",
    },
    terminal=frozenset({"archived"}),
)
STATES = st.sampled_from(["a", "b", "c", "d"])
ACTIONS = st.sampled_from(["x", "y", "z"])
MACHINES = st.builds(
    Machine,
    initial=STATES,
    moves=st.dictionaries(st.tuples(STATES, ACTIONS), STATES),
    terminal=st.frozensets(STATES),
)


def test_a_draft_is_published_and_screens_offer_only_what_can_follow() -> None:
    assert LISTING.after("draft", "publish") == "published"
    assert LISTING.actions("hidden") == ("publish", "archive")
    assert LISTING.allows("hidden", "archive")
    assert not LISTING.allows("draft", "archive")
    assert LISTING.is_terminal("archived")
    assert LISTING.states == ("draft", "published", "hidden", "archived")


def test_an_illegal_move_tells_state_and_action() -> None:
    with pytest.raises(IllegalMove) as refused:
        LISTING.after("archived", "publish")
    assert (refused.value.state, refused.value.action) == ("archived", "publish")


def test_a_sound_table_has_no_faults() -> None:
    assert LISTING.faults() == ()


def test_dead_ends_islands_and_endless_rounds_are_found() -> None:
    machine = Machine(
        initial="new",
        moves={
            ("new", "lose"): "lost",
            ("new", "turn"): "round",
            ("round", "turn"): "round",
            ("island", "swim"): "done",
        },
        terminal=frozenset({"done"}),
    )
    faults = machine.faults()
    assert "lost: has no exit and is not terminal" in faults
    assert "round: leads to no terminal state" in faults
    assert "island: cannot be reached" in faults
    assert "done: cannot be reached" in faults


def test_a_table_cannot_be_changed_by_whoever_made_it() -> None:
    moves = {("new", "close"): "closed"}
    machine = Machine("new", moves, frozenset({"closed"}))
    moves[("new", "steal")] = "stolen"
    assert not machine.allows("new", "steal")
    with pytest.raises(TypeError):
        machine.moves[("new", "steal")] = "stolen"  # type: ignore[index]


def test_the_diagram_shows_every_move_and_every_end() -> None:
    drawn = LISTING.mermaid().splitlines()
    assert drawn[:2] == ["stateDiagram-v2", "    [*] --> draft"]
    assert "    hidden --> published: publish" in drawn
    assert drawn[-1] == "    archived --> [*]"
    assert len(drawn) == 2 + len(LISTING.moves) + 1


@given(machine=MACHINES, walk=st.lists(ACTIONS, max_size=20))
def test_no_walk_leaves_the_reachable_states(machine: Machine, walk: list[str]) -> None:
    state = machine.initial
    for action in walk:
        if action in machine.actions(state):
            state = machine.after(state, action)
        else:
            with pytest.raises(IllegalMove):
                machine.after(state, action)
    assert state in machine.reachable()


@given(machine=MACHINES)
def test_without_faults_every_state_that_is_no_end_has_an_exit(machine: Machine) -> None:
    if not machine.faults():
        assert set(machine.states) == machine.reachable()
        assert all(machine.actions(state) or machine.is_terminal(state) for state in machine.states)
