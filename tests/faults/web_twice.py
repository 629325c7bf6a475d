"""The same form sent many times at once: one request, one code, and everybody sees the receipt."""

import threading

from tests.faults.web_family import Answer, Family, marked
from tests.faults.web_product import Product
from tests.faults.web_result import Result

ROUNDS = 10
PRESSES = 8


def inject(product: Product) -> Result:
    """Press "Lähetä" eight times at the same moment, from the same device."""
    result = Result("double submit, 8 at once")
    for _ in range(ROUNDS):
        family = Family(product.netloc)
        mark, words = marked()
        family.type(words)
        answers = press_together(family)
        result.injected += 1
        result.effective += len(answers) == PRESSES
        wrong = [answer for answer in answers if not answer.to.endswith("/pyyda-apua/perilla/")]
        result.problems += [f"{answer.status} instead of the receipt" for answer in wrong]
        result.acknowledge(mark, family.code())
    result.check_codes(product.netloc)
    return result


def press_together(family: Family) -> list[Answer]:
    answers: list[Answer] = []
    together = threading.Barrier(PRESSES)

    def press() -> None:
        together.wait()
        answers.append(family.send("/pyyda-apua/tarkista/", {}))

    threads = [threading.Thread(target=press) for _ in range(PRESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
