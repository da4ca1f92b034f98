"""The policy catalogue; products keyed by list version and confirmed line by line; the administrator keeps both."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.roles import ADMINISTRATOR, ROLES, grant


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads the catalogue; the administrator adds and changes."""
    for role in ROLES:
        grant(apps, schema_editor, role, "incentives.view_policyrule")
    changes = [f"incentives.{act}_{model}" for model in ("policyrule", "supportedproduct") for act in ("add", "change")]
    grant(apps, schema_editor, ADMINISTRATOR, *changes)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_roles"),
        ("incentives", "0002_rights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="HistoricalPolicyRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen", "Read in a source"),
                            ("general", "General knowledge, wording not checked"),
                            ("unsure", "Unsure"),
                        ],
                        max_length=8,
                        verbose_name="how sure",
                    ),
                ),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        help_text="Who read the original text: name and office.",
                        max_length=200,
                        verbose_name="confirmed by",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CERTIFICATE_CONDITION", "Condition of the certificate of incentives"),
                            ("INCOME_TAX_TEST", "Test of corporate income tax"),
                            ("CIT", "Corporate income tax"),
                            ("IMPORT_DUTY_FA", "Import duty on fixed assets"),
                            ("IMPORT_DUTY_MAT", "Import duty on materials"),
                            ("LAND_RENT", "Land rent"),
                            ("VAT", "Value-added tax"),
                            ("CREDIT", "Credit"),
                            ("RESEARCH", "Research and technology"),
                            ("TRAINING", "Training"),
                            ("SME_GRANT", "Grants for small and medium-sized enterprises"),
                            ("HR", "People"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        help_text="For example L2025 or 320/2025.", max_length=60, verbose_name="version of the law"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "clock_basis",
                    models.CharField(
                        choices=[
                            ("licence_date", "Day of the investment licence"),
                            ("coi_date", "Day of the certificate of incentives"),
                            ("tax_period", "Tax period"),
                            ("import_date", "Day of import"),
                            ("filing_date", "Day of filing"),
                        ],
                        max_length=16,
                        verbose_name="clock begins with",
                    ),
                ),
                ("stack_group", models.CharField(blank=True, max_length=20, verbose_name="stacking group")),
                (
                    "choose",
                    models.CharField(
                        choices=[
                            ("ANY", "Together with others"),
                            ("BEST", "The best one of its group"),
                            ("ONE_IRREVERSIBLE", "One of its group, chosen once for good"),
                        ],
                        default="ANY",
                        max_length=16,
                        verbose_name="choice",
                    ),
                ),
                (
                    "decided_by",
                    models.CharField(
                        choices=[
                            ("SELF", "The enterprise itself; the tax authority may check"),
                            ("TAX", "Tax authority"),
                            ("CUSTOMS", "Customs"),
                            ("PPC", "City"),
                            ("MOIT", "Ministry of Industry and Trade, or the city's department"),
                            ("VDB", "Bank"),
                            ("FUND", "Fund or support programme"),
                            ("PM", "Prime Minister"),
                        ],
                        max_length=8,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "needs",
                    models.CharField(
                        choices=[
                            ("nothing", "No certificate of incentives"),
                            ("certificate", "The certificate of incentives"),
                            ("income_tax", "The certificate of incentives and the income-tax tests"),
                        ],
                        default="nothing",
                        max_length=12,
                        verbose_name="needs",
                    ),
                ),
                (
                    "scope",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Answers that the rule is limited to, by question.",
                        verbose_name="only for",
                    ),
                ),
                ("limits", models.JSONField(blank=True, default=dict, verbose_name="dates and limits")),
                ("clause_vi", models.CharField(max_length=300, verbose_name="clause in Vietnamese")),
                ("clause_en", models.CharField(max_length=300, verbose_name="clause in English")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                ("text_vi", models.TextField(verbose_name="text in Vietnamese")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("amount_vi", models.CharField(blank=True, max_length=400, verbose_name="figures in Vietnamese")),
                ("amount_en", models.CharField(blank=True, max_length=400, verbose_name="figures in English")),
                ("source", models.CharField(max_length=400, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical policy rule",
                "verbose_name_plural": "historical policy rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSupportedProduct",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen", "Read in a source"),
                            ("general", "General knowledge, wording not checked"),
                            ("unsure", "Unsure"),
                        ],
                        max_length=8,
                        verbose_name="how sure",
                    ),
                ),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        help_text="Who read the original text: name and office.",
                        max_length=200,
                        verbose_name="confirmed by",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("list_version", models.CharField(default="L2015", max_length=10, verbose_name="version of the list")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("TEXTILE_GARMENT", "Textiles and garments"),
                            ("LEATHER_FOOTWEAR", "Leather and footwear"),
                            ("ELECTRONICS", "Electronics"),
                            ("AUTOMOBILE", "Automobiles"),
                            ("MECHANICAL", "Mechanical engineering"),
                            ("HIGH_TECH", "High technology"),
                        ],
                        max_length=20,
                        verbose_name="group",
                    ),
                ),
                ("name_vi", models.CharField(max_length=400, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=400, verbose_name="name in English")),
                ("decree", models.CharField(max_length=60, verbose_name="decree")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("note", models.TextField(blank=True, verbose_name="source and note")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical supported product",
                "verbose_name_plural": "historical supported products",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PolicyRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen", "Read in a source"),
                            ("general", "General knowledge, wording not checked"),
                            ("unsure", "Unsure"),
                        ],
                        max_length=8,
                        verbose_name="how sure",
                    ),
                ),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        help_text="Who read the original text: name and office.",
                        max_length=200,
                        verbose_name="confirmed by",
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True, verbose_name="confirmed on")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("CERTIFICATE_CONDITION", "Condition of the certificate of incentives"),
                            ("INCOME_TAX_TEST", "Test of corporate income tax"),
                            ("CIT", "Corporate income tax"),
                            ("IMPORT_DUTY_FA", "Import duty on fixed assets"),
                            ("IMPORT_DUTY_MAT", "Import duty on materials"),
                            ("LAND_RENT", "Land rent"),
                            ("VAT", "Value-added tax"),
                            ("CREDIT", "Credit"),
                            ("RESEARCH", "Research and technology"),
                            ("TRAINING", "Training"),
                            ("SME_GRANT", "Grants for small and medium-sized enterprises"),
                            ("HR", "People"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        help_text="For example L2025 or 320/2025.", max_length=60, verbose_name="version of the law"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                (
                    "clock_basis",
                    models.CharField(
                        choices=[
                            ("licence_date", "Day of the investment licence"),
                            ("coi_date", "Day of the certificate of incentives"),
                            ("tax_period", "Tax period"),
                            ("import_date", "Day of import"),
                            ("filing_date", "Day of filing"),
                        ],
                        max_length=16,
                        verbose_name="clock begins with",
                    ),
                ),
                ("stack_group", models.CharField(blank=True, max_length=20, verbose_name="stacking group")),
                (
                    "choose",
                    models.CharField(
                        choices=[
                            ("ANY", "Together with others"),
                            ("BEST", "The best one of its group"),
                            ("ONE_IRREVERSIBLE", "One of its group, chosen once for good"),
                        ],
                        default="ANY",
                        max_length=16,
                        verbose_name="choice",
                    ),
                ),
                (
                    "decided_by",
                    models.CharField(
                        choices=[
                            ("SELF", "The enterprise itself; the tax authority may check"),
                            ("TAX", "Tax authority"),
                            ("CUSTOMS", "Customs"),
                            ("PPC", "City"),
                            ("MOIT", "Ministry of Industry and Trade, or the city's department"),
                            ("VDB", "Bank"),
                            ("FUND", "Fund or support programme"),
                            ("PM", "Prime Minister"),
                        ],
                        max_length=8,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "needs",
                    models.CharField(
                        choices=[
                            ("nothing", "No certificate of incentives"),
                            ("certificate", "The certificate of incentives"),
                            ("income_tax", "The certificate of incentives and the income-tax tests"),
                        ],
                        default="nothing",
                        max_length=12,
                        verbose_name="needs",
                    ),
                ),
                (
                    "scope",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Answers that the rule is limited to, by question.",
                        verbose_name="only for",
                    ),
                ),
                ("limits", models.JSONField(blank=True, default=dict, verbose_name="dates and limits")),
                ("clause_vi", models.CharField(max_length=300, verbose_name="clause in Vietnamese")),
                ("clause_en", models.CharField(max_length=300, verbose_name="clause in English")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                ("text_vi", models.TextField(verbose_name="text in Vietnamese")),
                ("text_en", models.TextField(verbose_name="text in English")),
                ("amount_vi", models.CharField(blank=True, max_length=400, verbose_name="figures in Vietnamese")),
                ("amount_en", models.CharField(blank=True, max_length=400, verbose_name="figures in English")),
                ("source", models.CharField(max_length=400, verbose_name="source")),
            ],
            options={
                "verbose_name": "policy rule",
                "verbose_name_plural": "policy rules",
                "ordering": ("kind", "position", "code", "valid_from"),
            },
        ),
        migrations.AlterModelOptions(
            name="supportedproduct",
            options={
                "ordering": ("code", "valid_from"),
                "verbose_name": "supported product",
                "verbose_name_plural": "supported products",
            },
        ),
        migrations.AddField(
            model_name="supportedproduct",
            name="confirmed_by",
            field=models.CharField(
                blank=True,
                help_text="Who read the original text: name and office.",
                max_length=200,
                verbose_name="confirmed by",
            ),
        ),
        migrations.AddField(
            model_name="supportedproduct",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True, verbose_name="confirmed on"),
        ),
        migrations.AddField(
            model_name="supportedproduct",
            name="list_version",
            field=models.CharField(default="L2015", max_length=10, verbose_name="version of the list"),
        ),
        migrations.AlterField(
            model_name="supportedproduct",
            name="code",
            field=models.CharField(max_length=20, verbose_name="code"),
        ),
        migrations.AddConstraint(
            model_name="supportedproduct",
            constraint=models.UniqueConstraint(fields=("code", "list_version"), name="one_product_per_list_version"),
        ),
        migrations.AddField(
            model_name="historicalpolicyrule",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalsupportedproduct",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="policyrule",
            constraint=models.UniqueConstraint(fields=("code", "valid_from"), name="one_policy_rule_per_start"),
        ),
        migrations.AddConstraint(
            model_name="policyrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                ),
                name="policy_rule_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confidence", "unsure"), _negated=True),
                    ("confirmed_on__isnull", False),
                    models.Q(("amount_en", ""), ("amount_vi", "")),
                    _connector="OR",
                ),
                name="unsure_policy_states_no_figure",
                violation_error_message="What is unsure states no figure before it is confirmed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_by", ""), ("confirmed_on__isnull", True)),
                    models.Q(("confirmed_on__isnull", False), models.Q(("confirmed_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="policy_rule_confirmed_by_somebody",
                violation_error_message="A confirmation has a name and a day.",
            ),
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
