"""The officials' five roles, and what the administrator may do with people and organisations."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import ADMINISTRATOR, ROLES, grant


def make_roles(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the groups; the other apps attach their permissions to them."""
    for role in ROLES:
        grant(apps, schema_editor, role)
    grant(
        apps,
        schema_editor,
        ADMINISTRATOR,
        "accounts.view_user",
        "accounts.add_user",
        "accounts.change_user",
        "accounts.view_organisation",
        "accounts.change_organisation",
        "accounts.view_membership",
        "accounts.add_membership",
        "accounts.view_invitation",
        "accounts.view_membershipevent",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations: ClassVar = [
        migrations.RunPython(make_roles, migrations.RunPython.noop),
        append_only("accounts_membershipevent"),
    ]
