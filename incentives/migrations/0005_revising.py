"""Drafts of policy rules and their replays."""

from __future__ import annotations

from typing import ClassVar

import django.core.serializers.json
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import ADMINISTRATOR, APPRAISER, DESK_OFFICER, SIGNER, grant
from incentives.revising.ddl import promises


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Officials who read cases read revisions; the administrator drafts; signers and other administrators publish."""
    for role in (DESK_OFFICER, APPRAISER, SIGNER, ADMINISTRATOR):
        grant(apps, schema_editor, role, "incentives.view_rulerevision")
    for role in (SIGNER, ADMINISTRATOR):
        grant(apps, schema_editor, role, "incentives.publish_rulerevision")
    grant(apps, schema_editor, ADMINISTRATOR, "incentives.add_rulerevision", "incentives.change_rulerevision")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("accounts", "0002_roles"),
        ("incentives", "0004_petitions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="HistoricalRuleRevision",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "why",
                    models.TextField(
                        help_text="What changed in the law, or what was found. Officials read it.", verbose_name="why"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="The decree or circular, with its clause.", max_length=400, verbose_name="source"
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="takes effect on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Handed to a second person"),
                            ("published", "Published by a second person"),
                            ("discarded", "Discarded"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("drafted_at", models.DateTimeField(blank=True, editable=False, verbose_name="drafted at")),
                ("handed_over_at", models.DateTimeField(blank=True, null=True, verbose_name="handed over at")),
                (
                    "remark",
                    models.TextField(blank=True, help_text="Why it was sent back or discarded.", verbose_name="remark"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical revision of the rules",
                "verbose_name_plural": "historical revisions of the rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RuleRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "why",
                    models.TextField(
                        help_text="What changed in the law, or what was found. Officials read it.", verbose_name="why"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="The decree or circular, with its clause.", max_length=400, verbose_name="source"
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="takes effect on")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("ready", "Handed to a second person"),
                            ("published", "Published by a second person"),
                            ("discarded", "Discarded"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("drafted_at", models.DateTimeField(auto_now_add=True, verbose_name="drafted at")),
                ("handed_over_at", models.DateTimeField(blank=True, null=True, verbose_name="handed over at")),
                (
                    "remark",
                    models.TextField(blank=True, help_text="Why it was sent back or discarded.", verbose_name="remark"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="drafted by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision of the rules",
                "verbose_name_plural": "revisions of the rules",
                "ordering": ("-id",),
                "permissions": [("publish_rulerevision", "Can publish what somebody else has drafted")],
            },
        ),
        migrations.CreateModel(
            name="RuleReplay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cases", models.CharField(max_length=20, verbose_name="cases")),
                ("digest", models.CharField(max_length=64, verbose_name="state of the draft")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting for a worker"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="asked at")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("moved_at", models.DateTimeField(blank=True, null=True, verbose_name="last progress")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("total", models.PositiveIntegerField(verbose_name="cases in all")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="cases judged")),
                ("differing", models.PositiveIntegerField(default=0, verbose_name="cases that differ")),
                ("cursor", models.PositiveBigIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="failed attempts")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="error")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replays",
                        to="incentives.rulerevision",
                        verbose_name="revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "replay",
                "verbose_name_plural": "replays",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="RuleDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("replace", "New version"),
                            ("add", "New row"),
                            ("end", "End"),
                            ("confirm", "Confirmation"),
                        ],
                        max_length=8,
                        verbose_name="what happens",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[("rule", "Policy rule"), ("product", "Line of the list of products")],
                        max_length=8,
                        verbose_name="to what",
                    ),
                ),
                (
                    "row",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="proposed row",
                    ),
                ),
                ("dropped", models.BooleanField(default=False, verbose_name="taken out")),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="incentives.supportedproduct",
                        verbose_name="supported product",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="incentives.policyrule",
                        verbose_name="policy rule",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="incentives.rulerevision",
                        verbose_name="revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a rule",
                "verbose_name_plural": "drafts of rules",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalRuleDraft",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("replace", "New version"),
                            ("add", "New row"),
                            ("end", "End"),
                            ("confirm", "Confirmation"),
                        ],
                        max_length=8,
                        verbose_name="what happens",
                    ),
                ),
                (
                    "target",
                    models.CharField(
                        choices=[("rule", "Policy rule"), ("product", "Line of the list of products")],
                        max_length=8,
                        verbose_name="to what",
                    ),
                ),
                (
                    "row",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="proposed row",
                    ),
                ),
                ("dropped", models.BooleanField(default=False, verbose_name="taken out")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="incentives.supportedproduct",
                        verbose_name="supported product",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="incentives.policyrule",
                        verbose_name="policy rule",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="incentives.rulerevision",
                        verbose_name="revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical draft of a rule",
                "verbose_name_plural": "historical drafts of rules",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RuleReplayLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_key", models.PositiveBigIntegerField()),
                ("reference", models.CharField(max_length=40, verbose_name="case")),
                ("label", models.CharField(blank=True, max_length=400, verbose_name="name")),
                ("product_text", models.CharField(blank=True, max_length=400, verbose_name="product")),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("outcome", models.CharField(blank=True, max_length=40, verbose_name="decided then")),
                ("url", models.CharField(blank=True, max_length=1000)),
                (
                    "weight",
                    models.CharField(
                        choices=[
                            ("decision", "Decided differently"),
                            ("condition", "Same decision, another condition"),
                            ("benefit", "Same conditions, other incentives"),
                        ],
                        max_length=10,
                        verbose_name="how it differs",
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=20, verbose_name="certificate before")),
                ("after", models.CharField(blank=True, max_length=20, verbose_name="certificate after")),
                ("tax_before", models.CharField(blank=True, max_length=20, verbose_name="income tax before")),
                ("tax_after", models.CharField(blank=True, max_length=20, verbose_name="income tax after")),
                ("codes", models.CharField(max_length=1000, verbose_name="rules that made the difference")),
                ("changes", models.JSONField(default=list, verbose_name="what changed")),
                (
                    "replay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="incentives.rulereplay"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a replay",
                "verbose_name_plural": "lines of a replay",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["replay", "before", "after", "id"], name="replay_lines_by_outcome")],
                "constraints": [
                    models.UniqueConstraint(fields=("replay", "case_key"), name="one_replay_line_per_case")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="rulerevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by__isnull", True),
                    models.Q(("published_by", models.F("drafted_by")), _negated=True),
                    _connector="OR",
                ),
                name="published_by_a_second_person",
                violation_error_message="Whoever drafted a revision does not publish it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulerevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("published_by__isnull", False), ("state", "published")),
                    models.Q(
                        models.Q(("state", "published"), _negated=True),
                        ("published_at__isnull", True),
                        ("published_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="published_means_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="rulereplay",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("revision",),
                name="one_running_replay_per_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruledraft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", "add"), ("product__isnull", True), ("rule__isnull", True)),
                    models.Q(
                        models.Q(("act", "add"), _negated=True),
                        ("product__isnull", True),
                        ("rule__isnull", False),
                        ("target", "rule"),
                    ),
                    models.Q(
                        models.Q(("act", "add"), _negated=True),
                        ("product__isnull", False),
                        ("rule__isnull", True),
                        ("target", "product"),
                    ),
                    _connector="OR",
                ),
                name="rule_draft_names_its_row",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruledraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped", False)),
                fields=("revision", "rule"),
                name="one_draft_per_rule_and_revision",
                violation_error_message="This revision already has a draft for this row.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ruledraft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped", False)),
                fields=("revision", "product"),
                name="one_draft_per_product_and_revision",
                violation_error_message="This revision already has a draft for this row.",
            ),
        ),
        promises(),
        append_only("incentives_rulereplayline"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
