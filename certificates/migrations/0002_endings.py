"""A certificate may be surrendered; how it ended is kept with the day, the person and the reason, and frozen too."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from certificates.frozen import freeze_ended, thaw_issued


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("certificates", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        thaw_issued(),
        migrations.RemoveConstraint(model_name="certificate", name="revoked_has_day"),
        migrations.RemoveConstraint(model_name="certificate", name="known_certificate_state"),
        migrations.RenameField(model_name="certificate", old_name="revoked_on", new_name="ended_on"),
        migrations.AlterField(
            model_name="certificate",
            name="ended_on",
            field=models.DateField(blank=True, null=True, verbose_name="ended on"),
        ),
        migrations.AddField(
            model_name="certificate",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ended by",
            ),
        ),
        migrations.AddField(
            model_name="certificate",
            name="end_reason",
            field=models.TextField(blank=True, verbose_name="why it ended", default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="certificate",
            name="state",
            field=models.CharField(
                choices=[
                    ("prepared", "Prepared, not issued yet"),
                    ("valid", "Valid"),
                    ("replaced", "Replaced"),
                    ("revoked", "Revoked"),
                    ("surrendered", "Surrendered"),
                ],
                default="prepared",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["prepared", "valid", "replaced", "revoked", "surrendered"])),
                name="known_certificate_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end_reason", ""), ("ended_by__isnull", True), ("ended_on__isnull", True)),
                    ("state__in", ["revoked", "surrendered"]),
                    _connector="OR",
                ),
                name="only_ended_has_an_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "surrendered"), _negated=True), ("ended_on__isnull", False), _connector="OR"
                ),
                name="surrendered_has_day",
            ),
        ),
        freeze_ended(),
    ]
