"""kill -9 of a web worker while families send; the connection of those it served breaks."""

import os
import random
import signal
import threading
import time
from pathlib import Path

from tests.faults.web_family import Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result
from turvaverkko.core import time_source

# A kill counts only when somebody's connection broke by it: killing goes on until enough did.
ENOUGH, MOST = 6, 12
FAMILIES = 4
# Unit: seconds. A worker that dies sooner after its start makes granian give up: then whoever supervises
# the service starts it again, which is another fault than this one.
SETTLED = 6.0


def inject(product: Product) -> Result:
    """Kill a worker while requests are on their way; families whose connection breaks try again."""
    result = Result("kill -9 of a web worker in submit")
    stop = threading.Event()
    devices: list[Family] = []

    def send_on() -> None:
        while not stop.is_set():
            family = Family(product.netloc)
            devices.append(family)
            mark, words = marked()
            try:
                result.acknowledge(mark, family.ask(words))
            except TimeoutError as error:
                result.problems.append(str(error))

    threads = [threading.Thread(target=send_on, daemon=True) for _ in range(FAMILIES)]
    for thread in threads:
        thread.start()
    chance = random.Random(1)
    while result.effective < ENOUGH and result.injected < MOST:
        wait_for_workers(product)
        time.sleep(chance.uniform(0.1, 0.4))
        pid = oldest(product)
        before = sum(family.broken for family in list(devices))
        os.kill(pid, signal.SIGKILL)
        result.injected += 1
        time.sleep(0.4)
        result.effective += sum(family.broken for family in list(devices)) > before
    stop.set()
    for thread in threads:
        thread.join()
    wait_for_workers(product)
    result.problems += [f"status {status}" for family in devices for status in family.strange]
    result.check_codes(product.netloc)
    return result


def wait_for_workers(product: Product, count: int = 2) -> None:
    """Return when the dead were replaced and answer."""
    deadline = time.monotonic() + 30
    while len(product.workers()) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    Family(product.netloc).insist("/terveys/")


def oldest(product: Product) -> int:
    """The worker that serves the longest, when it has served for a while."""
    born = {pid: Path(f"/proc/{pid}").stat().st_ctime for pid in product.workers()}
    pid = min(born, key=lambda one: born[one])
    time.sleep(max(0.0, SETTLED - (time_source.now().timestamp() - born[pid])))
    return pid
