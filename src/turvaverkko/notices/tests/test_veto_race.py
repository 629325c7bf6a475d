"""A veto while a letter is on its way out: it is seen, or it waits until the letter has gone."""

import threading
import time
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection

from turvaverkko.core.actors import SystemActor
from turvaverkko.core.jobs.testing import drain
from turvaverkko.notices.addresses import Address
from turvaverkko.notices.models import Notice, Veto
from turvaverkko.notices.rules import HOLD
from turvaverkko.notices.services import veto_address, veto_matter
from turvaverkko.notices.tests.conftest import AINO, MATTER, posted
from turvaverkko.notices.tests.post_office import PostOffice

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = SystemActor("tests")


def forbid_matter() -> None:
    try:
        veto_matter(SYSTEM, MATTER, reason="danger")
    finally:
        connection.close()


def forbid_address() -> None:
    try:
        veto_address(SYSTEM, Address(AINO), reason="asked")
    finally:
        connection.close()


@pytest.mark.parametrize("forbid", [forbid_matter, forbid_address])
def test_a_veto_committed_after_the_job_began_stops_the_letter(
    office: PostOffice, clock: time_machine.Traveller, forbid: Callable[[], None]
) -> None:
    """The veto comes while the connection is being opened: the notice is already "sending"."""
    office.answers["EHLO"] = [forbid]
    posted()
    clock.shift(HOLD.total_seconds() + 1)
    drain()
    assert office.letters == []
    notice = Notice.objects.get()
    assert (notice.state, notice.because, notice.address) == ("stopped", "veto", "")
    assert (notice.attempts, Veto.objects.count()) == (1, 1)


# The tests' SQLite lives in memory, where two who write refuse each other instead of waiting.
@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite files: tests/faults")
@pytest.mark.parametrize("forbid", [forbid_matter, forbid_address])
def test_a_veto_given_while_the_letter_leaves_waits_for_it(
    office: PostOffice, clock: time_machine.Traveller, forbid: Callable[[], None]
) -> None:
    """So that once a veto is answered, nothing leaves any more."""
    thread = threading.Thread(target=forbid)
    waited: list[bool] = []

    def while_it_leaves() -> None:
        thread.start()
        time.sleep(0.4)
        waited.append(thread.is_alive())

    office.answers["DATA"] = [while_it_leaves]
    posted()
    clock.shift(HOLD.total_seconds() + 1)
    drain()
    thread.join(timeout=10)
    assert waited == [True]
    assert len(office.letters) == 1
    assert Notice.objects.get().state == "sent"
    assert Veto.objects.count() == 1
    assert posted("next").state == "stopped"
