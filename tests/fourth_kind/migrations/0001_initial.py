"""The petition's table, and its procedure with one paper."""

from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def add_procedure(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A procedure of three working days with one required paper."""
    del schema_editor
    apps.get_model("cases", "ProcedureVersion").objects.create(
        code="petition",
        kind="petition",
        law="TEST",
        name_vi="Giải quyết kiến nghị",
        name_en="Answer to a petition",
        valid_from=date(2020, 1, 1),
        working_days=3,
        legal_basis="Test, article 1",
    )
    apps.get_model("cases", "PaperRule").objects.create(
        procedure="petition",
        code="a",
        name_vi="Văn bản kiến nghị",
        name_en="Petition letter",
        need="always",
        clause="Test 1",
        position=1,
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Petition",
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
                ("subject", models.CharField(blank=True, max_length=200)),
                ("amount", models.DecimalField(blank=True, decimal_places=2, max_digits=20, null=True)),
                ("in_zone", models.BooleanField(default=True)),
                ("granted_on", models.DateField(blank=True, null=True)),
                ("effective_number", models.CharField(blank=True, max_length=40)),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(add_procedure, migrations.RunPython.noop),
    ]
