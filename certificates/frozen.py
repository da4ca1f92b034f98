"""What a certificate states is written once: after the issue the database itself refuses to change or delete it.

Its state may change once more, from valid to an end; the day, the person and the reason of an end come with that
change and never alone. Used by the migrations; works on PostgreSQL and SQLite.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "certificates_certificate"
STATED = (
    "case_id", "kind", "number", "version", "project_code", "content", "content_sha256", "issued_on", "replaces_id",
    "verify_url", "is_test",
)  # fmt: skip
ENDING = ("ended_on", "ended_by_id", "end_reason")
WRITTEN_ONCE = "OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 <> OLD.pdf_sha256"
OTHER_MOVE = (
    "NEW.state <> OLD.state AND NOT (OLD.state = 'valid' AND NEW.state IN ('replaced', 'revoked', 'surrendered'))"
)
ENDS_NOW = "OLD.state = 'valid' AND NEW.state IN ('revoked', 'surrendered')"

POSTGRES = f"""
CREATE FUNCTION refuse_certificate_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A certificate is never deleted.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.number IS NOT NULL AND ({{refused}}) THEN
        RAISE EXCEPTION 'What an issued certificate states cannot be changed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION refuse_certificate_change();
"""
SQLITE_UPDATE = f"""
CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE}
WHEN OLD.number IS NOT NULL AND ({{refused}})
BEGIN SELECT RAISE(ABORT, 'What an issued certificate states cannot be changed.'); END;
"""
SQLITE_DELETE = f"""
CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'A certificate is never deleted.'); END;
"""


def freeze_issued() -> migrations.RunPython:
    """The migration operation that freezes what issued certificates state (their state was free at first)."""
    return migrations.RunPython(_freeze_statement, _thaw)


def thaw_issued() -> migrations.RunPython:
    """Lift the freeze for a change of the table, which SQLite makes by copying it; `freeze_ended` comes after."""
    return migrations.RunPython(_thaw, _freeze_statement)


def freeze_ended() -> migrations.RunPython:
    """Freeze issued certificates with their state: one end, told once."""
    return migrations.RunPython(_freeze_state_too, _thaw)


def _freeze_statement(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _freeze(schema_editor, f"({_changed(schema_editor, STATED)}) OR ({WRITTEN_ONCE})")


def _freeze_state_too(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    told_again = f"({_changed(schema_editor, ENDING)}) AND NOT ({ENDS_NOW})"
    rules = (_changed(schema_editor, STATED), WRITTEN_ONCE, OTHER_MOVE, told_again)
    _freeze(schema_editor, " OR ".join(f"({rule})" for rule in rules))


def _changed(schema_editor: BaseDatabaseSchemaEditor, columns: tuple[str, ...]) -> str:
    differs = "IS DISTINCT FROM" if schema_editor.connection.vendor == "postgresql" else "IS NOT"
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)


def _freeze(schema_editor: BaseDatabaseSchemaEditor, refused: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRES.format(refused=refused))
        return
    schema_editor.execute(SQLITE_UPDATE.format(refused=refused))
    schema_editor.execute(SQLITE_DELETE)


def _thaw(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen ON {TABLE}")
        schema_editor.execute("DROP FUNCTION refuse_certificate_change()")
        return
    schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen")
    schema_editor.execute(f"DROP TRIGGER {TABLE}_kept")
