"""axe-core in the page, under the production content security policy.

A script tag would be refused by the policy, so axe goes in through the browser's debugging protocol.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Disabled rules and excluded selectors would stand here with their reasons. There are none.
DISABLED: dict[str, str] = {}


def violations(page: Page) -> list[str]:
    """Everything axe finds wrong on the page: rule, element, what to do."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    options = {
        "runOnly": RULES,
        "rules": {rule: {"enabled": False} for rule in DISABLED},
        "resultTypes": ["violations"],
    }
    answer: dict[str, Any] = session.send(
        "Runtime.evaluate",
        {
            "expression": f"axe.run(document, {options!r})".replace("'", '"').replace("False", "false"),
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    assert "exceptionDetails" not in answer, answer
    found = answer["result"]["value"]["violations"]
    return [
        f"{one['id']}: {node['target']}: {node['failureSummary']}" for one in found for node in one["nodes"]
    ]
