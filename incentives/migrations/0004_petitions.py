"""Petitions of the city: proposals with evidence and affected projects; their steps are append-only."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import ADMINISTRATOR, APPRAISER, ROLES, grant

MODELS = ("petition", "petitionevidence", "petitionproject", "petitionevent")


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every official reads petitions and the impact of incentives; appraisers and the administrator write petitions."""
    for role in ROLES:
        grant(apps, schema_editor, role, "incentives.view_impact", *(f"incentives.view_{model}" for model in MODELS))
    for role in (APPRAISER, ADMINISTRATOR):
        grant(apps, schema_editor, role, "incentives.record_petition")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_roles"),
        ("incentives", "0003_policies"),
        ("projects", "0006_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Impact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "impact of incentives",
                "verbose_name_plural": "impact of incentives",
                "managed": False,
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Petition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(editable=False, max_length=12, unique=True, verbose_name="number")),
                (
                    "subject",
                    models.CharField(
                        choices=[("product", "Product for the list"), ("measure", "Measure of support")],
                        default="product",
                        max_length=8,
                        verbose_name="about",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "Draft"),
                            ("sent", "Sent, no answer yet"),
                            ("answered", "Answered"),
                            ("adopted", "Adopted by a list"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="drafted",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("name_vi", models.CharField(max_length=300, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=300, verbose_name="name in English")),
                ("asked_vi", models.TextField(verbose_name="what is asked, in Vietnamese")),
                ("asked_en", models.TextField(verbose_name="what is asked, in English")),
                ("today_vi", models.TextField(verbose_name="treatment today, in Vietnamese")),
                ("today_en", models.TextField(verbose_name="treatment today, in English")),
                ("today_source", models.CharField(max_length=400, verbose_name="source of the treatment today")),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen", "Read in a source"),
                            ("general", "General knowledge, wording not checked"),
                            ("unsure", "Unsure"),
                        ],
                        default="unsure",
                        max_length=8,
                        verbose_name="how sure the treatment today is",
                    ),
                ),
                (
                    "sectors",
                    models.CharField(
                        blank=True,
                        help_text="Codes of 2 to 5 digits, separated by commas.",
                        max_length=200,
                        verbose_name="VSIC codes",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="In Vietnamese and English, separated by commas; they find projects and questions about it.",
                        verbose_name="words of the product",
                    ),
                ),
                ("sent_to", models.CharField(blank=True, editable=False, max_length=300, verbose_name="sent to")),
                ("sent_on", models.DateField(blank=True, editable=False, null=True, verbose_name="sent on")),
                ("answer_vi", models.TextField(blank=True, editable=False, verbose_name="answer in Vietnamese")),
                ("answer_en", models.TextField(blank=True, editable=False, verbose_name="answer in English")),
                (
                    "answered_by",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="answered by"),
                ),
                ("answered_on", models.DateField(blank=True, editable=False, null=True, verbose_name="answered on")),
                (
                    "list_version",
                    models.CharField(blank=True, editable=False, max_length=10, verbose_name="adopted by list version"),
                ),
                ("adopted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="adopted on")),
                (
                    "imported",
                    models.BooleanField(default=False, editable=False, verbose_name="taken over from public sources"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="recorded at"),
                ),
                ("search_text", models.TextField(blank=True, editable=False)),
                (
                    "adopted_by",
                    models.ManyToManyField(
                        blank=True,
                        editable=False,
                        related_name="petitions_adopted",
                        to="incentives.supportedproduct",
                        verbose_name="lines that adopted it",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "listed",
                    models.ManyToManyField(
                        blank=True,
                        related_name="petitions_about",
                        to="incentives.supportedproduct",
                        verbose_name="lines of the list today",
                    ),
                ),
            ],
            options={
                "verbose_name": "petition",
                "verbose_name_plural": "petitions",
                "ordering": ("-number",),
                "permissions": [("record_petition", "Can record, send and close petitions")],
            },
        ),
        migrations.CreateModel(
            name="PetitionEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("recorded", "Recorded"),
                            ("edited", "Draft changed"),
                            ("evidence", "Evidence added"),
                            ("projects", "Affected projects confirmed"),
                            ("sent", "Sent"),
                            ("answered", "Answer recorded"),
                            ("declined", "Refusal recorded"),
                            ("adopted", "Adopted by a list"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                        verbose_name="step",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="what it says")),
                ("key", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="incentives.petition",
                        verbose_name="petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a petition",
                "verbose_name_plural": "steps of petitions",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PetitionEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_vi", models.TextField(verbose_name="evidence in Vietnamese")),
                ("text_en", models.TextField(blank=True, verbose_name="evidence in English")),
                ("source", models.CharField(max_length=400, verbose_name="source")),
                (
                    "file",
                    models.FileField(blank=True, max_length=255, upload_to="petitions/%Y/%m/", verbose_name="file"),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="file name")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("content_type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="added at")),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="incentives.petition",
                        verbose_name="petition",
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence of a petition",
                "verbose_name_plural": "evidence of petitions",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PetitionProject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[("sector", "Sector"), ("words", "Words of the product"), ("hand", "Put by hand")],
                        max_length=8,
                        verbose_name="why",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=300, verbose_name="what it was found by")),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="confirmed at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out at")),
                ("eligible_on", models.DateField(blank=True, null=True, verbose_name="may apply from")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="told at")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "petition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="affected",
                        to="incentives.petition",
                        verbose_name="petition",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "project of a petition",
                "verbose_name_plural": "projects of petitions",
                "ordering": ("petition", "project"),
            },
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["drafted", "sent", "answered", "adopted", "declined", "withdrawn"])),
                name="known_petition_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "withdrawn"),
                    models.Q(("sent_to", ""), ("state", "drafted")),
                    models.Q(models.Q(("state", "drafted"), _negated=True), models.Q(("sent_to", ""), _negated=True)),
                    _connector="OR",
                ),
                name="petition_out_of_draft_was_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(("sent_to", ""), ("imported", True), ("sent_on__isnull", False), _connector="OR"),
                name="petition_sent_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["answered", "declined"]), _negated=True),
                    models.Q(("answer_vi", ""), _negated=True),
                    _connector="OR",
                ),
                name="answered_petition_has_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="petition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("adopted_on__isnull", False),
                        ("state", "adopted"),
                        models.Q(("list_version", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "adopted"), _negated=True),
                        ("adopted_on__isnull", True),
                        ("list_version", ""),
                    ),
                    _connector="OR",
                ),
                name="adopted_petition_has_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="petitionevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("verb", "adopted")), fields=("petition",), name="petition_is_adopted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="petitionproject",
            constraint=models.UniqueConstraint(fields=("petition", "project"), name="one_row_per_petition_and_project"),
        ),
        migrations.AddConstraint(
            model_name="petitionproject",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_at__isnull", True), ("eligible_on__isnull", False), _connector="OR"),
                name="told_project_is_eligible",
            ),
        ),
        append_only("incentives_petitionevent"),
        append_only("incentives_petitionevidence"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
