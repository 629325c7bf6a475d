"""How the product starts: secrets, catalogues, what a warm start skips."""

import os
import socket
import stat
from pathlib import Path

import polib
import pytest

from turvaverkko.config import demo
from turvaverkko.config.catalogues import compile_catalogues
from turvaverkko.config.settings.secrets import generated_key, required

pytestmark = pytest.mark.sqlite_only


def test_the_demo_keeps_its_key(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "key"
    first = generated_key(path)
    assert len(first) >= 50
    assert generated_key(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_production_names_the_missing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TURVAVERKKO_NOTHING", raising=False)
    with pytest.raises(RuntimeError, match="TURVAVERKKO_NOTHING"):
        required("TURVAVERKKO_NOTHING")


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("TURVAVERKKO_NOTHING_FILE", str(tmp_path / "secret"))
    assert required("TURVAVERKKO_NOTHING") == "from a file"


def test_catalogues_are_compiled_once(tmp_path: Path) -> None:
    folder = tmp_path / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="Hae", msgstr="Sök"))
    catalogue.save(str(folder / "django.po"))
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    assert polib.mofile(str(folder / "django.mo"))[0].msgstr == "Sök"
    assert compile_catalogues(tmp_path) == []


def test_a_changed_pack_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: object) -> None:
    for folder in demo.CONTENT:
        (tmp_path / folder).mkdir(parents=True)
    row = tmp_path / "counties" / "areas.csv"
    row.write_text("slug\n")
    monkeypatch.setattr(demo.settings, "ROOT", tmp_path)
    before = demo.content_hash()
    assert demo.content_hash() == before
    row.write_text("slug\nlakeus\n")
    os.utime(row, ns=(1, 1))
    assert demo.content_hash() != before


def test_fresh_forgets_the_database_and_nothing_else(tmp_path: Path) -> None:
    database, stamp, key = (tmp_path / name for name in ("t.sqlite3", "content-stamp", "secret-key"))
    for path in (database, stamp, key, tmp_path / "t.sqlite3-wal"):
        path.write_text("x")
    demo.forget(database, stamp)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret-key"]


def test_a_port_in_use_is_told_before_anything_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit):
            demo.main(["--port", str(port)])
    assert f"Port {port} is in use" in capsys.readouterr().err
    assert not demo.is_taken(port)
