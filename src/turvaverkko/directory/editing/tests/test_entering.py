"""A link and a code: either alone opens nothing, and nobody learns who has an account."""

import re

import pytest
import time_machine
from django.test import Client

from turvaverkko.core.models import Job
from turvaverkko.directory.editing.models import SignInLink
from turvaverkko.directory.editing.tests.conftest import HOME, NEW, Cast, address_in, letters, typed
from turvaverkko.notices.models import Notice
from turvaverkko.organisation.models import SecondFactor, StaffSession

ASK = "/kirjaudu/linkki/"
OIVA = "oiva@example.invalid"


def ask(email: str = OIVA, **more: str) -> str:
    """Ask for a link; return the code of the page."""
    answer = Client().post(ASK, {"email": email, **more})
    assert answer.status_code == 200
    shown = re.search(r'id="koodi">(.*?)</p>', answer.content.decode())
    assert shown
    code = re.sub(r"\D", "", shown[1])
    assert len(code) == 6
    return code


def other(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture
def link(cast: Cast, mailoutbox: list[object]) -> tuple[str, str]:
    code = ask()
    return address_in(letters(mailoutbox)[-1]), code


def test_link_and_code_open_once(link: tuple[str, str]) -> None:
    path, code = link
    assert Client().post(path, {"code": f" {code[:3]} {code[3:]} "}).headers["Location"] == HOME
    again = Client().post(path, {"code": code})
    assert again.status_code == 410
    assert StaffSession.objects.filter(staff__email=OIVA).count() == 2  # with that of the cast


def test_opening_the_link_uses_nothing_up_and_shows_nothing(link: tuple[str, str]) -> None:
    path, code = link
    for _look in range(3):  # a mail server looks into every link
        page = Client().get(path)
        assert page.status_code == 200
        assert code not in page.content.decode()
        assert page.headers["Cache-Control"] == "no-store"
    assert Client().post(path, {"code": code}).status_code == 303


def test_a_stolen_link_is_dead_after_five_wrong_codes(link: tuple[str, str]) -> None:
    path, code = link
    for _try in range(5):
        assert Client().post(path, {"code": other(code)}).status_code == 400
    assert Client().post(path, {"code": code}).status_code == 410


def test_the_link_is_good_for_half_an_hour(link: tuple[str, str], clock: time_machine.Traveller) -> None:
    path, code = link
    clock.shift(30 * 60)
    assert Client().post(path, {"code": code}).status_code == 410


def test_the_code_of_another_asking_does_not_fit(link: tuple[str, str]) -> None:
    path, code = link
    newer = ask()
    assert newer != code
    assert Client().post(path, {"code": newer}).status_code == 400


@pytest.mark.parametrize("email", ["nobody@example.invalid", "lempi@example.invalid", "OIVA@example.invalid"])
def test_the_page_is_the_same_whoever_asks(cast: Cast, email: str) -> None:
    known, asked = (Client().post(ASK, {"email": one}).content.decode() for one in (OIVA, email))
    blank = [re.sub(r"\d{3} \d{3}|\S+@\S+", "", page) for page in (known, asked)]
    assert blank[0] == blank[1]
    # An editor signs in with a password and an authenticator: no link goes round those.
    assert SignInLink.objects.count() == (2 if "OIVA" in email else 1)


def test_an_account_with_an_authenticator_gets_no_link(cast: Cast) -> None:
    SecondFactor.objects.create(staff=cast.oiva, secret="x" * 32)
    ask()
    assert not SignInLink.objects.exists()


def test_links_are_counted_for_an_account_whether_there_is_one_or_not(cast: Cast) -> None:
    for email in (OIVA, "nobody@example.invalid"):
        for _asked in range(3):
            ask(email)
        assert Client().post(ASK, {"email": email}).status_code == 429
    assert SignInLink.objects.count() == 3


def test_neither_outbox_nor_jobs_hold_what_opens(link: tuple[str, str]) -> None:
    path, code = link
    mark = path.rstrip("/").rpartition("-")[2]
    kept = [str(row) for model in (Notice, Job, SignInLink) for row in model.objects.values()]
    assert kept
    assert not [row for row in kept if mark in row or code in row]


def test_a_forged_link_opens_nothing(link: tuple[str, str]) -> None:
    path, code = link
    forged = path[:-2] + ("0/" if path[-2] != "0" else "1/")
    assert Client().get(forged).status_code == 410
    assert Client().post(forged, {"code": code}).status_code == 410


def test_who_lost_the_role_meanwhile_stays_outside(link: tuple[str, str], cast: Cast) -> None:
    path, code = link
    cast.oiva.roles.all().delete()
    assert Client().post(path, {"code": code}).status_code == 410


def test_what_was_typed_when_the_session_locked_comes_back(
    cast: Cast, mailoutbox: list[object], clock: time_machine.Traveller
) -> None:
    clock.shift(16 * 60)
    stopped = cast.partner.post(NEW, typed(nimi_fi="Kesken jäänyt"))
    kept = re.search(r"paikka=([\w-]+)", stopped.headers["Location"])
    assert kept
    locked = cast.partner.get(stopped.headers["Location"]).content.decode()
    assert f"{ASK}?paikka={kept[1]}" in locked
    code = ask(paikka=kept[1])
    path = address_in(letters(mailoutbox)[-1])
    back = cast.partner.post(path, {"code": code})
    assert kept[1] in back.headers["Location"]
    assert "Kesken jäänyt" in cast.partner.get(back.headers["Location"]).content.decode()
