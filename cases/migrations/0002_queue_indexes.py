"""Indexes of the officials' queue on PostgreSQL: one for each order of `cases.desk.orders`, and one for the search.

They index expressions and trigrams, which the model cannot declare for both databases. SQLite does without: it serves
the demonstration, which is small.
"""

from typing import Final

from django.db import DatabaseError, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ENDED: Final = "('issued', 'refused', 'stopped', 'withdrawn')"
INDEXES: Final = {
    "cases_queue_urgency": f"""(
        (CASE WHEN answered_at IS NOT NULL AND status = 'accepted' THEN 0 WHEN status IN {ENDED} THEN 2 ELSE 1 END),
        (COALESCE(due_on, DATE '9999-12-31')),
        (CASE WHEN status IN {ENDED} THEN id * -1 ELSE id END)
    )""",
    "cases_queue_newest": "((COALESCE(submitted_at, TIMESTAMPTZ '1970-01-01 00:00:00+00')), id)",
    "cases_queue_amount": "((COALESCE(amount_usd, -1::numeric)), id)",
}
SEARCH: Final = "cases_case_search_trigrams"


def build(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the indexes; where the server has no trigrams, search reads the table."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, expressions in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX {name} ON cases_case {expressions}")
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:  # not installed on the server, or not allowed to this role
        return
    schema_editor.execute(f"CREATE INDEX {SEARCH} ON cases_case USING gin (search_text gin_trgm_ops)")


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the indexes away; the extension may serve others."""
    if schema_editor.connection.vendor == "postgresql":
        for name in (*INDEXES, SEARCH):
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
