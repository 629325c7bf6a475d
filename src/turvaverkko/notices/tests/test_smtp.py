"""Delivery to a real SMTP server: when it works, and in the ways in which it does not."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings

from turvaverkko.core.jobs import rules as job_rules
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.notices import rules
from turvaverkko.notices.adapters import mail
from turvaverkko.notices.models import Notice
from turvaverkko.notices.tests.conftest import AINO, posted
from turvaverkko.notices.tests.post_office import TOO_LATE, PostOffice, free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "ANSWER_WITHIN", 0.6)


def go(clock: time_machine.Traveller, wait: timedelta = rules.HOLD) -> Notice:
    clock.shift(wait + timedelta(seconds=1))
    drain()
    return Notice.objects.get()


def test_a_letter_arrives_whole(office: PostOffice, clock: time_machine.Traveller) -> None:
    posted(language="ar")
    notice = go(clock)
    assert notice.state == "sent"
    (letter,) = office.letters
    assert letter["To"] == AINO
    assert letter["Message-ID"] == notice.message_id == f"<{notice.public_id}@perhekeskus.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"].addresses[0].addr_spec == "ilmoitukset@perhekeskus.example"
    assert letter["Reply-To"] is None
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "https://perhekeskus.example/ar/" in plain.get_content()
    assert 'dir="rtl"' in html.get_content()
    assert letter["Date"].datetime == notice.posted_at.replace(microsecond=0)


def test_a_discreet_letter_names_no_sender(office: PostOffice, clock: time_machine.Traveller) -> None:
    posted(discreet=True)
    go(clock)
    (letter,) = office.letters
    assert letter["From"] == "ilmoitukset@perhekeskus.example"
    assert letter["Subject"] == "Sinulle on uusi ilmoitus"


def test_greylisted_then_accepted(office: PostOffice, clock: time_machine.Traveller) -> None:
    office.answers["RCPT"] = ["450 4.7.1 greylisted, try again later"] * 2
    posted()
    notice = go(clock)
    assert (notice.state, notice.because, office.letters) == ("failed", "smtp-450", [])
    assert go(clock, job_rules.FIRST_WAIT).because == "smtp-450"
    notice = go(clock, job_rules.FIRST_WAIT * 2)
    assert (notice.state, notice.because, notice.attempts) == ("sent", "", 3)
    assert len(office.letters) == 1


@pytest.mark.parametrize(
    "no",
    [("RCPT", "550 5.1.1 no such user aino", "smtp-550"), ("DATA", "554 5.7.1 rejected", "smtp-554")],
)
def test_a_no_to_recipient_or_letter_is_final(
    office: PostOffice,
    clock: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
    no: tuple[str, str, str],
) -> None:
    verb, answer, code = no
    office.answers[verb] = [answer]
    with caplog.at_level(logging.DEBUG):
        posted()
        notice = go(clock)
        assert (notice.state, notice.because) == ("dead", code)
        go(clock, timedelta(days=2))
    assert office.letters == []
    assert Job.objects.filter(state__in=["waiting", "dead"]).count() == 0
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the server's
    assert any(f"because={code}" in line for line in ours)
    assert AINO not in str(ours)
    assert "no such user" not in str(ours)


def test_a_server_that_does_not_let_us_in_is_tried_again(
    office: PostOffice, clock: time_machine.Traveller
) -> None:
    office.answers["EHLO"] = ["554 go away"]
    office.answers["HELO"] = ["554 go away"]
    posted()
    notice = go(clock)
    assert (notice.state, notice.because) == ("failed", "smtp-554")
    assert go(clock, job_rules.FIRST_WAIT).state == "sent"


@pytest.mark.parametrize("verb", ["RCPT", "DATA"])
def test_a_slow_server_is_not_waited_for(
    office: PostOffice, clock: time_machine.Traveller, verb: str
) -> None:
    office.answers[verb] = [1.5]
    posted()
    began = time.perf_counter()
    notice = go(clock)
    assert time.perf_counter() - began < 1.4
    assert (notice.state, notice.because) == ("failed", "timeout")
    assert go(clock, job_rules.FIRST_WAIT).state == "sent"


def test_a_repeated_letter_has_the_same_message_id(office: PostOffice, clock: time_machine.Traveller) -> None:
    """The server took the letter, but too late for us to hear it: nobody can tell, so it is sent again."""
    office.answers["DATA"] = [TOO_LATE]
    posted()
    assert go(clock).because == "timeout"
    assert go(clock, job_rules.FIRST_WAIT).state == "sent"
    assert len(office.letters) == 2
    assert len({letter["Message-ID"] for letter in office.letters}) == 1
    assert len({letter["Date"] for letter in office.letters}) == 1


def test_a_server_that_dies_in_the_middle(office: PostOffice, clock: time_machine.Traveller) -> None:
    office.answers["DATA"] = ["hang up"]
    posted()
    notice = go(clock)
    assert (notice.state, notice.because) == ("failed", "disconnected")
    assert go(clock, job_rules.FIRST_WAIT).state == "sent"
    assert len(office.letters) == 1


def test_an_outage_of_a_day_is_outlasted(clock: time_machine.Traveller, settings: Settings) -> None:
    port = free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    posted()
    began = Notice.objects.get().posted_at
    notice = go(clock)
    assert (notice.state, notice.because) == ("failed", "refused")
    while notice.due_at - began < timedelta(hours=24):
        clock.move_to(notice.due_at + timedelta(seconds=1))
        drain()
        notice.refresh_from_db()
        assert notice.state == "failed"
    office = PostOffice(port).open()
    try:
        clock.move_to(notice.due_at + timedelta(seconds=1))
        drain()
    finally:
        office.close()
    notice.refresh_from_db()
    assert notice.state == "sent"
    assert notice.attempts > 20
    assert len(office.letters) == 1


def test_patience_ends_in_a_dead_letter(clock: time_machine.Traveller, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    posted()
    notice = go(clock)
    while notice.state == "failed":
        clock.move_to(notice.due_at + timedelta(seconds=1))
        drain()
        notice.refresh_from_db()
    assert (notice.state, notice.because) == ("dead", "refused")
    assert notice.ended_at is not None
    lasted = notice.ended_at - notice.posted_at
    assert rules.PATIENCE < lasted < rules.PATIENCE + job_rules.LONGEST_WAIT * 2


@pytest.fixture
def dripping(settings: Settings) -> Iterator[threading.Event]:
    """A server that greets well and then answers one byte at a time, faster than any single wait allows."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        client, _ = listener.accept()
        with client:
            client.sendall(b"220 slow\r\n")
            client.recv(1000)
            client.sendall(b"250 slow\r\n")
            client.recv(1000)
            while not stop.wait(0.1):
                try:
                    client.sendall(b"2")
                except OSError:
                    stop.set()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", listener.getsockname()[1]
    yield stop
    stop.set()
    thread.join()
    listener.close()


def test_a_server_that_drips_is_hung_up_on(
    dripping: threading.Event, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LETTER_WITHIN", 1.0)
    posted()
    began = time.perf_counter()
    notice = go(clock)
    assert 0.9 < time.perf_counter() - began < 3
    assert (notice.state, notice.because) == ("failed", "timeout")
