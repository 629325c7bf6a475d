"""Prints the papers that code can write by itself: rules, states, commands, announcements, personal data.

`--check` compares them with the committed ones, so that code and paper cannot part.
"""

import ast
import importlib
import inspect
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import django

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs" / "generated"
PACKAGE = ROOT / "src" / "turvaverkko"
HEAD = "<!-- Written by `./turvaverkko fix` from the code. Do not edit by hand. -->\n\n"


def modules(name: str) -> Iterator[ModuleType]:
    """Every module called `name` in the product, or in a folder of that name; floors by their names."""
    package = importlib.import_module("turvaverkko")
    found = pkgutil.walk_packages(package.__path__, "turvaverkko.")
    for info in sorted(found, key=lambda item: item.name):
        if name in info.name.split(".") and ".tests" not in info.name:
            yield importlib.import_module(info.name)


def path_of(module: ModuleType) -> str:
    """The file of a module, from the root of the project."""
    return str(Path(module.__file__ or "").relative_to(ROOT))


def constants(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """(name, value, comment above) of every upper-case constant of a module."""
    source = Path(module.__file__ or "").read_text(encoding="utf-8")
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        if isinstance(target, ast.Name) and target.id.isupper():
            yield target.id, ast.unparse(node.value), comment_of(lines, node.lineno - 1)


def comment_of(lines: list[str], at: int) -> str:
    """The comment block above line `at` (0-based), or the comment at its end."""
    block: list[str] = []
    above = at - 1
    while above >= 0 and lines[above].startswith("#"):
        block.insert(0, lines[above].lstrip("# "))
        above -= 1
    if not block and "  # " in lines[at]:
        block = [lines[at].split("  # ", 1)[1]]
    return " ".join(block)


def rules() -> str:
    """Every constant and every function of every `rules.py`."""
    out = ["# Rules\n\nLimits, deadlines and scores, with their units and sources.\n"]
    for module in modules("rules"):
        out.append(f"## `{path_of(module)}`\n\n{inspect.getdoc(module) or ''}\n")
        rows = [
            f"| `{name}` | `{shorten(value)}` | {comment} |" for name, value, comment in constants(module)
        ]
        if rows:
            out.append("| constant | value | unit and source |\n|---|---|---|\n" + "\n".join(rows) + "\n")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                out.append(f"### `{name}{inspect.signature(function)}`\n\n{inspect.getdoc(function) or ''}\n")
    return "\n".join(out)


def shorten(value: str, limit: int = 80) -> str:
    """A value on one line, cut when it is longer than `limit` signs."""
    line = " ".join(value.split()).replace("|", "\\|")
    return line if len(line) <= limit else line[: limit - 1] + "…"


def states() -> str:
    """Every state machine with its diagram."""
    from turvaverkko.core.states import Machine  # noqa: PLC0415 - after django.setup

    out = ["# States\n\nWhat can follow what. Screens take their buttons from the same tables.\n"]
    for module in modules("states"):
        for name, machine in inspect.getmembers(module, lambda thing: isinstance(thing, Machine)):
            out.append(f"## `{name}` in `{path_of(module)}`\n\n```mermaid\n{machine.mermaid()}```\n")
    return "\n".join(out)


def commands() -> str:
    """Every command of the registry."""
    from turvaverkko.core.commands import registered  # noqa: PLC0415 - after django.setup

    for _module in modules("services"):
        pass  # importing a services.py registers its commands
    rows = [
        f"| `{name}` | {command.sentence} | `{command.allow.__module__}.{command.allow.__qualname__}` |"
        for name, command in registered().items()
        if name.split(".")[0] != "tests"
    ]
    table = "\n".join(rows) if rows else "| – | no command yet | – |"
    return (
        "# Commands\n\nEverything a person or a job can change. Each checks its right, runs in one "
        "transaction, honours an idempotency key and writes a log entry.\n\n"
        f"| command | sentence in the trail | who may |\n|---|---|---|\n{table}\n"
    )


def announcements() -> str:
    """Who hears what."""
    from turvaverkko.core.announcements import subscribers  # noqa: PLC0415 - after django.setup

    rows = [f"| `{one.message.__qualname__}` | `{one.name}` | {one.when.value} |" for one in subscribers()]
    table = "\n".join(sorted(rows)) if rows else "| – | nobody yet | – |"
    return (
        "# Announcements\n\nMessages inside the process: a lower app tells, an upper app listens.\n\n"
        f"| message | handler | when |\n|---|---|---|\n{table}\n"
    )


def jobs() -> str:
    """What happens by the clock, and every task that is enqueued by a service."""
    from turvaverkko.core.jobs import schedules  # noqa: PLC0415 - after django.setup
    from turvaverkko.core.jobs.rules import wait_after  # noqa: PLC0415

    rows = []
    for name, schedule in schedules().items():
        task = schedule.task
        what = (inspect.getdoc(task.func) or "").partition("\n")[0]
        longest = wait_after(99, longest=schedule.rhythm.length)
        hours = round(task.patience.total_seconds() / 3600)
        retries = f"for {hours} h, at most {longest} apart" if hours else "none"
        rows.append(f"| `{name}` | {schedule.rhythm} | {what} | {retries} |")
    return (
        "# Jobs\n\nWhat the clock begins. Times of day are Finnish; a period missed is made up for once. "
        "A job that keeps failing becomes a dead letter: `./turvaverkko manage jobs list`.\n\n"
        "| name | when | what | retries |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


def personal_data() -> str:
    """What each table says of the personal data it keeps."""
    from django.apps import apps  # noqa: PLC0415 - after django.setup

    rows = []
    for model in apps.get_models():
        if model.__module__.startswith("turvaverkko."):
            text = " ".join((model.__doc__ or "").split())
            kept = text.partition("Personal data:")[2].strip()
            rows.append(f"| `{model._meta.label}` | {kept} |")
    return (
        "# Personal data\n\nEach model says what it keeps of persons and for how long.\n\n"
        "| table | personal data |\n|---|---|\n" + "\n".join(sorted(rows)) + "\n"
    )


def permissions() -> str:
    """Which role may do what to which kind of object."""
    from turvaverkko.access.matrix import kinds  # noqa: PLC0415 - after django.setup
    from turvaverkko.access.rules import Role, Verb  # noqa: PLC0415 - after django.setup

    out = [
        (
            "# Permissions\n\nWhich role may do what to which kind of object **inside its scope**: the units "
            "of the role as far as the matter's\nconfidentiality lets it (guides, workers, leads only), and "
            "grants of at least that level. Everything else is a no.\nBeing a superuser gives nothing. "
            "`tests/house/test_permissions.py` executes every cell.\n"
        )
    ]
    for kind in kinds().values():
        out.append(f"## `{kind.name}`\n\n{kind.sentence}.\n")
        out.append(f"| role | {' | '.join(verb.value for verb in Verb)} |\n|---|{'---|' * len(Verb)}")
        for role in Role:
            cells = ("yes" if verb in kind.allowed.get(role, frozenset()) else "–" for verb in Verb)
            out.append(f"| {role.value} | {' | '.join(cells)} |")
        out.append("")
    return "\n".join(out)


def indicators() -> str:
    """What is counted of daily work."""
    from turvaverkko.indicators.computed import documentation, topics  # noqa: PLC0415 - after django.setup

    return documentation(topics())


PAPERS: dict[str, Callable[[], str]] = {
    "../permissions.md": permissions,
    "../indicators.md": indicators,
    "rules.md": rules,
    "states.md": states,
    "commands.md": commands,
    "announcements.md": announcements,
    "jobs.md": jobs,
    "personal-data.md": personal_data,
}


def main(arguments: list[str]) -> int:
    """Write the papers, or with `--check` say which are stale; return 1 when one is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "turvaverkko.config.settings.test")
    django.setup()
    stale = 0
    for name, make in PAPERS.items():
        path, text = (DOCS / name).resolve(), HEAD + make().rstrip() + "\n"
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale += 1
            print(f"{path.relative_to(ROOT)} is stale: run ./turvaverkko fix")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
