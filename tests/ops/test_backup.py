"""An archive brings everything back, and is refused when a byte of it is wrong or something would be lost."""

import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ops import backup
from ops.database import PostgreSQL, SQLite, database_of
from ops.environment import environment
from ops.processes import StartError
from tests.fixtures.worker import database_url

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """State on SQLite with one row, one paper and one key."""
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    env, var = environment()
    with sqlite3.connect(var / "portal.sqlite3") as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE event (id INTEGER, title TEXT)")
        database.execute("INSERT INTO event VALUES (1, 'LG Innotek Hải Phòng')")
    (var / "files" / "2026").mkdir()
    (var / "files" / "2026" / "paper.pdf").write_bytes(b"%PDF-")
    (var / "keys" / "authority.pem").write_text("key")
    return env, var


def titles(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        return [title for (title,) in database.execute("SELECT title FROM event")]


@pytest.mark.embedded
def test_a_lost_state_folder_comes_back_whole(installation, tmp_path: Path):
    env, var = installation
    archive = backup.make(env, var, None)
    assert archive.parent == var / "backups"
    assert archive.stat().st_mode & 0o077 == 0
    moved = archive.rename(tmp_path / archive.name)
    var.rename(tmp_path / "lost")
    env, var = environment()
    backup.restore(env, var, moved, force=False)
    assert titles(var / "portal.sqlite3") == ["LG Innotek Hải Phòng"]
    assert (var / "files" / "2026" / "paper.pdf").read_bytes() == b"%PDF-"
    assert (var / "keys" / "authority.pem").read_text() == "key"
    assert (var / "keys").stat().st_mode & 0o077 == 0


def test_the_two_commands_bring_a_real_installation_back_and_verify_its_chain(tmp_path: Path):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env = kept | {"PORTAL_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    archive = str(tmp_path / "archive.tar")
    (tmp_path / "var").mkdir()
    for command in (["manage.py", "migrate"], ["-m", "ops.backup", "make", archive]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=env, check=True)
    (tmp_path / "var").rename(tmp_path / "lost")
    done = subprocess.run(
        [sys.executable, "-m", "ops.backup", "restore", archive], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Restored from" in done.stdout


def test_a_restore_over_something_is_refused_and_with_force_keeps_it_aside(installation):
    env, var = installation
    archive = backup.make(env, var, None)
    (var / "files" / "2026" / "later.pdf").write_bytes(b"later")
    with pytest.raises(StartError, match="Not empty: files, keys, database"):
        backup.restore(env, var, archive, force=False)
    backup.restore(env, var, archive, force=True)
    assert not (var / "files" / "2026" / "later.pdf").exists()
    (aside,) = var.glob("replaced-*")
    assert (aside / "files" / "2026" / "later.pdf").read_bytes() == b"later"
    assert titles(aside / "portal.sqlite3") == titles(var / "portal.sqlite3")


def test_an_altered_archive_changes_nothing(installation, tmp_path: Path):
    env, var = installation
    archive = backup.make(env, var, None)
    (tmp_path / "opened").mkdir()
    backup._unpack(archive, tmp_path / "opened")
    (tmp_path / "opened" / "files" / "2026" / "paper.pdf").write_bytes(b"%PDF!")
    with tarfile.open(tmp_path / "altered.tar", "w") as target:
        target.add(tmp_path / "opened", ".")
    with pytest.raises(StartError, match=r"altered or cut: files/2026/paper\.pdf"):
        backup.restore(env, var, tmp_path / "altered.tar", force=True)
    assert not list(var.glob("replaced-*"))


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "link"])
def test_an_archive_cannot_write_outside_of_its_place(installation, tmp_path: Path, name: str):
    env, var = installation
    member = tarfile.TarInfo(name)
    if name == "link":
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "hostile.tar", "w") as target:
        target.addfile(member)
    with pytest.raises(StartError, match="not a plain file inside"):
        backup.restore(env, var, tmp_path / "hostile.tar", force=True)


def test_a_half_written_archive_is_not_taken_for_one(installation, tmp_path: Path):
    env, var = installation
    whole = backup.make(env, var, None).read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StartError, match="not a whole archive"):
        backup.restore(env, var, tmp_path / "cut.tar", force=True)


@pytest.mark.django_db
def test_postgresql_is_copied_out_and_in(tmp_path: Path):
    assert connection.vendor == "postgresql", "the suite runs on PostgreSQL: make test"
    own = database_of({"DATABASE_URL": database_url()}, tmp_path)
    assert isinstance(own, PostgreSQL)
    name = f"{own.address['PGDATABASE']}_backup"
    with psycopg.connect(database_url(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            check_copy(PostgreSQL(own.address | {"PGDATABASE": name}), tmp_path)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def check_copy(database: PostgreSQL, folder: Path) -> None:
    assert database.empty()
    with database._connect() as client:
        client.execute("CREATE TABLE event (id serial PRIMARY KEY, title text)")
        client.execute("INSERT INTO event (title) VALUES ('Hải Phòng')")
    database.dump(folder / "copy")
    with database._connect() as client:
        client.execute("UPDATE event SET title = 'later'")
    database.restore(folder / "copy", folder / "aside")
    assert (folder / "aside" / database.dump_name).stat().st_size > 0
    with database._connect() as client:
        assert client.execute("SELECT id, title FROM event").fetchall() == [(1, "Hải Phòng")]


def test_the_database_is_the_one_that_the_settings_choose(tmp_path: Path):
    assert database_of({}, tmp_path) == SQLite(tmp_path / "portal.sqlite3")
    given = database_of({"DATABASE_URL": "postgres://hp:p%40ss@db.example:5433/portal"}, tmp_path)
    assert isinstance(given, PostgreSQL)
    assert given.address["PGPASSWORD"] == "p@ss"
    assert given.address["PGPORT"] == "5433"
    assert "PGPASSWORD" not in os.environ
