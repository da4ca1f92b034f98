"""Reports and inspections after the grant; what was filed, and who was reminded, is append-only."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import APPRAISER, DESK_OFFICER, ROLES, SIGNER, grant

READ = ("annualreport", "reportfiling", "inspection", "dutyreminder")


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads reports and inspections; desk, appraisers and signers accept reports or ask to correct."""
    for role in ROLES:
        grant(apps, schema_editor, role, *(f"incentives.view_{model}" for model in READ))
    for role in (DESK_OFFICER, APPRAISER, SIGNER):
        grant(apps, schema_editor, role, "incentives.review_report")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_roles"),
        ("incentives", "0006_applications"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="incentivegrant",
            name="first",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty for the first one itself.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later_versions",
                to="incentives.incentivegrant",
                verbose_name="first certificate",
            ),
        ),
        migrations.AlterField(
            model_name="grantevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("granted", "Granted"),
                    ("replaced", "Replaced by an adjustment"),
                    ("reported", "Annual report filed"),
                    ("correction", "Correction of a report asked for"),
                    ("accepted", "Annual report accepted"),
                    ("planned", "Inspection planned"),
                    ("inspected", "Inspected"),
                    ("breached", "A condition was not kept in a year"),
                    ("restored", "Corrected: the conditions were kept in a year"),
                    ("revoked", "Revoked"),
                    ("expired", "Ended with the project"),
                ],
                max_length=10,
                verbose_name="what happened",
            ),
        ),
        migrations.CreateModel(
            name="AnnualReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("filed", "Filed"),
                            ("correction", "Correction asked for"),
                            ("accepted", "Accepted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "revenue_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="total revenue of the year (VND)",
                    ),
                ),
                (
                    "products_revenue_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="of it, revenue of the approved products (VND)",
                    ),
                ),
                (
                    "export_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="of it, exports (VND)",
                    ),
                ),
                (
                    "income_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        help_text="A loss with a minus.",
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("-999999999999999")),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="income of the year before losses carried forward (VND)",
                    ),
                ),
                (
                    "capital_implemented_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="investment capital implemented up to the end of the year (VND)",
                    ),
                ),
                (
                    "employees",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="employees at the end of the year"),
                ),
                (
                    "equipment",
                    models.TextField(
                        blank=True, max_length=8000, verbose_name="main equipment in use, and what was added"
                    ),
                ),
                (
                    "relief_income_tax_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="corporate income tax relieved (VND)",
                    ),
                ),
                (
                    "relief_import_duty_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="import duty relieved (VND)",
                    ),
                ),
                (
                    "relief_land_rent_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="land rent relieved (VND)",
                    ),
                ),
                (
                    "changes",
                    models.TextField(
                        blank=True,
                        max_length=8000,
                        verbose_name="changes of product, capacity, technology, place or ownership in the year",
                    ),
                ),
                ("correction_reason", models.TextField(blank=True, verbose_name="what is to be corrected")),
                ("filed_at", models.DateTimeField(blank=True, null=True, verbose_name="last filed at")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun at")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="incentives.incentivegrant",
                        verbose_name="first certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "annual report on incentives",
                "verbose_name_plural": "annual reports on incentives",
                "ordering": ("grant", "-year"),
                "permissions": [("review_report", "Can accept annual reports or ask for their correction")],
            },
        ),
        migrations.CreateModel(
            name="DutyReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("step", models.CharField(max_length=8, verbose_name="step")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="told at")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="incentives.incentivegrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "reminder of a report",
                "verbose_name_plural": "reminders of reports",
                "ordering": ("grant", "year", "id"),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("periodic", "Periodic"), ("ad_hoc", "Ad hoc")],
                        default="periodic",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("announced", models.BooleanField(default=True, verbose_name="announced to the enterprise")),
                ("reason", models.TextField(blank=True, verbose_name="reason and scope")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="planned at")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="carried out on")),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[("kept", "Conditions kept"), ("breach", "Breach")],
                        max_length=6,
                        verbose_name="found",
                    ),
                ),
                (
                    "breached_years",
                    models.JSONField(blank=True, default=list, verbose_name="years in which a condition was not kept"),
                ),
                ("minutes", models.TextField(blank=True, verbose_name="minutes")),
                ("recorded_at", models.DateTimeField(blank=True, null=True, verbose_name="recorded at")),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="incentives.incentivegrant",
                        verbose_name="first certificate",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "inspection of incentives",
                "verbose_name_plural": "inspections of incentives",
                "ordering": ("grant", "-planned_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="ReportedCondition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="condition")),
                ("kept", models.BooleanField(blank=True, null=True, verbose_name="kept")),
                ("explanation", models.TextField(blank=True, max_length=4000, verbose_name="explanation")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conditions",
                        to="incentives.annualreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "condition in a report",
                "verbose_name_plural": "conditions in reports",
                "ordering": ("report", "id"),
            },
        ),
        migrations.CreateModel(
            name="ReportedOutput",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "output",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="output of the year",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incentives.approvedproduct"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outputs",
                        to="incentives.annualreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "output of a product",
                "verbose_name_plural": "output of products",
                "ordering": ("report", "product"),
            },
        ),
        migrations.CreateModel(
            name="ReportFiling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="filing")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="filed at")),
                ("due_on", models.DateField(verbose_name="was due on")),
                ("late", models.BooleanField(default=False, verbose_name="late")),
                ("answers", models.TextField(blank=True, verbose_name="answers the question")),
                ("key", models.CharField(blank=True, max_length=64)),
                (
                    "data",
                    models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="as filed"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filed by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filings",
                        to="incentives.annualreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "filing of an annual report",
                "verbose_name_plural": "filings of annual reports",
                "ordering": ("report", "number"),
            },
        ),
        migrations.AddIndex(
            model_name="annualreport",
            index=models.Index(fields=["state", "filed_at"], name="incentives__state_3a70e3_idx"),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.UniqueConstraint(fields=("grant", "year"), name="one_report_per_year"),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("filed_at__isnull", True), ("state", "draft")),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("filed_at__isnull", False)),
                    _connector="OR",
                ),
                name="filed_report_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="annualreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "correction"), _negated=True),
                    models.Q(("correction_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="correction_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyreminder",
            constraint=models.UniqueConstraint(fields=("grant", "year", "step"), name="one_reminder_per_step"),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_on__isnull", True)), fields=("grant",), name="one_open_inspection_per_grant"
            ),
        ),
        migrations.AddConstraint(
            model_name="inspection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("done_on__isnull", True),
                        ("found", ""),
                        ("recorded_at__isnull", True),
                        ("recorded_by__isnull", True),
                    ),
                    models.Q(
                        ("done_on__isnull", False),
                        ("recorded_at__isnull", False),
                        ("recorded_by__isnull", False),
                        models.Q(("found", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="inspection_has_its_result_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportedcondition",
            constraint=models.UniqueConstraint(fields=("report", "code"), name="one_answer_per_condition"),
        ),
        migrations.AddConstraint(
            model_name="reportedoutput",
            constraint=models.UniqueConstraint(fields=("report", "product"), name="one_output_per_product"),
        ),
        migrations.AddConstraint(
            model_name="reportfiling",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="one_filing_per_number"),
        ),
        append_only("incentives_reportfiling"),
        append_only("incentives_dutyreminder"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
