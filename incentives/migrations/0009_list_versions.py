"""Room for several versions of the list on one certificate of incentives."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0008_site_visits")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="incentivegrant",
            name="list_version",
            field=models.CharField(max_length=200, verbose_name="version of the list"),
        ),
    ]
