"""The clock jumps between draft and send: two hours forward, two back, and over both nights of summer time.

The product's own pages and rows, in a process whose clock can be moved; the running web keeps the real time.
"""

import json
import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.faults.web_family import NAME, PHONE, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

HOURS = 2
_CODE = re.compile(r'<p class="code"><bdi dir="ltr">([^<]+)</bdi>')


def inject(product: Product) -> Result:
    """Do it in a process of its own; take over what it found."""
    found: dict[str, Any] = json.loads(product.manage("tests.faults.web_time"))
    return Result("moved time between draft and send", **found)


def moments() -> list[tuple[str, datetime, datetime]]:
    """What happens, when the draft was typed, when it is sent."""
    # Nights of summer time in Finland: 1 UTC on the last Sunday of March and October.
    spring, autumn = datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)
    noon = datetime(2027, 2, 3, 10, tzinfo=UTC)
    quarter, jump = timedelta(minutes=15), timedelta(hours=HOURS)
    return [
        ("forward", noon, noon + jump),
        ("back", noon, noon - jump),
        ("spring night", spring - quarter, spring + quarter),
        ("spring night, back", spring + quarter, spring - quarter),
        ("autumn night", autumn - quarter, autumn + quarter),
        ("autumn night, back", autumn + quarter, autumn - quarter),
    ]


def main() -> None:
    """Type at one moment, send at another, twice; read the promise and the receipt."""
    import django  # noqa: PLC0415

    django.setup()
    found: dict[str, Any] = {"injected": 0, "effective": 0, "acknowledged": {}, "problems": []}
    for name, typed, sent in moments():
        mark, code, problems = one(typed, sent)
        found["injected"] += 1
        found["effective"] += 1
        found["acknowledged"][mark] = code
        found["problems"] += [f"{name}: {problem}" for problem in problems]
    print(json.dumps(found))


def one(typed: datetime, sent: datetime) -> tuple[str, str, list[str]]:
    """One family whose clock jumps; return its mark, its code and what was wrong."""
    import time_machine  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    device = Client(SERVER_NAME="localhost", headers={"sec-fetch-site": "same-origin"})
    mark, words = marked()
    with time_machine.travel(typed, tick=False):
        device.post("/pyyda-apua/", {"asker": "parent", "place": "Oulu", "child_age": "3-6"})
        device.post("/pyyda-apua/tilanne/", {"words": words, "urgency": "can-wait", "read": "1"})
        device.post("/pyyda-apua/yhteys/", {"way": "call", "phone": PHONE, "name": NAME})
    with time_machine.travel(sent, tick=False):
        answers = [device.post("/pyyda-apua/tarkista/", {}) for _ in range(2)]
        shown = _CODE.search(device.get("/pyyda-apua/perilla/").text)
    problems = [f"{answer.status_code} at sending" for answer in answers if answer.status_code != 302]
    code = shown[1] if shown else ""
    with time_machine.travel(typed, tick=False):  # the clock is put right again: the receipt is still there
        if shown and code not in device.get("/pyyda-apua/perilla/").text:
            problems.append("the receipt is gone")
        if device.post("/pyyda-apua/tila/", {"code": code}).status_code != 302:
            problems.append("the code opens nothing")
        if device.get("/pyyda-apua/tila/").status_code != 200:
            problems.append("the page of the request does not open")
    return mark, code, problems + wrong_promise(code, sent)


def wrong_promise(code: str, sent: datetime) -> list[str]:
    """The promise counts from the moment of sending: by real hours, never by what a clock on a wall shows."""
    from turvaverkko.guidance.models import ContactRequest  # noqa: PLC0415
    from turvaverkko.guidance.queries import family_behind  # noqa: PLC0415
    from turvaverkko.work.models import Deadline  # noqa: PLC0415

    family = family_behind(code)
    request = ContactRequest._base_manager.get(matter__public_id=family.matter) if family else None
    if request is None:
        return ["no request"]
    wrong = [] if request.received_at == sent else ["received at another moment"]
    for deadline in Deadline._base_manager.filter(item=request.item_id):
        if deadline.started_at != sent:
            wrong.append("the promise counts from another moment")
        if not sent < deadline.due_at <= sent + timedelta(days=14):
            wrong.append("the promise is before the sending, or far away")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
