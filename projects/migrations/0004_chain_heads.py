"""A kind of event without capital, corrections that keep the totals, and the daily heads of the chains."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Q

from accounts.append_only import append_only
from accounts.roles import ROLES, grant

LEDGER = append_only("projects_capitalevent")
KINDS = [
    ("issue", "First certificate"),
    ("increase", "Increase"),
    ("decrease", "Decrease"),
    ("correction", "Correction"),
    ("amendment", "Change without capital"),
    ("transfer", "Transfer"),
    ("suspension", "Suspension"),
    ("resumption", "Resumption"),
    ("termination", "Termination"),
]


def unchanged(*amounts: str) -> Q:
    """Whether each of these changes is 0 or not stated."""
    found = Q()
    for name in amounts:
        found &= Q(**{f"{name}__isnull": True}) | Q(**{name: 0})
    return found


def take_off(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The ledger's triggers: SQLite makes a table anew for a new check and would lose them, so they are put back after."""
    if LEDGER.reverse_code is not None:
        LEDGER.reverse_code(apps, schema_editor)


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads the heads."""
    for role in ROLES:
        grant(apps, schema_editor, role, "projects.view_chainhead")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("projects", "0003_project_versions")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True, verbose_name="day")),
                ("head", models.CharField(max_length=64, verbose_name="hash over all chains")),
                ("projects", models.PositiveIntegerField(verbose_name="projects")),
                ("events", models.PositiveIntegerField(verbose_name="events")),
                ("ok", models.BooleanField(verbose_name="every chain holds")),
                ("verified_at", models.DateTimeField(verbose_name="verified at")),
            ],
            options={
                "verbose_name": "head of the chains",
                "verbose_name_plural": "heads of the chains",
                "ordering": ("-on",),
            },
        ),
        append_only("projects_chainhead"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
        migrations.RunPython(take_off, LEDGER.code),
        migrations.AlterField(
            model_name="capitalevent",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12, verbose_name="kind of event"),
        ),
        migrations.AddConstraint(
            model_name="capitalevent",
            constraint=models.CheckConstraint(
                condition=~Q(kind="correction") | Q(imported=True) | unchanged("total_vnd", "total_usd"),
                name="correction_keeps_the_totals",
                violation_error_message="A correction never changes the total.",
            ),
        ),
        migrations.AddConstraint(
            model_name="capitalevent",
            constraint=models.CheckConstraint(
                condition=~Q(kind__in=["amendment", "transfer", "suspension", "resumption"])
                | unchanged(
                    "contributed_vnd",
                    "contributed_usd",
                    "mobilised_vnd",
                    "mobilised_usd",
                    "retained_vnd",
                    "retained_usd",
                    "total_vnd",
                    "total_usd",
                ),
                name="other_events_change_no_capital",
                violation_error_message="This kind of event changes no capital.",
            ),
        ),
        LEDGER,
    ]
