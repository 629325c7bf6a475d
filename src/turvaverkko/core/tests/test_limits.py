from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from turvaverkko.core.limits import Limit, forget_old, is_full, take
from turvaverkko.core.models import AddressCount
from turvaverkko.core.time_source import HELSINKI

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=HELSINKI)
THREE = Limit("test.three", 3, timedelta(hours=1))
HOME, LIBRARY = "192.0.2.1", "192.0.2.2"

pytestmark = pytest.mark.django_db


def test_what_is_within_the_limit_is_taken_and_the_next_is_not_until_the_window_is_over() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [take(THREE, HOME) for _ in range(5)] == [True, True, True, False, False]
        clock.shift(timedelta(minutes=59))
        assert is_full(THREE, HOME)
        assert not take(THREE, HOME)
        clock.shift(timedelta(minutes=1))
        assert not is_full(THREE, HOME)
        assert [take(THREE, HOME) for _ in range(4)] == [True, True, True, False]


def test_addresses_and_limits_are_counted_apart() -> None:
    for _ in range(3):
        take(THREE, HOME)
    assert is_full(THREE, HOME)
    assert not is_full(THREE, LIBRARY)
    assert take(THREE, LIBRARY)
    assert take(Limit("test.other", 1, timedelta(hours=1)), HOME)


def test_looking_counts_nothing_and_zero_allows_everything() -> None:
    assert not is_full(THREE, HOME)
    none = Limit("test.none", 0, timedelta(hours=1))
    assert [take(none, HOME) for _ in range(3)] == [True] * 3
    assert not is_full(none, HOME)
    assert AddressCount.objects.count() == 0


def test_what_is_rolled_back_is_not_counted() -> None:
    one = Limit("test.one", 1, timedelta(hours=1))
    with transaction.atomic():
        assert take(one, HOME)
        transaction.set_rollback(True)
    assert take(one, HOME)


def test_a_clock_that_was_set_back_shuts_nobody_out() -> None:
    with time_machine.travel(NOON + timedelta(days=365), tick=False):
        for _ in range(3):
            take(THREE, HOME)
    with time_machine.travel(NOON, tick=False):
        assert not is_full(THREE, HOME)
        assert take(THREE, HOME)


def test_an_address_is_stored_only_as_a_hash_and_forgotten_with_its_window() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        take(THREE, HOME)
        assert HOME not in str(list(AddressCount.objects.values()))
        clock.shift(timedelta(minutes=59))
        assert forget_old() == 0
        clock.shift(timedelta(minutes=1))
        assert forget_old() == 1
