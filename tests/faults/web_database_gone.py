"""PostgreSQL stops in the middle of the work and comes back: honest pages, and the web goes on by itself."""

import threading
import time

from scripts import postgres
from tests.faults.web_family import BROKEN, Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

STOPS = 3
FAMILIES = 4
AWAY = 1.5  # seconds
BETWEEN = 3.0  # seconds


def inject(product: Product) -> Result:
    """Stop it at once ("immediate", as when its machine dies) while families send."""
    result = Result("PostgreSQL stopped and started")
    folder = product.environment["PGHOST"]
    workers = product.workers()
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
    for _ in range(STOPS):
        time.sleep(BETWEEN)
        before = sum(family.refused for family in list(devices))
        postgres.stop(folder)
        result.injected += 1
        time.sleep(AWAY)
        result.problems += what_it_says(product)
        postgres.start(folder, "")
        result.effective += sum(family.refused for family in list(devices)) > before
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join()
    result.problems += [f"status {status}" for family in devices for status in family.strange]
    result.problems += [] if product.workers() == workers else ["the web did not survive"]
    result.check_codes(product.netloc)
    return result


def what_it_says(product: Product) -> list[str]:
    """What a family reads that types now, in Swedish; and whether its words are still there."""
    mark, words = marked()
    try:
        page = Family(product.netloc, "sv").send("/pyyda-apua/tilanne/", {"words": words, "urgency": "today"})
    except BROKEN:
        return ["no page at all"]
    wrong = [] if page.status == 503 else [f"{page.status} instead of 503"]
    wrong += [] if "spara" in page.text else ["not in the reader's language"]
    return wrong + ([] if mark in page.text else ["what was typed is not on the page"])
