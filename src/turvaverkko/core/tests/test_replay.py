from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from pytest_django import Settings

from turvaverkko.core.replay import key_use, recalled, remembered


@dataclass
class Form:
    name: str
    born: date


def fingerprint(content: object) -> str:
    return key_use("a.b", "aino", "12345678", content).fingerprint


@pytest.mark.parametrize(
    ("one", "same"),
    [
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, id="the order of names"),
        pytest.param({"x", "y", "z"}, {"z", "y", "x"}, id="the order of a set"),
        pytest.param(Form("x", date(2026, 1, 1)), Form("x", date(2026, 1, 1)), id="equal forms"),
        pytest.param([1, "a"], (1, "a"), id="list or tuple"),
        pytest.param(ContentType(pk=7), ContentType(pk=7, model="renamed"), id="the same row"),
    ],
)
def test_the_same_content_has_the_same_fingerprint(one: object, same: object) -> None:
    assert fingerprint(one) == fingerprint(same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"a": 1}, {"a": 2}, id="another value"),
        pytest.param(1, "1", id="another type"),
        pytest.param(Form("x", date(2026, 1, 1)), Form("x", date(2026, 1, 2)), id="another field"),
        pytest.param(ContentType(pk=7), ContentType(pk=8), id="another row"),
        pytest.param(["ab", "c"], ["a", "bc"], id="cut elsewhere"),
    ],
)
def test_other_content_has_another_fingerprint(one: object, other: object) -> None:
    assert fingerprint(one) != fingerprint(other)


def test_a_fingerprint_cannot_be_guessed_without_the_key_of_the_installation(
    settings: Settings,
) -> None:
    before = fingerprint("000 555 010")
    settings.SECRET_KEY = "another installation"
    assert fingerprint("000 555 010") != before


@pytest.mark.parametrize("value", [None, True, 7, "a-code"])
def test_plain_results_come_back_as_they_were(value: object) -> None:
    assert recalled(remembered(value)) == value
