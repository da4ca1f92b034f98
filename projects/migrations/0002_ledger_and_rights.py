"""The capital chain becomes append-only, and officials get their rights on the register."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.roles import ADMINISTRATOR, ROLES, grant
from cases.append_only import append_only

READABLE = ("project", "capitalevent", "zone", "sector", "sectorconversion")
EDITABLE = ("zone", "sector")


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads the register (dossiers are read through their cases); the administrator keeps zones and sectors."""
    for role in ROLES:
        grant(apps, schema_editor, role, *(f"projects.view_{model}" for model in READABLE))
    changes = [f"projects.{act}_{model}" for model in EDITABLE for act in ("add", "change")]
    grant(apps, schema_editor, ADMINISTRATOR, *changes)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0001_initial"), ("accounts", "0002_roles")]
    operations: ClassVar = [
        append_only("projects_capitalevent"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
