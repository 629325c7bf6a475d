import pytest
from hypothesis import given
from hypothesis import strategies as st

from turvaverkko.core.ids import new_public_id
from turvaverkko.trail.payload import FreeText, checked, checked_code, is_code


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("Soitin äidille", id="a sentence"),
        pytest.param("Aino", id="a name"),
        pytest.param("aino@example.org", id="an address"),
        pytest.param("0005550100", id="a telephone number"),
        pytest.param("+358000555010", id="an international number"),
        pytest.param("000-555-010", id="a number with hyphens"),
        pytest.param("010101-123n", id="an identity code"),
        pytest.param("010101a123n", id="an identity code of this century"),
        pytest.param("x" * 65, id="too long for a code"),
        pytest.param("", id="nothing"),
        pytest.param(400_123_456, id="a telephone number without its zero"),
        pytest.param({"deep": "er"}, id="a store in the store"),
        pytest.param(["ok", "not ok"], id="a list with a sentence"),
        pytest.param([["a"]], id="a list of lists"),
        pytest.param(["a"] * 51, id="a list without end"),
        pytest.param(b"bytes", id="bytes"),
        pytest.param(float("nan"), id="no number"),
    ],
)
def test_what_is_no_code_is_refused_and_not_repeated(value: object) -> None:
    with pytest.raises(FreeText) as refused:
        checked({"outcome": value})
    assert str(refused.value) == "outcome"


def test_ids_codes_numbers_and_days_are_kept() -> None:
    payload = {
        "outcome": "booked",
        "unit": new_public_id(),
        "tries": 3,
        "share": 0.5,
        "urgent": False,
        "until": None,
        "due": "2026-12-30",
        "at": "2026-12-30T16:00:00+02:00",
        "units": ["oulu-2", "564"],
        "policy": "promise.contact",
    }
    assert checked(payload) == payload


@pytest.mark.parametrize("key", ["", "With Capital", "a b", "ä", "x" * 41])
def test_keys_are_codes_too(key: str) -> None:
    with pytest.raises(FreeText):
        checked({key: "booked"})


def test_an_entry_is_a_line_not_a_store() -> None:
    with pytest.raises(FreeText):
        checked({f"k{n}": n for n in range(51)})


def test_an_empty_code_is_no_code_but_allowed_where_a_column_may_be_empty() -> None:
    assert checked_code("reason", "") == ""
    with pytest.raises(FreeText):
        checked_code("reason", "because I say so")


@given(text=st.text(max_size=80))
def test_nothing_with_a_space_or_a_capital_letter_is_a_code(text: str) -> None:
    if is_code(text):
        assert not any(sign.isspace() for sign in text)
        assert text.replace("T", "").replace("Z", "") == text.replace("T", "").replace("Z", "").lower()


@given(number=st.from_regex(r"0[45]0[ -]?\d{3}[ -]?\d{4}", fullmatch=True))
def test_no_mobile_number_is_a_code(number: str) -> None:
    assert not is_code(number)


def test_every_public_id_is_a_code() -> None:
    assert all(is_code(new_public_id()) for _ in range(2_000))
