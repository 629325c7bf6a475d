"""What a report may be made of, case by case."""

import pytest

from turvaverkko.evaluation.reports.rules import MOST_CHOSEN, Asked, Audience, Fault, Offer, choose

OFFER = Offer(
    frozenset({"yksi", "kaksi"}),
    frozenset({"county:19"}),
    {"2021-05": True, "2022-09": True, "2023-12": False},
)


def test_without_a_choice_the_newest_round_is_told_in_full() -> None:
    choice = choose(Asked(), OFFER)
    assert (choice.round, choice.earlier, choice.audience) == ("2023-12", "", Audience.TEAM)
    assert (choice.goals, choice.areas, choice.faults) == (frozenset(), frozenset(), ())


def test_what_is_public_is_frozen() -> None:
    choice = choose(Asked(audience="julkinen"), OFFER)
    assert (choice.round, choice.faults) == ("2022-09", ())
    choice = choose(Asked(audience="julkinen", round="2023-12"), OFFER)
    assert (choice.round, choice.faults) == ("2022-09", (Fault.NOT_FROZEN,))
    drafts = Offer(frozenset(), frozenset(), {"2023-12": False})
    assert choose(Asked(audience="julkinen"), drafts).round == ""
    later = Offer(frozenset(), frozenset(), {"2021-05": False, "2022-09": True})
    choice = choose(Asked(audience="julkinen", earlier="2021-05"), later)
    assert (choice.earlier, choice.faults) == ("", (Fault.NOT_FROZEN,))


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        pytest.param(Asked(goals=["ei-ole"]), Fault.GOAL, id="no such goal"),
        pytest.param(Asked(areas=["county:99"]), Fault.AREA, id="no such area"),
        pytest.param(Asked(round="2030-01"), Fault.ROUND, id="no such round"),
        pytest.param(Asked(round="2022-09", earlier="2023-12"), Fault.EARLIER, id="a later round"),
        pytest.param(Asked(round="2022-09", earlier="2022-09"), Fault.EARLIER, id="the same round"),
        pytest.param(Asked(audience="<b>"), Fault.AUDIENCE, id="nobody known"),
        pytest.param(Asked(goals=["yksi"] * (MOST_CHOSEN + 1)), Fault.TOO_MANY, id="too many"),
    ],
)
def test_what_cannot_be_is_left_out_and_told(asked: Asked, fault: Fault) -> None:
    choice = choose(asked, OFFER)
    assert choice.faults == (fault,)
    assert choice.round in OFFER.rounds
    assert choice.goals <= OFFER.goals
    assert choice.areas <= OFFER.areas


def test_what_is_good_of_a_faulty_choice_holds() -> None:
    asked = Asked(["yksi", "x"], ["county:19", ""], "2022-09", "2021-05", "paattajat")
    choice = choose(asked, OFFER)
    assert choice.goals == {"yksi"}
    assert choice.areas == {"county:19"}
    assert (choice.round, choice.earlier, choice.is_short) == ("2022-09", "2021-05", True)
    assert choice.faults == (Fault.GOAL,)
