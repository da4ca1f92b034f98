"""Corporate groups, their holdings and published totals; the unused link from project to project goes."""

from __future__ import annotations

from typing import ClassVar

import django.core.validators
import django.db.models.deletion
import django_countries.fields
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import accounts.models
from accounts.roles import ADMINISTRATOR, ROLES, grant

MODELS = ("group", "holding", "publishedtotal")


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads the groups; the administrator keeps them."""
    for role in ROLES:
        grant(apps, schema_editor, role, *(f"projects.view_{model}" for model in MODELS))
    changes = [f"projects.{act}_{model}" for model in MODELS for act in ("add", "change")]
    grant(apps, schema_editor, ADMINISTRATOR, *changes)


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_roles"),
        ("projects", "0005_project_life"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                ("note_vi", models.TextField(blank=True, verbose_name="note in Vietnamese")),
                ("note_en", models.TextField(blank=True, verbose_name="note in English")),
                ("source_url", accounts.models.WebAddressField(blank=True, max_length=500, verbose_name="source")),
                ("search_text", models.TextField(blank=True, editable=False)),
            ],
            options={
                "verbose_name": "corporate group",
                "verbose_name_plural": "corporate groups",
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalGroup",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, verbose_name="address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("country", django_countries.fields.CountryField(blank=True, max_length=2, verbose_name="country")),
                ("note_vi", models.TextField(blank=True, verbose_name="note in Vietnamese")),
                ("note_en", models.TextField(blank=True, verbose_name="note in English")),
                ("source_url", accounts.models.WebAddressField(blank=True, max_length=500, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical corporate group",
                "verbose_name_plural": "historical corporate groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHolding",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "share_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share (%)",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source_url", accounts.models.WebAddressField(blank=True, max_length=500, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical holding",
                "verbose_name_plural": "historical holdings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPublishedTotal",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("amount_usd", models.DecimalField(decimal_places=2, max_digits=20, verbose_name="amount (USD)")),
                ("stated_on", models.DateField(verbose_name="stated for")),
                (
                    "stated_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day known"),
                            ("month", "Month known"),
                            ("year", "Year known"),
                            ("latest", "Not later than"),
                        ],
                        default="day",
                        max_length=6,
                        verbose_name="how exact",
                    ),
                ),
                ("stated_by_vi", models.CharField(max_length=300, verbose_name="stated by, in Vietnamese")),
                ("stated_by_en", models.CharField(blank=True, max_length=300, verbose_name="stated by, in English")),
                ("source_url", accounts.models.WebAddressField(blank=True, max_length=500, verbose_name="source")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical published total",
                "verbose_name_plural": "historical published totals",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "share_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share (%)",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("source_url", accounts.models.WebAddressField(blank=True, max_length=500, verbose_name="source")),
            ],
            options={
                "verbose_name": "holding",
                "verbose_name_plural": "holdings",
                "ordering": ("group", "id"),
            },
        ),
        migrations.CreateModel(
            name="PublishedTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount_usd", models.DecimalField(decimal_places=2, max_digits=20, verbose_name="amount (USD)")),
                ("stated_on", models.DateField(verbose_name="stated for")),
                (
                    "stated_precision",
                    models.CharField(
                        choices=[
                            ("day", "Day known"),
                            ("month", "Month known"),
                            ("year", "Year known"),
                            ("latest", "Not later than"),
                        ],
                        default="day",
                        max_length=6,
                        verbose_name="how exact",
                    ),
                ),
                ("stated_by_vi", models.CharField(max_length=300, verbose_name="stated by, in Vietnamese")),
                ("stated_by_en", models.CharField(blank=True, max_length=300, verbose_name="stated by, in English")),
                ("source_url", accounts.models.WebAddressField(blank=True, max_length=500, verbose_name="source")),
            ],
            options={
                "verbose_name": "published total",
                "verbose_name_plural": "published totals",
                "ordering": ("group", "stated_on", "id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="project",
            name="project_is_not_its_own_group",
        ),
        migrations.RemoveField(
            model_name="project",
            name="group_parent",
        ),
        migrations.AddField(
            model_name="historicalgroup",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalholding",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="projects.group",
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            model_name="historicalholding",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalholding",
            name="project",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="projects.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="historicalholding",
            name="subsidiary",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="projects.group",
                verbose_name="group it holds",
            ),
        ),
        migrations.AddField(
            model_name="historicalpublishedtotal",
            name="group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="projects.group",
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            model_name="historicalpublishedtotal",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="holding",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holdings",
                to="projects.group",
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            model_name="holding",
            name="project",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="holdings",
                to="projects.project",
                verbose_name="project",
            ),
        ),
        migrations.AddField(
            model_name="holding",
            name="subsidiary",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_by",
                to="projects.group",
                verbose_name="group it holds",
            ),
        ),
        migrations.AddField(
            model_name="publishedtotal",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="published",
                to="projects.group",
                verbose_name="group",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("project__isnull", True), ("subsidiary__isnull", True), _connector="XOR"),
                name="holding_of_a_project_or_a_group",
                violation_error_message="A holding is either in a project or in another group.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("subsidiary__isnull", True),
                    models.Q(("subsidiary", models.F("group")), _negated=True),
                    _connector="OR",
                ),
                name="group_does_not_hold_itself",
                violation_error_message="A group cannot hold itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("share_percent__isnull", True),
                    models.Q(("share_percent__gt", 0), ("share_percent__lte", 100)),
                    _connector="OR",
                ),
                name="share_between_0_and_100",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="holding_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("project__isnull", False), ("valid_to__isnull", True)),
                fields=("group", "project"),
                name="one_standing_holding_of_a_project",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("subsidiary__isnull", False), ("valid_to__isnull", True)),
                fields=("group", "subsidiary"),
                name="one_standing_holding_of_a_group",
            ),
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
