"""Site visits during the appraisal of an application for incentives."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("incentives", "0007_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SiteVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("planned_on", models.DateField(verbose_name="planned for")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="planned at")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="carried out on")),
                (
                    "found",
                    models.CharField(
                        blank=True,
                        choices=[("as_declared", "As the dossier declares"), ("differs", "Differs from the dossier")],
                        max_length=12,
                        verbose_name="what was found",
                    ),
                ),
                ("minutes", models.TextField(blank=True, verbose_name="minutes")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="incentives.incentiveapplication",
                        verbose_name="application",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "site visit",
                "verbose_name_plural": "site visits",
                "ordering": ("application", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("found", ""), ("recorded_by__isnull", True)),
                            models.Q(
                                ("done_on__isnull", False),
                                ("recorded_by__isnull", False),
                                models.Q(("found", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_has_its_result_or_none",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_on__isnull", True)),
                        fields=("application",),
                        name="one_open_visit_per_application",
                    ),
                ],
            },
        ),
    ]
