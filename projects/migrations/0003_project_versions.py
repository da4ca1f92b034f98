"""What each certificate says of its project, kept version by version and never changed."""

from __future__ import annotations

from typing import ClassVar

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import ROLES, grant


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads the versions."""
    for role in ROLES:
        grant(apps, schema_editor, role, "projects.view_projectversion")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("projects", "0002_ledger_and_rights"),
        ("cases", "0003_legal_basis_vi"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ProjectVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="0 is the first certificate, N its Nth adjustment.", verbose_name="adjustment"
                    ),
                ),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=60, verbose_name="certificate number"),
                ),
                ("effective_on", models.DateField(verbose_name="effective on")),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at"),
                ),
                (
                    "data",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="content"),
                ),
                ("data_sha256", models.CharField(max_length=64, verbose_name="SHA-256 of the content")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_version",
                        to="cases.case",
                        verbose_name="case of origin",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a project",
                "verbose_name_plural": "versions of projects",
                "ordering": ("project", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("project", "number"), name="one_version_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("data_sha256", ""), _negated=True), name="version_has_digest"
                    ),
                ],
            },
        ),
        append_only("projects_projectversion"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
