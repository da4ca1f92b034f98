"""The law of some procedures names a day by which the appraisal is done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models


def appraisal_days() -> Any:
    """The field, the same in the table and in its history."""
    return models.PositiveSmallIntegerField(
        "working days to appraise",
        null=True,
        blank=True,
        help_text="Where the law names this step; counted from the valid dossier, within the legal working days.",
    )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0004_library")]

    operations: ClassVar = [
        migrations.AddField(model_name=name, name="appraisal_days", field=appraisal_days())
        for name in ("procedureversion", "historicalprocedureversion")
    ]
