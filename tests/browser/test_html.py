"""html-validate over the pages as they are sent.

Switched off in `.htmlvalidate.json`: rules of house style (case of doctype, void elements, white space, title length,
non-breaking spaces in numbers, which the isolated run already keeps together) and names on lists, which ARIA allows.
"""

import json
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser.test_every_page import ALL

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "node_modules" / ".bin" / "html-validate"


def fetch(address: str) -> str:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def test_html_is_valid_and_accessible(address: str, tmp_path: Path) -> None:
    for number, looked in enumerate(ALL):
        for language in ("fi", "ar"):
            page = fetch(address + looked.in_language(language))
            (tmp_path / f"{number:02}-{language}.html").write_text(page, encoding="utf-8")
    report = tmp_path / "report.json"
    with report.open("w") as out:  # a file: the tool does not wait for a full pipe to be read
        subprocess.run(
            [TOOL, "--config", ROOT / ".htmlvalidate.json", "--formatter", "json", tmp_path],
            stdout=out,
            check=False,
        )
    found = [
        f"{Path(one['filePath']).name} ({ALL[int(Path(one['filePath']).name[:2])]}): {fault['ruleId']}: {fault['message']}"
        for one in json.loads(report.read_text())
        for fault in one["messages"]
    ]
    assert not found, "\n".join(found)
