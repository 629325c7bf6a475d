from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from turvaverkko.core.actors import SystemActor
from turvaverkko.trail.access_log import erasure, sealing
from turvaverkko.trail.access_log.erasure import Erasure, erase_before
from turvaverkko.trail.access_log.findings import Fault, Finding, Remark
from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
from turvaverkko.trail.access_log.sealing import seal
from turvaverkko.trail.access_log.verifying import verify
from turvaverkko.trail.models import LogEntry
from turvaverkko.trail.tests.access_log_world import ENTRIES, SEALS, execute, faults, sealed_log, tampered

pytestmark = pytest.mark.django_db
NOW = datetime(2040, 3, 1, 12, tzinfo=UTC)
LIMIT = datetime(2028, 1, 1, tzinfo=UTC)
RETENTION = SystemActor("retention")


@pytest.fixture
def old_log() -> None:
    """Seals of 2026, 2027, 2028 and 2039; today is in 2040."""
    for year, count in ((2026, 3), (2027, 2), (2028, 4), (2039, 1)):
        with time_machine.travel(datetime(year, 6, 1, 12, tzinfo=UTC), tick=False):
            sealed_log(count)


def erase(limit: datetime = LIMIT, *, dry_run: bool = False) -> Erasure:
    with time_machine.travel(NOW, tick=False):
        return erase_before(limit, actor=RETENTION, dry_run=dry_run)


def look() -> set[Fault]:
    with time_machine.travel(NOW):
        return faults()


def test_old_rows_go_and_what_stays_is_still_verified(old_log: None) -> None:
    assert erase() == Erasure(rows=5, through=2, certificate=5)
    assert AccessEntry.objects.count() == 5
    assert list(AccessSeal.objects.order_by("number").values_list("number", flat=True)) == [3, 4, 5]
    with time_machine.travel(NOW):
        report = verify()
        assert report.is_whole
        assert report.remarks == [(Remark.ERASED, "5 < 2028-01-01T00:00:00+00:00")]
        sealed_log(2)
        assert faults() == set()


def test_the_certificate_says_what_went_and_the_trail_who_did_it(old_log: None) -> None:
    erase()
    certificate = AccessSeal.objects.get(kind="erasure")
    assert (certificate.count, certificate.erased_through, certificate.erased_before) == (5, 2, LIMIT)
    assert (certificate.total, certificate.erased_head != "") == (10, True)
    entry = LogEntry.objects.get(kind="trail.erase_access_log")
    assert (entry.actor, entry.audience) == ("system:retention", "audit")
    assert entry.payload == {"through": 2, "certificate": 5, "limit": "2028-01-01"}


def test_a_dry_run_tells_and_leaves_everything(old_log: None) -> None:
    assert erase(dry_run=True) == Erasure(rows=5, through=2)
    assert AccessEntry.objects.count() == 10
    assert AccessSeal.objects.count() == 4


def test_erasing_again_begins_from_the_certificate(old_log: None) -> None:
    erase()
    with time_machine.travel(datetime(2041, 3, 1, tzinfo=UTC), tick=False):
        done = erase_before(datetime(2029, 1, 1, tzinfo=UTC), actor=RETENTION)
        assert done == Erasure(rows=4, through=3, certificate=6)
        assert faults() == set()
    assert list(AccessSeal.objects.order_by("number").values_list("number", flat=True)) == [4, 5, 6]


def test_when_everything_is_old_the_certificate_alone_stays(old_log: None) -> None:
    with time_machine.travel(datetime(2060, 1, 1, tzinfo=UTC), tick=False):
        done = erase_before(datetime(2045, 1, 1, tzinfo=UTC), actor=RETENTION)
        assert (done.rows, AccessEntry.objects.count(), AccessSeal.objects.count()) == (10, 0, 1)
        assert faults() == set()
        sealed_log(2)
        assert faults() == set()
        assert erase_before(datetime(2045, 1, 1, tzinfo=UTC), actor=RETENTION) == Erasure(0, 0)


def test_nothing_old_enough_leaves_no_certificate(old_log: None) -> None:
    assert erase(datetime(2020, 1, 1, tzinfo=UTC)) == Erasure(0, 0)
    assert AccessSeal.objects.count() == 4


def test_what_must_be_kept_is_not_erased(old_log: None) -> None:
    with pytest.raises(ValueError, match="12 years"):
        erase(datetime(2028, 3, 2, tzinfo=UTC))
    assert AccessEntry.objects.count() == 10


def test_tampering_after_an_erasure_is_found(old_log: None) -> None:
    erase()
    with tampered():
        execute(f"UPDATE {ENTRIES} SET actor = 'bertta' WHERE id = (SELECT min(id) FROM {ENTRIES})")
        assert look() == {Fault.ROW_CHANGED}
    with tampered():
        execute(f"DELETE FROM {SEALS} WHERE kind = 'erasure'")
        assert Fault.SEAL_MISSING in look()
    with tampered():
        execute(f"UPDATE {SEALS} SET count = 4 WHERE kind = 'erasure'")
        assert look() == {Fault.SEAL_CHANGED}


def test_a_forged_certificate_over_young_rows_is_found(old_log: None) -> None:
    """The administrator uses our own code and lies about the limit: the anchor knows the age of seals."""
    with time_machine.travel(NOW, tick=False), tampered():
        end = AccessSeal.objects.get(number=4)
        erasure._erase(end, 10, LIMIT, RETENTION)
        assert faults() == {Fault.ERASED_TOO_EARLY}
        sealing._agree(accept_other_end=False)  # the sealer anchors it unknowingly
        assert verify().findings == [Finding(Fault.ERASED_TOO_EARLY, (5, 5))]
    with time_machine.travel(NOW, tick=False), tampered():
        erasure._erase(end, 10, datetime(2039, 12, 1, tzinfo=UTC), RETENTION)
        assert Fault.ERASED_TOO_EARLY in faults()


def test_a_kill_between_certificate_and_anchor_is_mended_by_the_next_round(
    old_log: None, monkeypatch: pytest.MonkeyPatch, anchor_file: Path
) -> None:
    def power_cut(_: AccessSeal) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(erasure.anchor, "add", power_cut)
        with pytest.raises(KeyboardInterrupt):
            erase()
    with time_machine.travel(NOW):
        report = verify()
        assert (report.is_whole, AccessEntry.objects.count()) == (True, 5)
        assert (Remark.NOT_YET_ANCHORED, "5") in report.remarks
        seal()
        assert faults() == set()
    assert len(anchor_file.read_text().splitlines()) == 5


def test_the_command_tells_first_and_erases_when_told(old_log: None) -> None:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("erase_access_log", "--before", "2028-01-01", stdout=out)
        assert AccessEntry.objects.count() == 10
        call_command("erase_access_log", "--before", "2028-01-01", "--erase", stdout=out)
        with pytest.raises(CommandError):
            call_command("erase_access_log", "--before", "2039-01-01", "--erase")
        with pytest.raises(CommandError):
            call_command("erase_access_log", "--before", "once")
    assert AccessEntry.objects.count() == 5
    assert "Rivejä 5, sinettejä sinettiin 2 asti." in out.getvalue()
    assert "Todistus: sinetti 5." in out.getvalue()
