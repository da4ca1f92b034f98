"""The officials' roles: each is a group, made by a migration; the apps attach their permissions to it."""

from __future__ import annotations

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils.translation import gettext_lazy as _

DESK_OFFICER: Final = "desk officer"
APPRAISER: Final = "appraiser"
SIGNER: Final = "signer"
STATISTICIAN: Final = "statistician"
ADMINISTRATOR: Final = "administrator"
ROLES: Final = (DESK_OFFICER, APPRAISER, SIGNER, STATISTICIAN, ADMINISTRATOR)
LABELS: Final = {
    DESK_OFFICER: _("desk officer"),
    APPRAISER: _("appraiser"),
    SIGNER: _("signer"),
    STATISTICIAN: _("statistician"),
    ADMINISTRATOR: _("administrator"),
}


def grant(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor, group: str, *permissions: str) -> None:
    """Give a role permissions ("app.codename") inside a migration.

    Permission rows are normally made after all migrations have run, so the missing ones are made here, as Django
    would make them. The migration must depend on ("accounts", "0002_roles") and on the model that declares the
    permission. Raises LookupError when no model of the app declares it.
    """
    alias = schema_editor.connection.alias
    role, _created = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=group)
    role.permissions.add(*(_permission(apps, alias, name) for name in permissions))


def _permission(apps: StateApps, alias: str, dotted: str) -> Any:
    app_label, codename = dotted.split(".")
    model_name, words = _declared(apps, app_label, codename)
    content_type, _created = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label=app_label, model=model_name)
    )
    permission, _created = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(content_type=content_type, codename=codename, defaults={"name": words})
    )
    return permission


def _declared(apps: StateApps, app_label: str, codename: str) -> tuple[str, str]:
    """The model that declares the permission, and the permission's name in words."""
    for model in apps.get_app_config(app_label).get_models():
        meta = model._meta
        declared = dict(meta.permissions)
        for action in meta.default_permissions:
            declared[f"{action}_{meta.model_name}"] = f"Can {action} {meta.verbose_name_raw}"
        if codename in declared:
            return str(meta.model_name), str(declared[codename])
    raise LookupError(f"No model of {app_label} declares the permission {codename}.")
