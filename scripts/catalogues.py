"""Collects the interface's texts into the catalogues; `--check` says what is missing or stale.

A published language must have every text (`fi`, the source language, needs no catalogue).
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from turvaverkko.core.languages import PUBLISHED, SOURCE_LANGUAGE

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "turvaverkko"
TARGETS = [language.code for language in PUBLISHED if language.code != SOURCE_LANGUAGE]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|\{[a-z_]*\}")
# The tool that reads Python reads no templates: their texts are written out for it as calls.
TEXTS_OF_TEMPLATES = "texts_of_templates.py"
PLURALS = {
    "sv": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
    ),
}


def collect(language: str, root: Path) -> polib.POFile:
    """Return the catalogue of `language` brought up to date with the sources, old texts kept."""
    package = root / "package"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "static", "tests"))
    (package / TEXTS_OF_TEMPLATES).write_text(texts_of_templates(package), encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("django-admin")), "makemessages", "-l", language,
        "--no-location", "--no-wrap", "--no-obsolete", "-e", "py", "-v", "0",
    ]  # fmt: skip
    (package / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    subprocess.run(command, cwd=package, check=True)
    catalogue = polib.pofile(str(package / "locale" / language / "LC_MESSAGES" / "django.po"), wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "turvaverkko",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    catalogue.header = f"Turvaverkko: the interface in {language}. Source language: Finnish."
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue


def texts_of_templates(package: Path) -> str:
    """Return a call for each text of the templates under `package`, as Python would have written it."""
    reader = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 - reads templates, draws none
    calls = set()
    for path in sorted(package.rglob("jinja2/**/*.html")):
        found = extract_from_ast(reader.parse(path.read_text(encoding="utf-8")), babel_style=False)
        for _line, function, texts in found:
            words = (texts,) if isinstance(texts, str) else texts or ()
            given = [repr(text) for text in words if text is not None]
            given += ["0"] if function.startswith("n") else []
            calls.add(f"{'gettext' if function == '_' else function}({', '.join(given)})")
    return "\n".join(sorted(calls)) + "\n"


def faults(catalogue: polib.POFile) -> list[str]:
    """What is wrong with a catalogue: texts without a translation, guesses, lost placeholders."""
    found = [f"no translation: {entry.msgid!r}" for entry in catalogue.untranslated_entries()]
    found += [f"only a guess: {entry.msgid!r}" for entry in catalogue.fuzzy_entries()]
    for entry in catalogue.translated_entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        given = set(PLACEHOLDER.findall(entry.msgstr + "".join(entry.msgstr_plural.values())))
        if wanted != given:
            found.append(f"other placeholders than the source: {entry.msgid!r}")
    return found


def main(arguments: list[str]) -> int:
    """Write the catalogues, or with `--check` compare them; return 1 when something is amiss."""
    amiss = 0
    for language in TARGETS:
        target = PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"
        with tempfile.TemporaryDirectory() as folder:
            catalogue = collect(language, Path(folder))
        wanted = str(catalogue)
        if "--check" in arguments:
            if not target.exists() or target.read_text(encoding="utf-8").strip() != wanted.strip():
                amiss += 1
                print(f"{language}: stale; run ./turvaverkko fix")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(wanted.rstrip() + "\n", encoding="utf-8")
        for fault in faults(catalogue):
            amiss += 1
            print(f"{language}: {fault}")
    return 1 if amiss and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
