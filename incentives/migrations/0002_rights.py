"""Every official may read the list of supported products."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.roles import ROLES, grant


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Reading only."""
    for role in ROLES:
        grant(apps, schema_editor, role, "incentives.view_supportedproduct")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0001_initial"), ("accounts", "0002_roles")]
    operations: ClassVar = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
