"""Copying a whole database out and in, for either of the two kinds."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import environ
import psycopg
from psycopg.conninfo import make_conninfo

from ops.processes import StartError
from ops.services.postgresql import binaries, packaged


def database_of(env: dict[str, str], var: Path) -> "SQLite | PostgreSQL":
    """The database that the settings would choose: DATABASE_URL, else SQLite in the state folder."""
    if not env.get("DATABASE_URL"):
        return SQLite(var / "portal.sqlite3")
    parts = environ.Env.db_url_config(env["DATABASE_URL"])
    if parts["ENGINE"].endswith("sqlite3"):
        return SQLite(Path(parts["NAME"]))
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return PostgreSQL({name: str(parts[part]) for name, part in names.items() if parts.get(part)})


@dataclass(frozen=True)
class SQLite:
    """The embedded database."""

    path: Path
    dump_name: str = "database.sqlite3"

    def dump(self, target: Path) -> None:
        """Copy by SQLite's own backup, which includes what is still in the write-ahead log."""
        if not self.path.exists():
            raise StartError(f"There is no database {self.path} yet.")
        with closing(sqlite3.connect(self.path)) as ours, closing(sqlite3.connect(target)) as copy:
            ours.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")

    def empty(self) -> bool:
        """No file, or one without tables."""
        if not self.path.exists():
            return True
        with closing(sqlite3.connect(self.path)) as ours:
            return bool(ours.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])

    def restore(self, source: Path, aside: Path) -> None:
        """Move the present file and its log aside, put the copy in their place."""
        for path in (self.path, Path(f"{self.path}-wal"), Path(f"{self.path}-shm")):
            if path.exists():
                aside.mkdir(exist_ok=True)
                path.rename(aside / path.name)
        shutil.copyfile(source, self.path)


@dataclass(frozen=True)
class PostgreSQL:
    """A PostgreSQL database, addressed by libpq's own variables so that no password shows in a list of processes."""

    address: dict[str, str]
    dump_name: str = "database.dump"

    def dump(self, target: Path) -> None:
        """pg_dump sees one snapshot."""
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")

    def empty(self) -> bool:
        """No table in the schema."""
        with self._connect() as connection:
            found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        return found == (0,)

    def restore(self, source: Path, aside: Path) -> None:
        """Drop the schema and load the copy; a failure in the middle leaves an empty database, never a mixed one."""
        if not self.empty():
            aside.mkdir(exist_ok=True)
            self.dump(aside / self.dump_name)
        with self._connect() as connection:
            connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
            connection.execute("CREATE SCHEMA public")
        target = f"--dbname={self.address['PGDATABASE']}"
        self._run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", target, str(source))

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
        return psycopg.connect(make_conninfo("", **{names[name]: value for name, value in self.address.items()}))

    def _run(self, tool: str, *options: str) -> None:
        with self._connect() as connection:
            server = connection.info.server_version // 10000
        command = [str(client(tool, server)), *options]
        done = subprocess.run(command, env=os.environ | self.address, capture_output=True, text=True)
        if done.returncode:
            raise StartError(f"{tool} failed:\n{done.stderr}")


def client(tool: str, server: int) -> Path:
    """A `tool` of at least the server's major version: an older one refuses, or leaves something out."""
    found = [Path(path) for path in [shutil.which(tool)] if path]
    found += [place / tool for place in (binaries(), packaged()) if place]
    for path in found:
        if path.exists() and _major(path) >= server:
            return path
    raise StartError(f"{tool} {server} or newer is needed: install postgresql-client-{server}.")


def _major(path: Path) -> int:
    words = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.split()
    return int(words[2].split(".")[0])
