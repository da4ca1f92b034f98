"""What somebody could do who owns the database, and capital in both currencies to do it to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.db import connection

from projects.chain import Capital


def capital(contributed: str | int, mobilised: str | int = 0, retained: str | int = 0) -> Capital:
    """The same change in dollars and, at 26,000, in dong."""
    parts = {"contributed": Decimal(contributed), "mobilised": Decimal(mobilised), "retained": Decimal(retained)}
    dollars = {f"{name}_usd": value for name, value in parts.items()}
    return Capital(**dollars, **{f"{name}_vnd": value * 26_000 for name, value in parts.items()})


@contextmanager
def behind_the_triggers() -> Iterator[None]:
    """The triggers taken away, and put back afterwards."""
    table = "projects_capitalevent"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL alters no table with checks still to be made
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


def lift_checks(cursor: Any) -> None:
    """The owner of a database can also take its checks away."""
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        return
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = 'projects_capitalevent'::regclass AND contype = 'c'"
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE projects_capitalevent DROP CONSTRAINT {name}")
