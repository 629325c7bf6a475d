"""Calendar feeds, read back by a library and taken in by a real calendar server."""

import socket
import subprocess
import sys
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar, Event

from turvaverkko.core.time_source import HELSINKI
from turvaverkko.directory.models import Happening
from turvaverkko.directory.tests import happenings_world, pages_world
from turvaverkko.directory.tests.pages_world import MONDAY_MORNING

pytestmark = pytest.mark.usefixtures("happenings")
# Unit: seconds. Far more than a server of a few lines needs to start.
PATIENCE = 20


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def happenings(_monday_morning: None, small_county: None) -> None:
    happenings_world.build()


def feed(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content


def entries(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def told(content: bytes) -> list[str]:
    return [f"{one.start.astimezone(HELSINKI):%d.%m. %H.%M} {one['STATUS']}" for one in entries(content)]


def test_every_time_of_a_happening_is_an_entry_with_its_state(client: Client) -> None:
    content = feed(client, "/tapahtumat/perhekahvila/kalenteri.ics")
    assert told(content) == [
        "10.11. 10.00 CONFIRMED",
        "17.11. 10.00 CONFIRMED",
        "24.11. 10.00 CANCELLED",
        "02.12. 10.00 CONFIRMED",
        "08.12. 10.00 CONFIRMED",
        "15.12. 10.00 CONFIRMED",
    ]
    first = entries(content)[2]
    assert first["SUMMARY"] == "Tiistain perhekahvila"
    assert first["LOCATION"] == "Kohtaamispaikka Tupa, Koulutie 0, 91900 Liminka"
    assert first["URL"] == "http://testserver/tapahtumat/perhekahvila/"
    assert "Peruttu. Vesivahinko." in first["DESCRIPTION"]
    assert "0–6-vuotiaat" in first["DESCRIPTION"]
    assert entries(content)[3]["LOCATION"].startswith("Perhenurkka")


def test_names_are_unique_and_stay_when_a_time_is_moved_and_in_every_language(client: Client) -> None:
    def uids(prefix: str = "") -> list[str]:
        return [
            str(one["UID"])
            for one in entries(feed(client, f"{prefix}/tapahtumat/perhekahvila/kalenteri.ics"))
        ]

    before = uids()
    assert len(set(before)) == len(before) == 6
    assert before == uids("/sv")
    happenings_world.change("perhekahvila", date(2026, 12, 8), "moved", new_day=date(2026, 12, 9))
    assert sorted(uids()) == sorted(before)
    public_id = Happening.objects.get(slug="perhekahvila").public_id
    assert f"{public_id}-20261208-0@turvaverkko" in before


def test_an_entry_tells_when_it_last_changed(client: Client) -> None:
    address = "/tapahtumat/laksytupa/kalenteri.ics"
    before = {str(one["UID"]): one["LAST-MODIFIED"].dt for one in entries(feed(client, address))}
    assert set(before.values()) == {MONDAY_MORNING.astimezone(UTC)}
    later = datetime(2026, 11, 24, 12, tzinfo=HELSINKI)
    with time_machine.travel(later, tick=False):
        happenings_world.change("laksytupa", date(2026, 12, 7), "cancelled")
        after = {str(one["UID"]): one["LAST-MODIFIED"].dt for one in entries(feed(client, address))}
    changed = [uid for uid in before if after[uid] != before[uid]]
    assert [uid.split("-")[1] for uid in changed] == ["20261207"]
    assert after[changed[0]] == later.astimezone(UTC)


def test_a_series_stays_at_its_hour_when_the_clocks_are_turned(client: Client) -> None:
    found = {one.start.date(): one for one in entries(feed(client, "/tapahtumat/laksytupa/kalenteri.ics"))}
    winter, summer = found[date(2027, 3, 22)], found[date(2027, 4, 5)]
    assert [one.start.strftime("%H.%M") for one in (winter, summer)] == ["14.00", "14.00"]
    assert [one.start.astimezone(UTC).hour for one in (winter, summer)] == [12, 11]
    assert str(winter["DTSTART"].params["TZID"]) == "Europe/Helsinki"


def test_one_time_has_a_calendar_of_its_own_under_its_day_of_the_series(client: Client) -> None:
    content = feed(client, "/tapahtumat/perhekahvila/2026-12-01/0.ics")
    assert told(content) == ["02.12. 10.00 CONFIRMED"]
    for address in (
        "2026-12-02/0.ics",
        "2026-12-01/1.ics",
        "eilen/0.ics",
        "2026-12-01/99999999999999999999.ics",
    ):
        assert client.get(f"/tapahtumat/perhekahvila/{address}").status_code == 404


def names(content: bytes) -> set[str]:
    return {str(one["SUMMARY"]) for one in entries(content)}


def test_a_place_and_a_list_have_calendars(client: Client) -> None:
    assert names(feed(client, "/paikat/tupa/kalenteri.ics")) == {
        "Tiistain perhekahvila", "Hoitaja Tuvalla", "Syyskerho",
    }  # fmt: skip
    assert names(feed(client, "/tapahtumat/kalenteri.ics?laji=party&laji=outreach")) == {
        "Saaren joulujuhla",
        "Hoitaja Tuvalla",
    }
    assert told(feed(client, "/tapahtumat/kalenteri.ics?helppous=verkossa&paiva=su")) == [
        "22.11. 21.00 CONFIRMED",
        "29.11. 21.00 CONFIRMED",
        "13.12. 21.00 CONFIRMED",
        "20.12. 21.00 CONFIRMED",
    ]
    assert entries(feed(client, "/tapahtumat/kalenteri.ics?laji=party&kieli=so")) == []
    assert (
        Calendar.from_ical(feed(client, "/paikat/tupa/kalenteri.ics"))["X-WR-CALNAME"]
        == "Kohtaamispaikka Tupa"
    )


def test_an_unchanged_feed_is_not_sent_again_before_the_day_turns(client: Client) -> None:
    address = "/paikat/tupa/kalenteri.ics"
    first = client.get(address)
    known = {"If-None-Match": first["ETag"]}
    with time_machine.travel(datetime(2026, 11, 23, 23, 50, tzinfo=HELSINKI), tick=False):
        assert client.get(address, headers=known).status_code == 304
        happenings_world.change("perhekahvila", date(2026, 12, 15), "cancelled")
        assert client.get(address, headers=known).status_code == 200
    with time_machine.travel(datetime(2026, 11, 24, 0, 1, tzinfo=HELSINKI), tick=False):
        assert client.get(address, headers=known).status_code == 200


def test_a_feed_is_the_same_bytes_until_something_changes(client: Client) -> None:
    first = feed(client, "/tapahtumat/kalenteri.ics")
    with time_machine.travel(datetime(2026, 11, 23, 13, tzinfo=HELSINKI), tick=False):
        assert feed(client, "/tapahtumat/kalenteri.ics") == first


def test_what_people_wrote_cannot_break_out_of_its_line(client: Client) -> None:
    hostile = "Kerho; klo 10, tule\r\nEND:VEVENT\nBEGIN:VEVENT \\ ääkköset " + "ö" * 100
    pages_world.happening("outo", hostile, ("once", date(2026, 12, 1), None, time(9), time(10)), place="tupa")
    (entry,) = entries(feed(client, "/tapahtumat/outo/kalenteri.ics"))
    assert str(entry["SUMMARY"]) == " ".join(hostile.split())
    for line in feed(client, "/tapahtumat/outo/kalenteri.ics").split(b"\r\n"):
        assert len(line) <= 75


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Radicale server of one's own: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}",
        "--auth-type", "none", "--storage-filesystem-folder", str(tmp_path_factory.mktemp("radicale")),
    ]  # fmt: skip
    log = Path(tmp_path_factory.mktemp("log")) / "radicale.log"
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out) as server:
        try:
            _wait_for(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE * 10):
        assert server.poll() is None, log.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    pytest.fail(log.read_text())


def asked(method: str, address: str, content: bytes = b"") -> tuple[int, bytes]:
    headers = {
        "Authorization": f"Basic {b64encode(b'perhe:x').decode()}",
        "Content-Type": "text/calendar; charset=utf-8",
    }
    request = urllib.request.Request(address, data=content or None, headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.status, answer.read()


def test_a_calendar_server_takes_the_feed_and_gives_it_back(client: Client, radicale: str) -> None:
    content = feed(client, "/tapahtumat/kalenteri.ics")
    address = f"{radicale}/perhe/tapahtumat/"
    assert asked("PUT", address, content)[0] == 201
    _, back = asked("GET", address)

    def as_told(calendar: bytes) -> dict[str, tuple[object, ...]]:
        return {
            str(one["UID"]): (
                one.start,
                one.end,
                str(one["SUMMARY"]),
                str(one["STATUS"]),
                str(one["LOCATION"]),
            )
            for one in entries(calendar)
        }

    assert as_told(back) == as_told(content)
    assert len(as_told(back)) > 40
    # The same happening again, one morning cancelled: the entry of the same name is replaced.
    happenings_world.change("laksytupa", date(2026, 11, 30), "cancelled")
    asked("PUT", address, feed(client, "/tapahtumat/kalenteri.ics"))
    _, after = asked("GET", address)
    states = {uid: one[3] for uid, one in as_told(after).items()}
    assert len(states) == len(as_told(back))
    cancelled = sorted(uid.split("-")[1] for uid, state in states.items() if state == "CANCELLED")
    assert cancelled == ["20261124", "20261130"]
