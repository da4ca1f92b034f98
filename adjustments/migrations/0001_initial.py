"""The adjustment dossier and its items."""

from decimal import Decimal

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0003_legal_basis_vi"),
        ("projects", "0003_project_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                (
                    "proposed",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="content as it is to become",
                    ),
                ),
                (
                    "intent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("increase", "Increase of the capital"),
                            ("decrease", "Decrease of the capital"),
                            ("correction", "Correction that leaves the total capital as it is"),
                            ("transfer", "Transfer between investors"),
                            ("other", "Other changes"),
                        ],
                        max_length=10,
                        verbose_name="what is asked for",
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=8000, verbose_name="reason for the change")),
                (
                    "decision_number",
                    models.CharField(blank=True, max_length=80, verbose_name="number of the investor's decision"),
                ),
                (
                    "decision_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the investor's decision"),
                ),
                (
                    "decision_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who decided for the investor"),
                ),
                (
                    "address_remapped",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Do addresses change only because wards, communes or provinces were rearranged?",
                    ),
                ),
                (
                    "late_handover",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Does the schedule change only because the State handed the land over late?",
                    ),
                ),
                (
                    "operation_started",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Is the project in operation already, in full or in part?"
                    ),
                ),
                (
                    "schedule_exception",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "None of these"),
                            ("force_majeure", "Force majeure"),
                            ("late_land", "The State handed the land over late"),
                            ("authority", "An authority asked for it, or its procedures were late"),
                            ("planning", "The planning was changed by an authority"),
                            ("objective", "An objective of the in-principle approval is changed or added"),
                            ("capital_20", "The total capital rises by 20 % or more, which changes the scale"),
                        ],
                        max_length=14,
                        verbose_name="legal ground for a later completion",
                    ),
                ),
                (
                    "earlier_number",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the certificate in force"),
                ),
                (
                    "earlier_first_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the first certificate"),
                ),
                (
                    "earlier_adjustments",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="how many times the certificate has been adjusted before",
                    ),
                ),
                (
                    "earlier_last_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the latest adjustment"),
                ),
                ("report_on", models.DateField(blank=True, null=True, verbose_name="state of the report on")),
                (
                    "disbursed_contributed_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="contributed capital paid in so far (VND)",
                    ),
                ),
                (
                    "disbursed_contributed_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("1000000000000")),
                        ],
                        verbose_name="contributed capital paid in so far (USD)",
                    ),
                ),
                (
                    "disbursed_mobilised_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="mobilised capital disbursed so far (VND)",
                    ),
                ),
                (
                    "report_progress",
                    models.TextField(blank=True, max_length=8000, verbose_name="progress against the schedule"),
                ),
                ("report_workers", models.PositiveIntegerField(blank=True, null=True, verbose_name="workers now")),
                (
                    "report_revenue_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="net revenue of the last full year (VND)",
                    ),
                ),
                (
                    "report_export_usd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("1000000000000")),
                        ],
                        verbose_name="export value of the last full year (USD)",
                    ),
                ),
                (
                    "report_profit_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        verbose_name="profit after tax of the last full year (VND)",
                    ),
                ),
                (
                    "report_taxes_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="taxes and fees paid in the last full year (VND)",
                    ),
                ),
                (
                    "report_problems",
                    models.TextField(blank=True, max_length=8000, verbose_name="difficulties and proposals"),
                ),
                (
                    "supervision_report_filed",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Has the investment supervision report been filed before this application?",
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.projectversion",
                        verbose_name="certificate it starts from",
                    ),
                ),
                (
                    "holds",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        help_text="The project while the application is open: a project has one at a time.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="open_adjustment",
                        to="projects.project",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "adjustment",
                "verbose_name_plural": "adjustments",
            },
        ),
        migrations.CreateModel(
            name="AdjustmentItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("path", models.CharField(max_length=80, verbose_name="item")),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="in the certificate",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name="asked for"
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=8000, verbose_name="reason")),
                (
                    "rule_class",
                    models.CharField(
                        choices=[
                            ("fast", "3 working days"),
                            ("standard", "7 working days"),
                            ("special", "special procedure, 15 working days"),
                            ("approval", "in-principle approval first"),
                        ],
                        max_length=8,
                        verbose_name="rule",
                    ),
                ),
                ("clause", models.CharField(blank=True, max_length=120, verbose_name="clause")),
                (
                    "adjustment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="adjustments.adjustment"
                    ),
                ),
            ],
            options={
                "verbose_name": "changed item",
                "verbose_name_plural": "changed items",
                "ordering": ("adjustment", "position"),
                "constraints": [models.UniqueConstraint(fields=("adjustment", "path"), name="one_item_per_path")],
            },
        ),
    ]
