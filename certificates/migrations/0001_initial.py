"""Certificates: numbers, frozen content, documents; and who may look at them in the admin."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.roles import ADMINISTRATOR, APPRAISER, DESK_OFFICER, SIGNER, grant
from certificates.frozen import freeze_issued


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The officials who work on cases may look at certificates."""
    for role in (DESK_OFFICER, APPRAISER, SIGNER, ADMINISTRATOR):
        grant(apps, schema_editor, role, "certificates.view_certificate")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        ("cases", "0002_queue_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("series", models.CharField(max_length=8)),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("series", "year"), name="one_counter_per_year")],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("number", models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name="number")),
                (
                    "version",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="0 is the first certificate of a project, N its Nth adjustment.",
                        verbose_name="adjustment",
                    ),
                ),
                ("project_code", models.CharField(blank=True, max_length=40, verbose_name="project code")),
                ("content", models.JSONField(verbose_name="content")),
                ("content_sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256 of the content")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="issued on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "Prepared, not issued yet"),
                            ("valid", "Valid"),
                            ("replaced", "Replaced"),
                            ("revoked", "Revoked"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, null=True, verbose_name="revoked on")),
                ("verify_url", models.URLField(blank=True, max_length=400, verbose_name="address in the QR code")),
                ("is_test", models.BooleanField(default=False, verbose_name="signed by the test authority")),
                (
                    "document_state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting to be prepared"),
                            ("rendering", "Being prepared"),
                            ("ready", "Ready"),
                            ("failed", "Failed, will be tried again"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="document",
                    ),
                ),
                ("pdf", models.FileField(blank=True, max_length=255, upload_to="", verbose_name="PDF")),
                (
                    "pdf_sha256",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="SHA-256 of the PDF"),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed at")),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="next try at")),
                ("document_error", models.CharField(blank=True, max_length=500, verbose_name="why it failed")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="prepared at")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="certificates.certificate",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ("-id",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("document_state", "ready"), _negated=True),
                        fields=["next_try_at"],
                        name="documents_to_make",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["prepared", "valid", "replaced", "revoked"])),
                        name="known_certificate_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document_state__in", ["waiting", "rendering", "ready", "failed"])),
                        name="known_document_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_on__isnull", True), ("number__isnull", True), ("state", "prepared")),
                            models.Q(
                                models.Q(("state", "prepared"), _negated=True),
                                ("issued_on__isnull", False),
                                ("number__isnull", False),
                                models.Q(("content_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="issued_has_number_and_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("document_state", "ready"), _negated=True),
                            models.Q(
                                models.Q(("pdf", ""), _negated=True),
                                models.Q(("pdf_sha256", ""), _negated=True),
                                ("signed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ready_has_signed_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revoked_on__isnull", True), ("state", "revoked"), _connector="OR"),
                        name="revoked_has_day",
                    ),
                ],
            },
        ),
        freeze_issued(),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
