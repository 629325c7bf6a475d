"""Two guides take the same request at the same moment: one has it, the other is told who was faster."""

import re
import threading
import urllib.error
import urllib.parse

from tests.browser.staff import Desk, hidden
from tests.faults.web_family import Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

ROUNDS = 20
GUIDES = ("palveluohjaaja.oulu@example.invalid", "palveluohjaaja.oulu.toinen@example.invalid")
_REQUEST = re.compile(r'href="/tyo/pyynnot/([a-z0-9-]+)/')


class Guide(Desk):
    """A signed-in guide who is told of a refusal instead of failing at it."""

    def press(self, path: str, **fields: str) -> tuple[int, str]:
        try:
            return 200, self.send(path, **fields)
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()


def inject(product: Product) -> Result:
    """Twenty new requests, twenty races."""
    result = Result("two guides take the same request")
    guides = [Guide(f"http://{product.netloc}") for _ in GUIDES]
    for guide, email in zip(guides, GUIDES, strict=True):
        guide.sign_in(email)
    for _ in range(ROUNDS):
        mark, words = marked()
        result.acknowledge(mark, Family(product.netloc).ask(words))
    for request in free_requests(guides[0])[:ROUNDS]:
        told = race(guides, request)
        result.injected += 1
        result.taken.append(request)
        statuses = sorted(status for status, _page in told)
        result.effective += statuses == [200, 409]
        if statuses[0] != 200 or statuses[1] not in {200, 409}:
            result.problems.append(f"answers {statuses}")
        result.problems += [
            "not told who has it" for status, page in told if status == 409 and "otti" not in page
        ]
    result.check_codes(product.netloc)
    return result


def free_requests(guide: Guide) -> list[str]:
    """Requests that nobody has, in the order of the queue."""
    found: list[str] = []
    for number in range(1, 6):
        page = guide.press(f"/tyo/jono/?nayta=vapaat&sivu={number}")[1]
        found += _REQUEST.findall(page)
    return list(dict.fromkeys(found))


def race(guides: list[Guide], request: str) -> list[tuple[int, str]]:
    """Both have the page open and press the button at once."""
    path = f"/tyo/pyynnot/{request}/"
    tokens = [hidden(guide.send(path), "csrfmiddlewaretoken") for guide in guides]
    told: list[tuple[int, str]] = []
    together = threading.Barrier(len(guides))

    def take(guide: Guide, token: str) -> None:
        together.wait()
        told.append(guide.press(f"{path}ota/", csrfmiddlewaretoken=token))

    threads = [threading.Thread(target=take, args=pair) for pair in zip(guides, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told
