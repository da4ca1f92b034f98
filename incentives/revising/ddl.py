"""What the database itself refuses, for the migration: triggers for PostgreSQL and SQLite."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ENDED = "('published', 'discarded')"
FINISHED = "('done', 'failed', 'cancelled')"
OPEN = "(SELECT state FROM incentives_rulerevision WHERE id = {row}.revision_id) <> 'draft'"

REFUSALS: Sequence[tuple[str, str, str, str]] = (
    ("incentives_rulerevision", "delete", "", "A revision is not deleted."),
    ("incentives_rulerevision", "update", f"OLD.state IN {ENDED}", "A revision that ended does not change."),
    ("incentives_ruledraft", "delete", "", "A draft is not deleted."),
    ("incentives_ruledraft", "insert", OPEN.format(row="NEW"), "Only a revision in draft takes drafts."),
    ("incentives_ruledraft", "update", OPEN.format(row="OLD"), "Only in a revision in draft do drafts change."),
    ("incentives_rulereplay", "delete", "", "A replay is not deleted."),
    ("incentives_rulereplay", "update", f"OLD.state IN {FINISHED}", "A replay that ended does not change."),
)
"""Table, verb, when (always if empty), and the words."""

POSTGRES = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {when} THEN RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation'; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN {when}
BEGIN SELECT RAISE(ABORT, '{words}'); END;
"""


def promises() -> migrations.RunPython:
    """The migration operation that makes the database keep them."""

    def forwards(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for table, verb, when, words in REFUSALS:
            always = when or ("TRUE" if postgres else "1")
            words = words.replace("'", "''")
            statement = (POSTGRES if postgres else SQLITE).format(
                name=f"{table}_refuses_{verb}", verb=verb.upper(), table=table, when=always, words=words
            )
            schema_editor.execute(statement, params=None)

    def backwards(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for table, verb, _when, _words in REFUSALS:
            name = f"{table}_refuses_{verb}"
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}" if postgres else f"DROP TRIGGER {name}")
            if postgres:
                schema_editor.execute(f"DROP FUNCTION {name}()")

    return migrations.RunPython(forwards, backwards)
