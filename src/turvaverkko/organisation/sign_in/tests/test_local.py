"""The local account behind the port, as stories."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from turvaverkko.core import time_source
from turvaverkko.organisation.models import BackupCode, SecondFactor, SignInTries, Staff
from turvaverkko.organisation.sign_in import factors, services
from turvaverkko.organisation.sign_in.local import LocalAccounts
from turvaverkko.organisation.sign_in.port import Delayed, Identity, Refused, Stale
from turvaverkko.organisation.sign_in.rules import FREE_TRIES, Key, grouped
from turvaverkko.organisation.sign_in.tests.conftest import (
    EMAIL,
    PASSWORD,
    Clock,
    code_now,
    wrong_code,
)
from turvaverkko.trail.models import LogEntry

pytestmark = pytest.mark.django_db
PORT = LocalAccounts()
OFFICE, HOME = "192.0.2.1", "198.51.100.7"


def attempt(code: str, *, email: str = EMAIL, password: str = PASSWORD, address: str = OFFICE) -> Identity:
    challenge = PORT.begin({"email": email, "password": password}, address=address)
    return PORT.verify({"challenge": challenge.token, "code": code}, address=address)


def fail(times: int, address: str = OFFICE, email: str = EMAIL) -> None:
    for _ in range(times):
        with pytest.raises(Refused):
            attempt(wrong_code(), address=address, email=email)


def test_password_and_code_together_say_who_it_is(aino: Staff) -> None:
    found = attempt(code_now(), email="  AINO@Example.invalid ")
    assert (found.staff, found.adapter, found.means) == (aino, "local", "code")


def test_a_code_is_good_once(aino: Staff, clock: Clock) -> None:
    code = code_now()
    attempt(code)
    with pytest.raises(Refused):
        attempt(code)
    clock.on(seconds=30)
    assert attempt(code_now()).staff == aino


def test_of_two_who_bring_one_code_at_once_one_comes_in(aino: Staff) -> None:
    step_before = SecondFactor.objects.get(staff=aino)
    code = code_now()
    assert factors.spend(aino, code) == "code"
    # The other had read the row before the first wrote it.
    taken = SecondFactor.objects.filter(
        pk=step_before.pk, last_step__lt=factors.first_step(step_before.secret, code)
    )
    assert taken.update(last_step=1) == 0


@pytest.mark.parametrize(
    ("email", "password"),
    [
        pytest.param(EMAIL, "väärä sana", id="wrong password"),
        pytest.param("ei.ole@example.invalid", PASSWORD, id="unknown account"),
        pytest.param("", "", id="nothing"),
        pytest.param("🦊" * 300 + "\u202e\x00", "\u202e" * 100_000, id="foxes, marks and a long password"),
    ],
)
def test_whatever_does_not_fit_is_refused_alike(aino: Staff, email: str, password: str) -> None:
    with pytest.raises(Refused) as refused:
        attempt(code_now(), email=email, password=password)
    assert str(refused.value) == ""
    # The owner's code was not used up by it.
    assert attempt(code_now()).staff == aino


def test_an_ended_account_and_one_without_an_authenticator_are_nobody(aino: Staff) -> None:
    SecondFactor.objects.all().delete()
    with pytest.raises(Refused):
        attempt(code_now())
    SecondFactor.objects.create(staff=aino, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    Staff.objects.update(is_active=False)
    with pytest.raises(Refused):
        attempt(code_now())


def test_demo_accounts_are_nobody_in_production(aino: Staff, settings: object) -> None:
    settings.DEMO = False
    with pytest.raises(Refused):
        attempt(code_now())


@contextmanager
def hashings() -> Iterator[list[str]]:
    """Count what the password hasher was asked to do."""
    done: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode

    def counted(self: object, password: str, *rest: object) -> str:
        done.append("hash")
        return encode(self, password, *rest)

    hasher.encode = counted
    try:
        yield done
    finally:
        hasher.encode = encode


def work_of(email: str, password: str) -> tuple[int, int]:
    """How often the hasher worked and the database was asked."""
    with (
        hashings() as done,
        CaptureQueriesContext(
            connection,
        ) as asked,
        pytest.raises(Refused),
    ):
        attempt(wrong_code(), email=email, password=password)
    return len(done), len(asked)


def test_a_stranger_learns_nothing_from_the_work_done(aino: Staff) -> None:
    fail(1)  # counters are made once, and nobody's password once in the life of a process
    fail(1, email="ei.ole@example.invalid")
    right = work_of(EMAIL, PASSWORD)
    wrong = work_of(EMAIL, "väärä sana")
    unknown = work_of("ei.ole@example.invalid", PASSWORD)
    assert right == wrong
    assert right[0] == wrong[0] == unknown[0] == 1
    assert abs(right[1] - unknown[1]) <= 1


def test_the_challenge_hides_what_was_found_and_grows_old(aino: Staff, clock: Clock) -> None:
    known = PORT.begin({"email": EMAIL, "password": PASSWORD}, address=OFFICE).token
    assert EMAIL not in known
    assert not re.search("aino", known, re.IGNORECASE)
    clock.on(minutes=5, seconds=1)
    with pytest.raises(Stale) as stale:
        PORT.verify({"challenge": known, "code": code_now()}, address=OFFICE)
    assert stale.value.name == EMAIL
    for forged in ("", "x", "ä", known[:-4] + "AAAA"):
        with pytest.raises(Stale):
            PORT.verify({"challenge": forged, "code": code_now()}, address=OFFICE)


def test_delays_grow_and_the_right_code_waits_too(aino: Staff, clock: Clock) -> None:
    fail(FREE_TRIES[Key.PAIR] + 1)
    with pytest.raises(Delayed) as delayed:
        attempt(code_now())
    assert (delayed.value.until - time_source.now()).total_seconds() == 5
    clock.on(seconds=6)
    fail(1)
    with pytest.raises(Delayed) as delayed:
        attempt(code_now())
    assert (delayed.value.until - time_source.now()).total_seconds() == 10


def test_an_unknown_account_is_delayed_like_a_known_one(aino: Staff) -> None:
    fail(FREE_TRIES[Key.PAIR] + 1, email="ei.ole@example.invalid")
    with pytest.raises(Delayed):
        attempt(code_now(), email="ei.ole@example.invalid")


def test_a_sign_in_begins_the_count_anew(aino: Staff, clock: Clock) -> None:
    fail(FREE_TRIES[Key.PAIR])
    attempt(code_now())
    clock.on(seconds=30)
    fail(FREE_TRIES[Key.PAIR])
    assert attempt(code_now()).staff == aino


def test_failures_elsewhere_do_not_keep_a_colleague_out(aino: Staff, clock: Clock) -> None:
    attempt(code_now(), address=HOME)
    for round_ in range(FREE_TRIES[Key.ACCOUNT] + 3):
        with suppress(Refused, Delayed):
            attempt(wrong_code(), address=f"203.0.113.{round_}")
    with pytest.raises(Delayed):  # from a place where she never was
        attempt(code_now(), address="203.0.113.200")
    clock.on(seconds=30)
    assert attempt(code_now(), address=HOME).staff == aino


def test_a_backup_code_does_not_wait_for_the_account(aino: Staff) -> None:
    codes = services.renew_backup_codes(aino, aino)
    fail(FREE_TRIES[Key.PAIR] + 1)
    with pytest.raises(Delayed):
        attempt(code_now())
    assert attempt(grouped(codes[3]).lower()).means == "backup-code"


def test_a_backup_code_works_once_and_new_ones_replace_the_old(aino: Staff) -> None:
    codes = services.renew_backup_codes(aino, aino)
    assert len(set(codes)) == 10
    assert not BackupCode.objects.filter(digest__in=codes).exists()
    attempt(codes[0])
    with pytest.raises(Refused):
        attempt(codes[0])
    services.renew_backup_codes(aino, aino)
    with pytest.raises(Refused):
        attempt(codes[1])


def test_one_address_that_tries_every_account_is_slowed(aino: Staff) -> None:
    with pytest.raises(Delayed):  # noqa: PT012 - until it happens
        for number in range(FREE_TRIES[Key.ADDRESS]):
            with pytest.raises(Refused):
                attempt("000000", email=f"nobody{number}@example.invalid")


def test_a_morning_of_a_whole_office_is_no_attack(aino: Staff, clock: Clock) -> None:
    for _ in range(3):
        attempt(code_now())
        clock.on(seconds=30)
    assert SignInTries.objects.filter(tries__gt=0).count() == 0


def test_the_trail_tells_of_failures_without_words(aino: Staff) -> None:
    fail(1)
    fail(1, email="ei.ole@example.invalid")
    of_nobody, of_aino = LogEntry.objects.filter(kind="organisation.sign_in_refused").order_by("-id")
    assert (of_aino.subject_id, of_aino.actor) == (aino.public_id, "anonymous")
    assert of_nobody.subject_id == ""
    assert of_nobody.payload == {"delayed": False}
    stored = str(list(LogEntry.objects.values())) + str(list(SignInTries.objects.values()))
    assert "ei.ole" not in stored
    assert OFFICE not in stored


def test_the_secret_lies_encrypted(aino: Staff) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM organisation_secondfactor")
        assert "JBSWY3DP" not in cursor.fetchone()[0]
