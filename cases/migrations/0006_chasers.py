"""Chasers that went out, each step of a deadline once; no row is ever changed or deleted."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from accounts.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_appraisal_days")]

    operations = [
        migrations.CreateModel(
            name="Chaser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        help_text="Per cent of the time; 100 is the last day.", verbose_name="step"
                    ),
                ),
                ("deadline_at", models.DateTimeField(verbose_name="deadline when it was told")),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="told at")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chasers",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="chasers", to="cases.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "chaser",
                "verbose_name_plural": "chasers",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "event", "step"), name="one_chaser_per_step"),
                    models.CheckConstraint(
                        condition=models.Q(("step__gte", 1), ("step__lte", 100)), name="chaser_step_is_a_percentage"
                    ),
                ],
            },
        ),
        append_only("cases_chaser"),
    ]
