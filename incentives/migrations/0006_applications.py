"""Applications for the certificate of incentives, who decides on them, and what they grant."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import django_countries.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import ADMINISTRATOR, APPRAISER, ROLES, SIGNER, grant


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads grants and routes; appraisers inspect, signers revoke, the administrator keeps the routes."""
    for role in ROLES:
        grant(apps, schema_editor, role, "incentives.view_incentivegrant", "incentives.view_authorityroute")
    grant(apps, schema_editor, APPRAISER, "incentives.inspect_grant")
    grant(apps, schema_editor, SIGNER, "incentives.inspect_grant", "incentives.revoke_grant")
    grant(apps, schema_editor, ADMINISTRATOR, "incentives.add_authorityroute", "incentives.change_authorityroute")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_roles"),
        ("cases", "0004_library"),
        ("incentives", "0005_revising"),
        ("projects", "0006_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="HistoricalAuthorityRoute",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "size",
                    models.CharField(
                        choices=[("any", "Of any size"), ("sme", "Micro, small or medium-sized"), ("large", "Larger")],
                        default="any",
                        max_length=5,
                        verbose_name="size of the enterprise",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ftz", "Free-trade zone"),
                            ("ez", "Economic zone"),
                            ("park", "Industrial park or cluster"),
                            ("other", "Elsewhere in the city"),
                        ],
                        help_text="Empty: wherever the project stands.",
                        max_length=5,
                        verbose_name="place",
                    ),
                ),
                ("decided_here", models.BooleanField(default=True, verbose_name="decided in this portal")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("clause", models.CharField(max_length=200, verbose_name="clause")),
                ("mark", models.CharField(default="U", max_length=2, verbose_name="how sure")),
                ("note", models.TextField(blank=True, verbose_name="source and note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="cases.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical authority for certificates of incentives",
                "verbose_name_plural": "historical authorities for certificates of incentives",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="IncentiveApplication",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="incentive",
                        serialize=False,
                        to="cases.case",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first", "A first certificate of incentives"),
                            ("amend", "The adjustment of a certificate in force"),
                        ],
                        default="first",
                        max_length=5,
                        verbose_name="what is asked for",
                    ),
                ),
                ("change_reason", models.TextField(blank=True, max_length=8000, verbose_name="what changes, and why")),
                (
                    "nature_changed",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Does the change alter the nature of an approved product or of the project?",
                    ),
                ),
                ("project_name", models.CharField(blank=True, max_length=300, verbose_name="name of the project")),
                (
                    "licence_number",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        verbose_name="number of the investment registration certificate or approval",
                    ),
                ),
                ("licensed_on", models.DateField(blank=True, null=True, verbose_name="day of the investment licence")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ftz", "Free-trade zone"),
                            ("ez", "Economic zone"),
                            ("park", "Industrial park or cluster"),
                            ("other", "Elsewhere in the city"),
                        ],
                        max_length=5,
                        verbose_name="where the project stands",
                    ),
                ),
                (
                    "state_land",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Is the land leased from the State itself?"
                    ),
                ),
                (
                    "project_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "A new project, first or independent"),
                            ("expansion", "An expansion or renewal of technology"),
                            ("takeover", "From a merger, split, conversion, or the takeover of an old business"),
                        ],
                        max_length=9,
                        verbose_name="kind of project",
                    ),
                ),
                (
                    "capacity_before",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.01"))],
                        verbose_name="yearly capacity before the expansion",
                    ),
                ),
                (
                    "capacity_after",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="yearly capacity after the expansion, in the same unit",
                    ),
                ),
                (
                    "assets_before_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="fixed assets before the expansion, at historical cost (VND)",
                    ),
                ),
                (
                    "assets_added_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="fixed assets added by the expansion (VND)",
                    ),
                ),
                (
                    "insured_staff",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="insured staff, average of the previous year"
                    ),
                ),
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
                        verbose_name="revenue of the previous year (VND)",
                    ),
                ),
                (
                    "capital_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="total capital of the previous year's statements (VND)",
                    ),
                ),
                (
                    "affiliate",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Is the enterprise a subsidiary or affiliate of a larger one?",
                    ),
                ),
                (
                    "large_group",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Does its group have a revenue of EUR 750 million or more?"
                    ),
                ),
                (
                    "new_equipment",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Are the equipment and the process new, and can you show it?",
                    ),
                ),
                ("process", models.TextField(blank=True, max_length=8000, verbose_name="production process")),
                (
                    "equipment",
                    models.TextField(
                        blank=True, max_length=8000, verbose_name="main equipment with maker, origin and year"
                    ),
                ),
                (
                    "equipment_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="value of the equipment (VND)",
                    ),
                ),
                (
                    "equipment_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1986),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year of make of the main line",
                    ),
                ),
                (
                    "registration_held",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Do you hold the enterprise or investment registration?"
                    ),
                ),
                (
                    "brief_held",
                    models.BooleanField(blank=True, null=True, verbose_name="Do you have the project explanation?"),
                ),
                (
                    "environment_paper",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("assessment", "Decision on the environmental impact assessment"),
                            ("licence", "Environmental licence"),
                            ("registration", "Environmental registration"),
                            ("exempt", "None is needed"),
                        ],
                        max_length=12,
                        verbose_name="environmental paper",
                    ),
                ),
                (
                    "environment_number",
                    models.CharField(blank=True, max_length=80, verbose_name="number of the environmental paper"),
                ),
                (
                    "environment_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the environmental paper"),
                ),
                (
                    "production_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="official start of production, trial production excluded"
                    ),
                ),
                (
                    "first_revenue_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1986),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="first tax period with revenue of the project",
                    ),
                ),
                (
                    "first_year_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="months of that first period",
                    ),
                ),
                (
                    "excise",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Is any of the products subject to excise tax?"
                    ),
                ),
                (
                    "resource_share_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="resources and energy in the cost of the product (%)",
                    ),
                ),
                ("asks_income_tax", models.BooleanField(blank=True, null=True, verbose_name="Corporate income tax")),
                (
                    "tax_level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "Supporting industry: 10% for 15 years, 4 years exempt, 9 at half"),
                            ("B", "Economic zone: 17% for 10 years, 2 years exempt, 4 at half"),
                            (
                                "FTZ_PRIORITY",
                                "Free-trade zone, priority field: 10% for 30 years, 4 years exempt, 9 at half",
                            ),
                            ("FTZ", "Free-trade zone, other field: 10% for 15 years, 4 years exempt, 9 at half"),
                        ],
                        max_length=12,
                        verbose_name="level of income tax chosen",
                    ),
                ),
                (
                    "defer_first_period",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="Will you let the incentive begin with the second period, if the first is short?",
                    ),
                ),
                (
                    "yearly_income_vnd",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=20,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(Decimal("999999999999999")),
                        ],
                        verbose_name="taxable income expected in a usual year (VND)",
                    ),
                ),
                ("asks_import_duty", models.BooleanField(blank=True, null=True, verbose_name="Import duty")),
                ("asks_land_rent", models.BooleanField(blank=True, null=True, verbose_name="Land rent")),
                ("asks_credit", models.BooleanField(blank=True, null=True, verbose_name="Credit")),
                (
                    "asks_research",
                    models.BooleanField(blank=True, null=True, verbose_name="Research, technology and certification"),
                ),
                ("asks_people", models.BooleanField(blank=True, null=True, verbose_name="Training of people")),
                (
                    "earlier_incentive",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Has the same income had an income-tax incentive before?"
                    ),
                ),
                (
                    "earlier_law",
                    models.CharField(blank=True, max_length=200, verbose_name="law and level of the earlier incentive"),
                ),
                (
                    "earlier_from_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1986),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="first period of the earlier incentive",
                    ),
                ),
                (
                    "rate_years_scheduled",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="periods at a preferential rate, scheduled",
                    ),
                ),
                (
                    "rate_years_used",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="periods at a preferential rate, used",
                    ),
                ),
                (
                    "exempt_years_scheduled",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="exempt periods, scheduled",
                    ),
                ),
                (
                    "exempt_years_used",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="exempt periods, used",
                    ),
                ),
                (
                    "half_years_scheduled",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="periods at half, scheduled",
                    ),
                ),
                (
                    "half_years_used",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="periods at half, used",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incentive_applications",
                        to="projects.project",
                        verbose_name="project of the register",
                    ),
                ),
            ],
            options={
                "verbose_name": "application for incentives",
                "verbose_name_plural": "applications for incentives",
            },
        ),
        migrations.CreateModel(
            name="Good",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="what you make")),
                ("hs_code", models.CharField(blank=True, max_length=12, verbose_name="HS code")),
                (
                    "capacity",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=20,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="designed capacity a year",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "high_technology",
                    models.BooleanField(
                        blank=True, null=True, verbose_name="Is it for high technology under the High-Technology Law?"
                    ),
                ),
                (
                    "made_in_vietnam",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_yet", "Not yet made in Vietnam on the day the law names"),
                            ("certified", "Made in Vietnam; it has a certificate of a European or equivalent standard"),
                            ("uncertified", "Made in Vietnam; there is a standard but no certificate yet"),
                            ("below_standard", "Made in Vietnam; it does not meet the standard"),
                            ("no_standard", "Made in Vietnam; there is no such standard for it"),
                        ],
                        max_length=14,
                        verbose_name="Is it made in Vietnam already, and to which standard?",
                    ),
                ),
                ("standard", models.CharField(blank=True, max_length=200, verbose_name="standard")),
                ("standard_issuer", models.CharField(blank=True, max_length=200, verbose_name="certified by")),
                ("standard_on", models.DateField(blank=True, null=True, verbose_name="certified on")),
                ("standard_until", models.DateField(blank=True, null=True, verbose_name="certificate expires on")),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incentives.supportedproduct",
                        verbose_name="line of the list",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goods",
                        to="incentives.incentiveapplication",
                    ),
                ),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ("application", "position"),
            },
        ),
        migrations.CreateModel(
            name="Buyer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="maker of finished products")),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("contract", "Supply contract"),
                            ("memorandum", "Memorandum of understanding"),
                            ("order", "Purchase order"),
                            ("approval", "Supplier approval"),
                        ],
                        max_length=10,
                        verbose_name="what shows it",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="number of the paper")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="day of the paper")),
                ("until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("supplied", models.CharField(blank=True, max_length=300, verbose_name="what is supplied")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="buyers",
                        to="incentives.incentiveapplication",
                    ),
                ),
            ],
            options={
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
                "ordering": ("application", "position"),
            },
        ),
        migrations.CreateModel(
            name="IncentiveGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True, verbose_name="certificate number")),
                ("version", models.PositiveSmallIntegerField(default=0, verbose_name="adjustment")),
                ("project_name", models.CharField(max_length=300, verbose_name="name of the project")),
                ("list_version", models.CharField(max_length=10, verbose_name="version of the list")),
                ("law", models.CharField(max_length=120, verbose_name="version of the law")),
                ("granted_on", models.DateField(verbose_name="granted on")),
                ("first_granted_on", models.DateField(verbose_name="first certificate on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("granted", "In force"),
                            ("inspected", "In force, under inspection"),
                            ("replaced", "Replaced by an adjustment"),
                            ("revoked", "Revoked"),
                            ("expired", "Ended with the project"),
                        ],
                        default="granted",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("search_text", models.TextField(blank=True, editable=False)),
                (
                    "capital_event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.capitalevent",
                        verbose_name="entry of the capital chain",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incentive_grant",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incentive_grants",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="incentive_grants",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="incentives.incentivegrant",
                        verbose_name="replaces",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate of incentives",
                "verbose_name_plural": "certificates of incentives",
                "ordering": ("-id",),
                "permissions": [
                    ("inspect_grant", "Can plan and record inspections of granted incentives"),
                    ("revoke_grant", "Can revoke a certificate of incentives"),
                ],
            },
        ),
        migrations.AddField(
            model_name="incentiveapplication",
            name="amends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adjustments",
                to="incentives.incentivegrant",
                verbose_name="certificate of incentives to adjust",
            ),
        ),
        migrations.CreateModel(
            name="GrantEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("replaced", "Replaced by an adjustment"),
                            ("reported", "Annual report filed"),
                            ("planned", "Inspection planned"),
                            ("inspected", "Inspected"),
                            ("breached", "A condition was not kept in a year"),
                            ("revoked", "Revoked"),
                            ("expired", "Ended with the project"),
                        ],
                        max_length=10,
                        verbose_name="what happened",
                    ),
                ),
                ("on", models.DateField(verbose_name="on")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="recorded at")),
                ("ground", models.CharField(blank=True, max_length=40, verbose_name="ground")),
                ("clause", models.CharField(blank=True, max_length=200, verbose_name="clause")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "data",
                    models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="incentives.incentivegrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "event of a grant",
                "verbose_name_plural": "events of grants",
                "ordering": ("grant", "id"),
            },
        ),
        migrations.CreateModel(
            name="ApprovedProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="what is made")),
                (
                    "capacity",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="designed capacity a year"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incentives.supportedproduct"
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="incentives.incentivegrant",
                    ),
                ),
            ],
            options={
                "verbose_name": "approved product",
                "verbose_name_plural": "approved products",
                "ordering": ("grant", "id"),
            },
        ),
        migrations.CreateModel(
            name="AuthorityRoute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "size",
                    models.CharField(
                        choices=[("any", "Of any size"), ("sme", "Micro, small or medium-sized"), ("large", "Larger")],
                        default="any",
                        max_length=5,
                        verbose_name="size of the enterprise",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ftz", "Free-trade zone"),
                            ("ez", "Economic zone"),
                            ("park", "Industrial park or cluster"),
                            ("other", "Elsewhere in the city"),
                        ],
                        help_text="Empty: wherever the project stands.",
                        max_length=5,
                        verbose_name="place",
                    ),
                ),
                ("decided_here", models.BooleanField(default=True, verbose_name="decided in this portal")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("clause", models.CharField(max_length=200, verbose_name="clause")),
                ("mark", models.CharField(default="U", max_length=2, verbose_name="how sure")),
                ("note", models.TextField(blank=True, verbose_name="source and note")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.authority",
                        verbose_name="authority",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority for certificates of incentives",
                "verbose_name_plural": "authorities for certificates of incentives",
                "ordering": ("-valid_from", "size", "place"),
                "constraints": [
                    models.UniqueConstraint(fields=("size", "place", "valid_from"), name="one_route_per_start"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="route_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="incentivegrant",
            index=models.Index(fields=["state", "granted_on"], name="incentives__state_00f596_idx"),
        ),
        migrations.AddConstraint(
            model_name="incentivegrant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("state__in", ["granted", "inspected"])),
                    models.Q(("ended_on__isnull", False), ("state__in", ["replaced", "revoked", "expired"])),
                    _connector="OR",
                ),
                name="ended_grant_has_a_day",
            ),
        ),
        append_only("incentives_grantevent"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
