from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from turvaverkko.core import time_source
from turvaverkko.trail.access_log import anchor, canonical, rows, sealing
from turvaverkko.trail.access_log.findings import MOST_SHOWN, Fault, Finding, Remark, Report
from turvaverkko.trail.access_log.models import AccessEntry, AccessSeal
from turvaverkko.trail.access_log.sealing import AnchorDisagrees, seal
from turvaverkko.trail.access_log.verifying import verify
from turvaverkko.trail.tests.access_log_world import (
    ENTRIES,
    SEALS,
    execute,
    faults,
    mighty_hand,
    numbers,
    sealed_log,
    tampered,
    write,
)  # fmt: skip

pytestmark = pytest.mark.django_db
SIZES = (3, 1, 4, 2)
WHOLE_EXAMPLES = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


def verification() -> str:
    from io import StringIO  # noqa: PLC0415

    out = StringIO()
    call_command("verify_access_log", stdout=out)
    return out.getvalue()


def test_seals_cover_every_row_once_and_are_chained() -> None:
    sealed_log(*SIZES)
    seals = list(AccessSeal.objects.order_by("number"))
    assert [one.count for one in seals] == list(SIZES)
    assert [one.total for one in seals] == [3, 4, 8, 10]
    assert [one.previous for one in seals] == ["", *(one.head for one in seals[:-1])]
    assert [one.after_id for one in seals[1:]] == [one.upto_id for one in seals[:-1]]
    assert seal() == sealing.Round(0, 0)
    report = verify()
    assert (report.is_whole, report.rows, report.seals, report.remarks) == (True, 10, 4, [])


def test_the_anchor_has_count_last_id_and_head_of_every_seal(anchor_file: Path) -> None:
    import json  # noqa: PLC0415

    sealed_log(3, 1)
    lines = [json.loads(line) for line in anchor_file.read_text().splitlines()]
    last = AccessSeal.objects.get(number=2)
    assert [line["count"] for line in lines] == [3, 1]
    assert (lines[1]["seal"], lines[1]["total"], lines[1]["last_id"]) == (2, 4, numbers()[-1])
    assert lines[1]["head"] == last.head
    assert anchor_file.stat().st_mode & 0o077 == 0


def test_a_backlog_becomes_several_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "ROWS_IN_A_SEAL", 4)
    write(10)
    assert seal() == sealing.Round(3, 10)
    assert faults() == set()


def test_unsealed_rows_are_told_and_are_no_fault() -> None:
    sealed_log(2)
    write(3)
    report = verify()
    assert report.is_whole
    assert report.remarks[0] == (Remark.UNSEALED, "3")
    assert report.remarks[1][0] == Remark.UNSEALED_SINCE
    assert "sinetöimättömiä rivejä: 3" in verification()


def test_an_empty_log_is_whole() -> None:
    assert seal() == sealing.Round(0, 0)
    assert verify() == Report()


@pytest.fixture
def log_of_ten() -> list[int]:
    sealed_log(*SIZES)
    assert faults() == set()
    return numbers()


TEXT_COLUMNS = [column for column in rows.COLUMNS[1:] if column != "time"]


def test_any_change_of_any_row_is_found_and_named(log_of_ten: list[int]) -> None:
    @WHOLE_EXAMPLES
    @given(which=st.sampled_from(log_of_ten), column=st.sampled_from([*TEXT_COLUMNS, "time"]), data=st.data())
    def change(which: int, column: str, data: st.DataObject) -> None:
        before = AccessEntry.objects.values_list(column, flat=True).get(pk=which)
        value: Any
        if column == "time":
            value = before + timedelta(microseconds=data.draw(st.integers(1, 10**9)))
            value = connection.ops.adapt_datetimefield_value(value)
        else:
            value = data.draw(st.text("abcdefgh-.:", max_size=16))
            assume(value != before)
        with tampered():
            execute(f"UPDATE {ENTRIES} SET {column} = %s WHERE id = %s", value, which)
            assert [finding.row for finding in verify().findings] == [which]
            assert faults() == {Fault.ROW_CHANGED}

    change()


def test_any_deletion_is_found_and_named(log_of_ten: list[int]) -> None:
    @WHOLE_EXAMPLES
    @given(gone=st.sets(st.sampled_from(log_of_ten), min_size=1))
    def delete(gone: set[int]) -> None:
        with tampered():
            execute(f"DELETE FROM {ENTRIES} WHERE id IN ({', '.join(map(str, gone))})")
            report = verify()
            assert {(finding.fault, finding.row) for finding in report.findings} == {
                (Fault.ROW_MISSING, row) for row in gone
            }

    delete()


@pytest.mark.parametrize("what", ["id", "time"])
def test_any_two_rows_that_change_places_are_found(log_of_ten: list[int], what: str) -> None:
    times = dict(AccessEntry.objects.values_list("id", "time"))

    @WHOLE_EXAMPLES
    @given(st.lists(st.sampled_from(log_of_ten), min_size=2, max_size=2, unique=True))
    def swap(pair: list[int]) -> None:
        one, other = pair
        assume(what == "id" or times[one] != times[other])
        with tampered():
            if what == "id":
                for old, new in ((one, 10**6), (other, one), (10**6, other)):
                    execute(f"UPDATE {ENTRIES} SET id = {new} WHERE id = {old}")
            else:
                for row, moment in ((one, times[other]), (other, times[one])):
                    moved = connection.ops.adapt_datetimefield_value(moment)
                    execute(f"UPDATE {ENTRIES} SET time = %s WHERE id = %s", moved, row)
            report = verify()
            assert {finding.row for finding in report.findings} == set(pair)
            assert faults(report) <= {Fault.ROW_MOVED, Fault.ROW_CHANGED}

    swap()


def test_rows_that_change_places_in_one_seal_are_called_moved(log_of_ten: list[int]) -> None:
    one, other = log_of_ten[:2]
    with tampered():
        for old, new in ((one, 10**6), (other, one), (10**6, other)):
            execute(f"UPDATE {ENTRIES} SET id = {new} WHERE id = {old}")
        assert verify().findings == [
            Finding(Fault.ROW_MOVED, (1, 1), one), Finding(Fault.ROW_MOVED, (1, 1), other)
        ]  # fmt: skip


@pytest.mark.parametrize("with_seals", [True, False])
def test_any_cut_tail_is_found_also_with_its_seals(log_of_ten: list[int], with_seals: bool) -> None:
    ends = dict(AccessSeal.objects.values_list("number", "upto_id"))

    @WHOLE_EXAMPLES
    @given(kept=st.integers(0, len(SIZES) - 1))
    def cut(kept: int) -> None:
        with tampered():
            execute(f"DELETE FROM {ENTRIES} WHERE id > %s", ends.get(kept, 0))
            if with_seals:
                execute(f"DELETE FROM {SEALS} WHERE number > %s", kept)
            report = verify()
            assert not report.is_whole
            if with_seals:
                assert report.findings == [Finding(Fault.TAIL_CUT, (kept + 1, len(SIZES)))]
                with pytest.raises(AnchorDisagrees):
                    seal()
            else:
                assert faults(report) == {Fault.ROW_MISSING}

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DEMO", False)
        cut()


@pytest.mark.parametrize("number", [-7, 0])
def test_a_row_put_in_before_the_first_is_found(log_of_ten: list[int], number: int) -> None:
    with tampered():
        put_in(number, log_of_ten[0])
        assert verify().findings == [Finding(Fault.ROW_ADDED, (1, 1), number)]


def put_in(number: int, like: int) -> None:
    others = ", ".join(rows.COLUMNS[1:])
    execute(
        f"INSERT INTO {ENTRIES} (id, {others}) SELECT %s, {others} FROM {ENTRIES} WHERE id = %s", number, like
    )


def test_a_row_put_into_a_gap_is_found() -> None:
    write(1)
    with mighty_hand():
        execute(f"UPDATE {ENTRIES} SET id = id + 5")
    seal()
    (only,) = numbers()
    with tampered():
        put_in(only - 2, only)
        execute(f"UPDATE {ENTRIES} SET actor = 'bertta' WHERE id = %s", only - 2)
        assert verify().findings == [Finding(Fault.ROW_ADDED, (1, 1), only - 2)]


SEAL_COLUMNS = [
    "after_id",
    "upto_id",
    "count",
    "total",
    "rows_hash",
    "previous",
    "head",
    "marks",
    "sealed_at",
]


@pytest.mark.parametrize("column", SEAL_COLUMNS)
def test_a_changed_seal_is_found(log_of_ten: list[int], column: str) -> None:
    changed = {
        "rows_hash": "'0'", "previous": "'0'", "head": "'0'",
        "marks": "''" if connection.vendor == "postgresql" else "x''",
        "sealed_at": "'2027-01-01 00:00:00'",
    }.get(column, f"{column} + 1")  # fmt: skip
    with tampered():
        execute(f"UPDATE {SEALS} SET {column} = {changed} WHERE number = 2")
        report = verify()
        assert 2 in {finding.seals[0] for finding in report.findings if finding.seals}


def test_a_seal_taken_out_of_the_middle_is_found(log_of_ten: list[int]) -> None:
    with tampered():
        execute(f"DELETE FROM {SEALS} WHERE number = 2")
        assert verify().findings[0] == Finding(Fault.SEAL_MISSING, (2, 2))
        assert Fault.TAIL_CUT in faults()


def test_a_chain_written_anew_by_our_own_code_is_found_by_the_anchor(
    log_of_ten: list[int], anchor_file: Path, tmp_path: Path, settings: Any
) -> None:
    with mighty_hand():
        execute(f"UPDATE {ENTRIES} SET actor = 'bertta' WHERE id = %s", log_of_ten[4])
        execute(f"DELETE FROM {SEALS} WHERE number >= 3")
    settings.ACCESS_LOG_ANCHOR = tmp_path / "another.jsonl"
    seal(accept_other_end=True)
    settings.ACCESS_LOG_ANCHOR = anchor_file
    settings.DEMO = False
    # All rows of the old seals 3 and 4 are in the new seal 3.
    assert verify().findings == [
        Finding(Fault.TAIL_CUT, (4, 4)), Finding(Fault.ANCHOR_DIFFERS, (3, 3))
    ]  # fmt: skip
    with pytest.raises(AnchorDisagrees):
        seal()


def test_a_lost_anchor_is_found_and_not_silently_made_anew(log_of_ten: list[int], anchor_file: Path) -> None:
    anchor_file.unlink()
    assert verify().findings == [Finding(Fault.ANCHOR_LACKS, (1, 4))]
    with pytest.raises(AnchorDisagrees):
        seal()
    assert not anchor_file.exists()


def test_a_damaged_value_is_told_and_does_not_stop_the_telling(log_of_ten: list[int]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps values in their types")
    with tampered():
        execute(f"UPDATE {ENTRIES} SET time = '2026-99-99 x', actor = x'00ff' WHERE id = %s", log_of_ten[0])
        assert verify().findings == [Finding(Fault.ROW_CHANGED, (1, 1), log_of_ten[0])]


def test_a_restored_backup_goes_on_when_it_is_declared_and_the_declaration_stays(
    log_of_ten: list[int], settings: Any
) -> None:
    settings.DEMO = False
    with mighty_hand():  # a backup of when there were two seals
        execute(f"DELETE FROM {ENTRIES} WHERE id > %s", log_of_ten[3])
        execute(f"DELETE FROM {SEALS} WHERE number > 2")
    write(2)
    with pytest.raises(CommandError, match="verify_access_log"):
        call_command("seal_access_log")
    call_command("seal_access_log", "--after-restore")
    assert AccessSeal.objects.count() == 3
    report = verify()
    assert report.is_whole
    assert [(remark, about[0]) for remark, about in report.remarks] == [(Remark.RESUMED, "2")]
    sealed_log(1)
    assert verify().is_whole
    with tampered():
        execute(f"DELETE FROM {SEALS} WHERE number = 4")
        execute(f"DELETE FROM {ENTRIES} WHERE id = %s", numbers()[-1])
        assert verify().findings == [Finding(Fault.TAIL_CUT, (4, 4))]


def test_an_example_installation_started_afresh_begins_anew(log_of_ten: list[int]) -> None:
    with mighty_hand():
        execute(f"DELETE FROM {ENTRIES}")
        execute(f"DELETE FROM {SEALS}")
    assert faults() == {Fault.TAIL_CUT}
    sealed_log(2)
    assert verify().is_whole


def test_a_torn_line_of_the_anchor_is_left_and_written_again(anchor_file: Path) -> None:
    sealed_log(2, 2)
    whole = anchor_file.read_bytes()
    anchor_file.write_bytes(whole[:-30])
    assert verify().remarks == [(Remark.TORN_LINES, "1"), (Remark.NOT_YET_ANCHORED, "2")]
    assert anchor.last() is not None
    sealed_log(1)
    report = verify()
    assert (report.is_whole, report.remarks) == (True, [(Remark.TORN_LINES, "1")])
    assert anchor_file.read_bytes().startswith(whole[:-30] + b"\n")


def test_a_seal_that_waits_long_for_the_anchor_is_a_fault(anchor_file: Path) -> None:
    sealed_log(2, 2)
    first, *_ = anchor_file.read_bytes().splitlines(keepends=True)
    anchor_file.write_bytes(first)
    assert verify().is_whole
    with time_machine.travel(time_source.now() + timedelta(hours=2)):
        assert faults() == {Fault.ANCHOR_LACKS}


def test_a_line_taken_out_of_the_anchor_is_found(anchor_file: Path) -> None:
    sealed_log(1, 1, 1)
    first, _, last = anchor_file.read_bytes().splitlines(keepends=True)
    anchor_file.write_bytes(first + last)
    assert verify().findings == [Finding(Fault.ANCHOR_LACKS, (2, 2))]


def test_the_command_says_what_and_where_and_ends_with_one(log_of_ten: list[int]) -> None:
    assert "Loki on eheä" in verification()
    with tampered():
        execute(f"UPDATE {ENTRIES} SET actor = 'bertta' WHERE id = %s", log_of_ten[3])
        with pytest.raises(
            CommandError, match=rf"sinetti 2, rivi {log_of_ten[3]}: riviä on muutettu"
        ) as told:
            verification()
    assert told.value.returncode == 1


def test_many_faults_are_counted_and_not_all_kept() -> None:
    report = Report()
    for number in range(MOST_SHOWN + 5):
        report.found(Fault.ROW_ADDED, 1, row=number)
    assert (report.faults, len(report.findings)) == (MOST_SHOWN + 5, MOST_SHOWN)


def test_a_head_covers_everything_a_seal_says() -> None:
    moment = datetime(2026, 11, 22, 8, tzinfo=UTC)
    told = canonical.Sealed(1, "rows", 0, 3, 3, 3, moment, "a", "b", None, "", None)
    heads = {canonical.head(told)}
    values = [2, "erasure", 1, 4, 4, 4, moment + timedelta(microseconds=1), "c", "c", 1, "c", moment]
    for name, value in zip(canonical.Sealed.__slots__, values, strict=True):
        heads.add(
            canonical.head(canonical.Sealed(**{**{n: getattr(told, n) for n in told.__slots__}, name: value}))
        )
    assert len(heads) == len(values) + 1


def test_a_row_hashes_the_same_from_both_databases() -> None:
    as_sqlite = canonical.row_hash([1, "2026-11-22 08:00:00", "aino"])
    assert as_sqlite == canonical.row_hash([1, "2026-11-22 08:00:00.000000", "aino"])
    assert as_sqlite.digest != canonical.row_hash([1, "2026-11-22 08:00:00.000001", "aino"]).digest
    assert as_sqlite.digest == canonical.row_hash([2, "2026-11-22 08:00:00", "aino"]).digest
