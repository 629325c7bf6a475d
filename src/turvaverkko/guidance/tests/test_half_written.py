"""What a guide is writing is kept as it grows, for that guide alone, until it is sent."""

from datetime import timedelta

import time_machine
from django.test import Client

from turvaverkko.guidance.api import ContactRequest, resolve, take
from turvaverkko.guidance.models import HalfWritten
from turvaverkko.guidance.rules import Outcome, Resolution
from turvaverkko.guidance.services.purging import forget_drafts
from turvaverkko.guidance.tests.conftest import Cast, send
from turvaverkko.guidance.tests.test_desk_pages import again, client_of, page_of, path_of, text_of
from turvaverkko.trail.models import LogEntry

Clock = time_machine.Traveller
BEGUN = "Hei, luin viestisi ja aj"


def write(client: Client, request: ContactRequest, **fields: str) -> int:
    return client.post(path_of(request, "kesken/"), fields).status_code


def test_what_was_begun_stands_in_the_box_again_until_it_is_sent(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    desk = client_of(cast.maija)
    assert write(desk, request, vastaus="Hei") == 204
    assert write(desk, request, vastaus=BEGUN, muistiinpano="Soitan ill") == 204
    page = page_of(desk, path_of(request))
    assert (BEGUN in page, "Soitan ill" in page, "Luonnos on tallessa" in text_of(page)) == (True, True, True)
    desk.post(path_of(request, "vastaa/"), {"vastaus": f"{BEGUN}attelin soittaa."})
    page = page_of(desk, path_of(request))
    assert f"{BEGUN}</textarea>" not in page
    assert "Soitan ill" in page
    desk.post(path_of(request, "muistiinpano/"), {"muistiinpano": "Soitan illalla."})
    assert not HalfWritten.objects.exists()


def test_beginning_is_an_entry_and_growing_is_none(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    desk = client_of(cast.maija)
    for text in ("H", "He", "Hei"):
        write(desk, request, vastaus=text)
    entries = LogEntry.objects.filter(kind="guidance.begin_writing", subject_id=request.public_id)
    assert entries.count() == 1
    assert "Hei" not in str(entries[0].payload)


def test_nobody_else_sees_it_and_who_may_not_write_keeps_nothing(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    write(client_of(cast.maija), request, muistiinpano=BEGUN)
    assert BEGUN not in page_of(client_of(cast.lead), path_of(request))
    assert write(client_of(cast.stranger), request, muistiinpano=BEGUN) == 404
    assert HalfWritten.objects.count() == 1


def test_an_emptied_box_is_forgotten_and_so_is_one_left_for_a_week(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    desk = client_of(cast.maija)
    write(desk, request, muistiinpano=BEGUN)
    write(desk, request, muistiinpano="  ")
    assert not HalfWritten.objects.exists()
    write(desk, request, muistiinpano=BEGUN)
    clock.shift(timedelta(days=6))
    forget_drafts()
    assert HalfWritten.objects.exists()
    clock.shift(timedelta(days=2))
    forget_drafts()
    assert not HalfWritten.objects.exists()


def test_an_ended_request_has_no_box_to_answer_in(cast: Cast, clock: Clock) -> None:
    request = send().request
    take(cast.maija, request)
    desk = client_of(cast.maija)
    write(desk, request, vastaus=BEGUN)
    resolve(cast.maija, again(request), resolution=Resolution.ADVISED, outcome=Outcome.UNKNOWN)
    assert BEGUN not in page_of(desk, path_of(request))


def test_it_lies_encrypted_and_what_is_too_long_is_kept_to_be_cut_by_its_writer(
    cast: Cast, clock: Clock
) -> None:
    request = send().request
    take(cast.maija, request)
    write(client_of(cast.maija), request, vastaus="ä" * 10_000)
    kept = HalfWritten.objects.get()
    assert len(kept.text) == 6000
    stored = HalfWritten.objects.extra(select={"raw": "text"}).values_list("raw", flat=True)[0]
    assert "ä" not in stored
