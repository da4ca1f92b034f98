"""What a certificate states is written once: after the issue the database itself refuses to change or delete it.

Used by the migration; works on PostgreSQL and SQLite.
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
WRITTEN_ONCE = "OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 <> OLD.pdf_sha256"

POSTGRES = f"""
CREATE FUNCTION refuse_certificate_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A certificate is never deleted.' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.number IS NOT NULL AND (({{changed}}) OR ({WRITTEN_ONCE})) THEN
        RAISE EXCEPTION 'What an issued certificate states cannot be changed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION refuse_certificate_change();
"""
SQLITE_UPDATE = f"""
CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE ON {TABLE}
WHEN OLD.number IS NOT NULL AND (({{changed}}) OR ({WRITTEN_ONCE}))
BEGIN SELECT RAISE(ABORT, 'What an issued certificate states cannot be changed.'); END;
"""
SQLITE_DELETE = f"""
CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'A certificate is never deleted.'); END;
"""


def freeze_issued() -> migrations.RunPython:
    """The migration operation that freezes issued certificates."""
    return migrations.RunPython(_forwards, _backwards)


def _forwards(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in STATED)
        schema_editor.execute(POSTGRES.format(changed=changed))
        return
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in STATED)
    schema_editor.execute(SQLITE_UPDATE.format(changed=changed))
    schema_editor.execute(SQLITE_DELETE)


def _backwards(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen ON {TABLE}")
        schema_editor.execute("DROP FUNCTION refuse_certificate_change()")
        return
    schema_editor.execute(f"DROP TRIGGER {TABLE}_frozen")
    schema_editor.execute(f"DROP TRIGGER {TABLE}_kept")
