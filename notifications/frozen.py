"""What a letter says is written once: the database itself refuses to change its words or to delete it.

Used by the migration; works on PostgreSQL and SQLite. The columns of its journey (state, attempts, ...) may change.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "notifications_message"
SAID = (
    "event_id", "case_id", "person_id", "template", "audience", "key", "again_of_id", "language", "to", "subject",
    "text", "html", "message_id", "created_at",
)  # fmt: skip

POSTGRES = f"""
CREATE FUNCTION refuse_message_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What a letter says cannot be changed, and no letter is deleted.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER {TABLE}_said BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({{changed}})
EXECUTE FUNCTION refuse_message_change();
CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION refuse_message_change();
"""
SQLITE = (
    f"""CREATE TRIGGER {TABLE}_said BEFORE UPDATE ON {TABLE} WHEN {{changed}}
BEGIN SELECT RAISE(ABORT, 'What a letter says cannot be changed.'); END;""",
    f"""CREATE TRIGGER {TABLE}_kept BEFORE DELETE ON {TABLE}
BEGIN SELECT RAISE(ABORT, 'No letter is deleted.'); END;""",
)


def freeze_words() -> migrations.RunPython:
    """The migration operation that freezes letters."""
    return migrations.RunPython(_forwards, _backwards)


def _forwards(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        changed = " OR ".join(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in SAID)
        schema_editor.execute(POSTGRES.format(changed=changed), params=None)
        return
    changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in SAID)
    for statement in SQLITE:
        schema_editor.execute(statement.format(changed=changed), params=None)


def _backwards(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_table = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in ("said", "kept"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{name}{on_table}")
    if on_table:
        schema_editor.execute("DROP FUNCTION refuse_message_change()")
