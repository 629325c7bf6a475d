"""No room on the disk: the web may make no file longer (RLIMIT_FSIZE, set from outside while it runs).

SQLite then fails in the middle of writing, as on a full disk. A disk that is really full, under PostgreSQL,
needs a mount: `web_disk`, by hand.
"""

import contextlib
import resource
from collections.abc import Iterator

from tests.faults.web_family import Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

ROUNDS = 6
ROOM = 512  # bytes: every write behind them fails
# What the page says, in the reader's language: (its address, a piece of its heading).
LANGUAGES = [("", "talteen"), ("sv", "spara"), ("en", "save"), ("ar", "حفظ")]


def inject(product: Product) -> Result:
    """Type, lose the room, send; with room again the same page sends what was typed."""
    result = Result("full disk (SQLite)")
    for number in range(ROUNDS):
        language, heading = LANGUAGES[number % len(LANGUAGES)]
        family = Family(product.netloc, language)
        mark, words = marked()
        family.insist("/pyyda-apua/", {"asker": "parent", "place": "Oulu", "child_age": "3-6"})
        step = {"words": words, "urgency": "can-wait", "read": "1"}
        with no_room(product):
            refused = family.send("/pyyda-apua/tilanne/", step)
        result.injected += 1
        result.effective += refused.status == 503
        if refused.status != 503 or heading not in refused.text:
            result.problems.append(f"{refused.status}, not the page in {language or 'fi'}")
        if mark not in refused.text:
            result.problems.append("what was typed is not on the page")
        family.type(words)
        with no_room(product):
            refused = family.send("/pyyda-apua/tarkista/", {})
        result.injected += 1
        result.effective += refused.status == 503
        family.insist("/pyyda-apua/tarkista/", {})
        result.acknowledge(mark, family.code())
    result.check_codes(product.netloc)
    return result


@contextlib.contextmanager
def no_room(product: Product) -> Iterator[None]:
    """Take the room away from the processes that serve, and give it back."""
    pids = product.workers()
    before = [resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids]
    for pid, (_soft, hard) in zip(pids, before, strict=True):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM, hard))
    try:
        yield
    finally:
        for pid, limits in zip(pids, before, strict=True):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
