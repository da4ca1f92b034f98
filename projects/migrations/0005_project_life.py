"""Suspension, resumption, termination and revocation: notices that are only ever added, and who may record them."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import DESK_OFFICER, ROLES, SIGNER, grant


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads the notices; the desk and the signer record them; only the signer ends a project."""
    for role in ROLES:
        grant(apps, schema_editor, role, "projects.view_lifenotice", "projects.view_lifeinformed")
    for role in (DESK_OFFICER, SIGNER):
        grant(apps, schema_editor, role, "projects.record_life")
    grant(apps, schema_editor, SIGNER, "projects.end_project")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("projects", "0004_chain_heads"),
        ("certificates", "0002_endings"),
        ("accounts", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="LifeNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("suspension", "Suspension"),
                            ("resumption", "Resumption"),
                            ("termination", "Termination"),
                            ("revocation", "Revocation of the certificate"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="decided on")),
                ("effective_on", models.DateField(verbose_name="effective from")),
                ("until", models.DateField(blank=True, null=True, verbose_name="last day of the suspension")),
                ("ground", models.CharField(max_length=40, verbose_name="ground")),
                ("clause", models.CharField(max_length=80, verbose_name="clause")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "side",
                    models.CharField(
                        choices=[("investor", "Investor"), ("official", "Authority")],
                        max_length=8,
                        verbose_name="side",
                    ),
                ),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                ("notice_due_on", models.DateField(blank=True, null=True, verbose_name="notice due by")),
                ("late", models.BooleanField(default=False, verbose_name="after the legal days")),
                ("inform_by", models.DateField(blank=True, null=True, verbose_name="inform others by")),
                ("key", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="certificates.certificate",
                        verbose_name="certificate that ended",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="life_notice",
                        to="projects.capitalevent",
                        verbose_name="entry of the chain",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="life_notices",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice about a project",
                "verbose_name_plural": "notices about projects",
                "ordering": ("project", "id"),
                "permissions": [
                    ("end_project", "Can terminate a project and revoke its certificate"),
                    ("record_life", "Can record suspension and resumption, and that others were informed"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["suspension", "resumption", "termination", "revocation"])),
                        name="known_life_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["investor", "official"])), name="known_life_side"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "suspension"), ("until__gte", models.F("effective_on"))),
                            models.Q(models.Q(("kind", "suspension"), _negated=True), ("until__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_a_suspension_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clause", ""), _negated=True), models.Q(("ground", ""), _negated=True)
                        ),
                        name="life_has_ground_and_clause",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("project", "kind", "by", "key"),
                        name="one_life_notice_per_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LifeInformed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("informed_on", models.DateField(verbose_name="informed on")),
                ("offices", models.CharField(max_length=500, verbose_name="who was informed")),
                ("late", models.BooleanField(default=False, verbose_name="after the legal days")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="informed",
                        to="projects.lifenotice",
                        verbose_name="notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "information of other authorities",
                "verbose_name_plural": "information of other authorities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("offices", ""), _negated=True), name="informed_names_offices"
                    ),
                ],
            },
        ),
        append_only("projects_lifenotice"),
        append_only("projects_lifeinformed"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
