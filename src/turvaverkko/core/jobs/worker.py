"""The worker: claims, runs, keeps its lease, enqueues what the clock says, and stops when it is asked to."""

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.context import ForkProcess
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, connections

from turvaverkko.core.jobs import leases, rules
from turvaverkko.core.jobs.running import log, release_expired, run
from turvaverkko.core.jobs.schedule import Scheduler
from turvaverkko.core.models import Job

# Unit: seconds.
IDLE: Final = 1.0
AFTER_AN_ERROR: Final = 5.0


@dataclass(frozen=True, slots=True)
class Options:
    """How a worker works.

    Attributes:
        once: stop when nothing is due.
        queue: take jobs of this queue only; empty: of all.
        lease: how long a worker that died keeps its job.
        stop_with: the process whose end is the worker's end; 0: of nobody.
    """

    once: bool = False
    queue: str = ""
    lease: timedelta = rules.LEASE
    stop_with: int = 0


class Worker:
    """One process's loop. `stop` lets the running job end and then returns from `work`."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._name = leases.worker_name()
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._current: Job | None = None
        self._scheduler = Scheduler()
        self._next_look = 0.0

    def stop(self, *_signal: object) -> None:
        """Ask the loop to end after the present job."""
        self._stopping.set()

    def work(self) -> None:
        """Work until stopped; an unreachable database is waited for."""
        heart = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        heart.start()
        while not self._stopping.is_set() and self._is_wanted():
            try:
                if self._step():
                    continue
                if self._options.once:
                    break
                wait = IDLE
            except (DatabaseError, InterfaceError) as error:
                log.warning("worker waits for the database: %s", type(error).__name__)
                wait = AFTER_AN_ERROR
            close_old_connections()
            self._stopping.wait(wait)
        self._ended.set()
        heart.join()

    def _step(self) -> bool:
        """Do one job; tell whether there was one."""
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + IDLE
            self._scheduler.enqueue_due()
            release_expired()
        self._current = leases.claim(self._name, lease=self._options.lease, queue=self._options.queue)
        if self._current is None:
            return False
        try:
            run(self._current)
        finally:
            self._current = None
        return True

    def _beat(self) -> None:
        """Extend the lease of a job that takes long. In a thread, so with a connection of its own.

        On SQLite a job that writes is alone: the beat may have to wait, but so has everybody who could
        take the lease.
        """
        try:
            while not self._ended.wait(self._options.lease.total_seconds() / 3):
                self._extend(self._current)
        finally:
            connection.close()

    def _extend(self, job: Job | None) -> None:
        if job is None:
            return
        try:
            leases.extend(job, lease=self._options.lease)
        except (DatabaseError, InterfaceError):
            close_old_connections()

    def _is_wanted(self) -> bool:
        return not self._options.stop_with or os.getppid() == self._options.stop_with


def work_alone(options: Options) -> None:
    """Work in this process until SIGTERM or Ctrl-C."""
    worker = Worker(options)
    _on_stop(worker.stop)
    worker.work()


def work_together(count: int, options: Options) -> None:
    """Keep `count` workers at work, each a process; start another when one dies."""
    connections.close_all()  # a connection must not be shared by processes
    stopping = threading.Event()
    _on_stop(lambda *_: stopping.set())
    children = [_begin(options) for _ in range(count)]
    # Ended with 0 is ended as asked (--once); all killed at the same moment is no reason to stop.
    while not stopping.wait(IDLE / 2) and any(child.exitcode != 0 for child in children):
        if options.stop_with and os.getppid() != options.stop_with:
            break
        children = [child if _is_fine(child) else _begin(options) for child in children]
    for child in children:
        child.terminate()  # SIGTERM: the present job ends first
    for child in children:
        child.join()


def _begin(options: Options) -> ForkProcess:
    mine = Options(options.once, options.queue, options.lease, stop_with=os.getpid())
    child = multiprocessing.get_context("fork").Process(target=work_alone, args=(mine,))
    child.start()
    return child


def _is_fine(child: ForkProcess) -> bool:
    if child.is_alive() or child.exitcode == 0:
        return True
    logging.getLogger("turvaverkko.jobs").error("a worker ended with %s: another begins", child.exitcode)
    return False


def _on_stop(stop: Callable[..., object]) -> None:
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
