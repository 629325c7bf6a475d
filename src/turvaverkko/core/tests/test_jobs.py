"""Jobs in one process: enqueue, lease, fence, retries, dead letters, keys. Processes: tests/faults."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from turvaverkko.core.jobs import dead_letters, drop, keyed, leases, letters, retry, rules
from turvaverkko.core.jobs.backend import FreeText, only_ids
from turvaverkko.core.jobs.running import place_of, release_expired, run
from turvaverkko.core.jobs.testing import drain
from turvaverkko.core.models import Job
from turvaverkko.core.tests import job_tasks
from turvaverkko.core.tests.job_tasks import Hiccup, effects

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_sent() -> None:
    job_tasks.SENT.clear()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def claimed() -> Job:
    job = leases.claim("w1")
    assert job is not None
    return job


# Enqueue


def test_a_job_runs_once_and_is_remembered() -> None:
    result = job_tasks.mark.enqueue("a")
    assert effects() == []
    assert [outcome.what for outcome in drain()] == ["done"]
    assert effects() == ["a"]
    assert drain() == []
    result.refresh()
    assert result.status is TaskResultStatus.SUCCESSFUL
    assert result.attempts == 1


def test_a_job_enqueued_in_a_transaction_that_fails_does_not_exist() -> None:
    def business() -> None:
        with transaction.atomic():
            job_tasks.mark.enqueue("a")
            assert Job.objects.count() == 1
            raise Hiccup

    with pytest.raises(Hiccup):
        business()
    assert Job.objects.count() == 0


def test_the_higher_priority_goes_first_then_the_older(clock: time_machine.Traveller) -> None:
    for name, priority in (("first", 0), ("second", 0), ("urgent", 5)):
        job_tasks.mark.using(priority=priority).enqueue(name)
        clock.shift(1)
    assert [outcome.job.arguments["args"] for outcome in drain()] == [["urgent"], ["first"], ["second"]]


def test_a_job_for_later_waits(clock: time_machine.Traveller) -> None:
    job_tasks.mark.using(run_after=NOON + timedelta(hours=1)).enqueue("a")
    assert drain() == []
    clock.shift(3600)
    assert len(drain()) == 1


def test_a_worker_of_one_queue_leaves_the_others_alone() -> None:
    job_tasks.mark.enqueue("a")
    assert leases.claim("w1", queue="delivery") is None
    assert leases.claim("w1", queue="default") is not None


def test_drain_also_does_what_jobs_enqueue() -> None:
    job_tasks.mark_and_enqueue.enqueue("a")
    assert len(drain()) == 2
    assert effects() == ["a", "a-next"]


def test_drain_shows_a_failure_that_nobody_expected() -> None:
    job_tasks.mark_and_fail.enqueue("a")
    with pytest.raises(Hiccup):
        drain()


@pytest.mark.parametrize(
    "value", ["Aino", "soita heti", "aino@example.fi", ["7k3", "Matti"], {"note": "itkee usein"}, "x" * 101]
)
def test_text_of_people_does_not_get_into_a_job(value: object) -> None:
    with pytest.raises(FreeText) as refused:
        job_tasks.mark.enqueue(value)
    assert str(value) not in str(refused.value)
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    "value", [7, None, True, "7k3m9qtr2b", "guidance.contact:7k3", "2026-11-23T10:00:00+00:00"]
)
def test_ids_and_codes_do(value: object) -> None:
    assert only_ids({"args": [value]}) == {"args": [value]}


# The lease and its fence


def test_a_job_that_somebody_holds_is_not_given_to_another() -> None:
    job_tasks.mark.enqueue("a")
    assert claimed().fence == 1
    assert leases.claim("w2") is None


def test_an_expired_lease_is_given_on_with_a_higher_fence(clock: time_machine.Traveller) -> None:
    job_tasks.mark.enqueue("a")
    first = claimed()
    clock.shift(rules.LEASE + timedelta(seconds=1))
    assert release_expired() == 1
    assert leases.claim("w2") is None, "it waits a little: it may be the job that kills workers"
    clock.shift(rules.FIRST_WAIT)
    second = leases.claim("w2")
    assert second is not None
    assert (second.pk, second.fence, second.attempts) == (first.pk, 2, 2)
    assert second.last_error == "turvaverkko.core.jobs.LeaseExpired"


def test_a_worker_that_lost_its_lease_cannot_commit_its_effect(clock: time_machine.Traveller) -> None:
    job_tasks.mark.enqueue("a")
    slow = claimed()
    clock.shift(rules.LEASE + timedelta(seconds=1))
    release_expired()
    clock.shift(rules.FIRST_WAIT)
    quick = claimed()
    assert run(slow).what == "lost"
    assert effects() == []
    assert run(quick).what == "done"
    assert effects() == ["a"]
    assert run(slow).what == "lost", "not even later: its effect is there, its fence is old"


def test_a_worker_that_lost_its_lease_cannot_fail_the_job_either(clock: time_machine.Traveller) -> None:
    job_tasks.mark_and_fail.enqueue("a")
    slow = claimed()
    clock.shift(rules.LEASE + timedelta(seconds=1))
    release_expired()
    clock.shift(rules.FIRST_WAIT)
    quick = claimed()
    assert run(slow).what == "lost"
    assert Job.objects.get().state == "running"
    assert leases.extend(quick)
    assert not leases.extend(slow)


def test_a_heartbeat_keeps_the_lease(clock: time_machine.Traveller) -> None:
    job_tasks.mark.enqueue("a")
    job = claimed()
    for _ in range(5):
        clock.shift(rules.LEASE * 0.8)
        assert leases.extend(job)
        assert release_expired() == 0
    assert run(job).what == "done"


def test_the_database_refuses_a_running_job_without_a_lease() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name="x", state="running")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("sql", "index"),
    [(leases._CLAIM_SQLITE.partition("WHERE id = (")[2].rpartition(")")[0], "job_next")],
)
def test_a_claim_reads_an_index_and_not_the_table(sql: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", ["2026-11-23", "", ""])
        plan = " ".join(str(row) for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {leases._EXPIRED}", ["2026-11-23"])
        expired = " ".join(str(row) for row in cursor.fetchall())
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "job_leases" in expired


# Failures


def test_a_failure_is_rolled_back_and_tried_again(clock: time_machine.Traveller) -> None:
    job_tasks.mark_and_fail.enqueue("a")
    assert [outcome.what for outcome in drain(expect_failures=True)] == ["retry"]
    assert effects() == []
    job = Job.objects.get()
    assert job.run_after == NOON + rules.FIRST_WAIT
    clock.shift(rules.FIRST_WAIT)
    drain(expect_failures=True)
    assert Job.objects.get().run_after == NOON + rules.FIRST_WAIT * 3


def test_an_error_is_kept_without_its_message(caplog: pytest.LogCaptureFixture) -> None:
    job_tasks.mark_and_fail.enqueue("secret-argument")
    with caplog.at_level(logging.INFO):
        drain(expect_failures=True)
    job = Job.objects.get()
    assert job.last_error.startswith("turvaverkko.core.tests.job_tasks.Hiccup at job_tasks.py:")
    assert f"id={job.pk} attempt=1 seconds=" in caplog.text
    assert "outcome=retry" in caplog.text
    for secret in ("Aino", "040", "secret-argument"):
        assert secret not in caplog.text + job.last_error


def test_retries_outlast_a_day_and_then_the_letter_is_dead(clock: time_machine.Traveller) -> None:
    job_tasks.mark_and_fail.enqueue("a")
    drain(expect_failures=True)
    last = Job.objects.get()
    while last.state == "waiting":
        clock.move_to(last.run_after)
        drain(expect_failures=True)
        last = Job.objects.get()
    assert last.state == "dead"
    assert timedelta(hours=24) < last.finished_at - NOON <= rules.PATIENCE + rules.LONGEST_WAIT
    assert 40 <= last.attempts <= 50
    clock.shift(timedelta(days=7))
    assert drain() == []


def test_a_dead_letter_is_retried_with_new_patience(clock: time_machine.Traveller) -> None:
    job_tasks.fail_once_for_all.enqueue()
    assert [outcome.what for outcome in drain(expect_failures=True)] == ["dead"]
    (letter,) = dead_letters()
    clock.shift(timedelta(days=3))
    assert retry([letter.pk]) == 1
    assert retry([letter.pk]) == 0
    job = claimed()
    assert (job.attempts, job.give_up_at, job.finished_at) == (1, None, None)


def test_a_dead_letter_is_dropped_and_nothing_else() -> None:
    job_tasks.fail_once_for_all.enqueue()
    drain(expect_failures=True)
    waiting = job_tasks.mark.enqueue("a")
    assert drop([*Job.objects.values_list("pk", flat=True)]) == 1
    assert [job.pk for job in Job.objects.all()] == [waiting.id]


def test_a_task_that_is_gone_fails_as_a_job_not_as_a_worker() -> None:
    result = job_tasks.mark.enqueue("a")
    Job.objects.update(name="turvaverkko.core.tests.job_tasks.gone")
    assert [outcome.what for outcome in drain(expect_failures=True)] == ["retry"]
    Job.objects.update(name="os.getcwd", state="waiting", run_after=NOON - timedelta(days=900))
    (outcome,) = drain(expect_failures=True)
    assert isinstance(outcome.error, InvalidTaskError)
    assert Job.objects.get().pk == result.id


# Outside the database


def test_an_outside_task_gives_the_same_key_in_every_attempt(clock: time_machine.Traveller) -> None:
    first, second = job_tasks.send.enqueue(1), job_tasks.send.enqueue(0)
    drain(expect_failures=True)
    clock.shift(rules.FIRST_WAIT)
    drain()
    assert sorted(job_tasks.SENT) == sorted([first.id, first.id, second.id])
    assert not Job.objects.exclude(state="done").exists()


@pytest.mark.django_db(transaction=True)
def test_an_outside_task_runs_in_no_transaction_and_an_inside_one_does(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside: list[bool] = []
    monkeypatch.setattr(job_tasks, "SENT", _Asking(inside))
    job_tasks.send.enqueue(0)
    drain()
    assert inside == [False]
    job_tasks.mark_and_fail.enqueue("a")
    drain(expect_failures=True)
    assert effects() == []


class _Asking(list[str]):
    def __init__(self, answers: list[bool]) -> None:
        super().__init__()
        self.answers = answers

    def append(self, _key: str) -> None:
        self.answers.append(connection.in_atomic_block)


# Keys


def test_a_key_is_used_once(clock: time_machine.Traveller) -> None:
    first = keyed(job_tasks.mark, "tests.mark:a").enqueue("a")
    assert keyed(job_tasks.mark, "tests.mark:a").enqueue("b").id == first.id
    drain()
    assert keyed(job_tasks.mark, "tests.mark:a").enqueue("c").id == first.id
    drain()
    assert effects() == ["a"]
    clock.shift(rules.DONE_KEPT + timedelta(seconds=1))
    letters.forget_done_jobs.call()
    assert keyed(job_tasks.mark, "tests.mark:a").enqueue("d").id != first.id


def test_done_jobs_are_forgotten_after_thirty_days_dead_ones_are_not(clock: time_machine.Traveller) -> None:
    done = job_tasks.mark.enqueue("a")
    job_tasks.fail_once_for_all.enqueue()
    drain(expect_failures=True)
    clock.shift(timedelta(days=30))
    letters.forget_done_jobs.call()
    assert Job.objects.count() == 2
    clock.shift(1)
    letters.forget_done_jobs.call()
    assert [job.state for job in Job.objects.all()] == ["dead"]
    with pytest.raises(TaskResultDoesNotExist):
        done.refresh()


# The command


def run_command(*arguments: str) -> str:
    out = StringIO()
    call_command("jobs", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_lists_retries_and_drops() -> None:
    for _ in range(2):
        job_tasks.fail_once_for_all.enqueue()
    drain(expect_failures=True)
    one, other = dead_letters().values_list("pk", flat=True)
    listed = run_command("list")
    assert one in listed
    assert "job_tasks.Hiccup" in listed
    assert run_command("retry", one).strip() == "Uudelleen jonoon: 1"
    assert one in run_command("list", "--state", "waiting")
    assert run_command("drop", "--all").strip() == "Poistettu: 1"
    assert not Job.objects.filter(pk=other).exists()
    with pytest.raises(CommandError):
        run_command("drop")


def test_run_jobs_once_does_what_is_due_and_the_schedule() -> None:
    job_tasks.mark.enqueue("a")
    call_command("run_jobs", "--once")
    assert effects() == ["a"]
    assert Job.objects.filter(schedule="trail.forget_old_keys", state="done").count() == 1


def test_the_place_of_an_error_is_where_it_was_raised() -> None:
    with pytest.raises(FreeText) as raised:
        only_ids({"a": "Aino itki"})
    assert place_of(raised.value).startswith("turvaverkko.core.jobs.backend.FreeText at backend.py:")


def test_a_row_tells_neither_arguments_nor_errors() -> None:
    result = job_tasks.mark.enqueue("a1b2")
    assert str(Job.objects.get()) == f"turvaverkko.core.tests.job_tasks.mark {result.id}"
