"""What one fault did: a row of the table."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.faults.web_family import CANARY, NAME, PHONE, Family
from tests.faults.web_product import Product


@dataclass
class Result:
    """One fault. `problems`: anything else that was not as it should be, in words."""

    fault: str
    injected: int = 0
    effective: int = 0
    acknowledged: dict[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def acknowledge(self, mark: str, code: str) -> None:
        """Remember a receipt."""
        if code:
            self.acknowledged[mark] = code
        else:
            self.problems.append("sent, but no receipt")

    def check_codes(self, netloc: str) -> None:
        """Every code opens its request."""
        shut = sum(not Family(netloc).opens(code) for code in self.acknowledged.values())
        if shut:
            self.problems.append(f"{shut} codes open nothing")

    def row(self, product: Product, database: str) -> dict[str, Any]:
        """Count in the database and look for words that leaked."""
        given = {"acknowledged": self.acknowledged, "taken": self.taken}
        counts = json.loads(product.manage("tests.faults.web_counts", json.dumps(given)))
        wrong = [f"{counts[name]} {name}" for name in ("half", "other_code", "taken_wrongly") if counts[name]]
        codes = [*self.acknowledged.values()]
        leaks = product.places_of([CANARY, NAME, PHONE, *self.acknowledged, *codes])
        # A name that does stand there, so that a search that sees nothing is not taken for a good one.
        blind = [] if product.places_of(["Kerttu Esimerkki"]) else ["the search for leaks is blind"]
        return {
            "fault": self.fault,
            "database": database,
            "injected": self.injected,
            "effective": self.effective,
            "receipts": len(self.acknowledged),
            "lost": counts["lost"],
            "doubled": counts["doubled"],
            "leaked": len(leaks),
            "problems": sorted({*self.problems, *wrong, *blind, *(f"words in {place}" for place in leaks)}),
        }
