"""The procedure: cases, events, notices, papers, opinions, procedures, calendar; and who may do what."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from accounts.append_only import append_only
from accounts.roles import ADMINISTRATOR, APPRAISER, DESK_OFFICER, SIGNER, STATISTICIAN, grant

RIGHTS = {
    DESK_OFFICER: ("view_case", "accept_case", "assign_case", "issue_case", "give_opinion"),
    APPRAISER: ("view_case", "appraise_case", "assign_case", "give_opinion"),
    SIGNER: ("view_case", "decide_case", "issue_case", "assign_case"),
    STATISTICIAN: (),
    ADMINISTRATOR: (
        "view_case", "assign_case", "view_authority", "change_authority", "add_calendarday", "change_calendarday",
        "view_calendarday", "add_calendaryear", "change_calendaryear", "view_calendaryear", "view_procedureversion",
        "add_procedureversion", "change_procedureversion", "view_paperrule", "add_paperrule", "change_paperrule",
    ),
}  # fmt: skip


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Attach the procedure's permissions to the officials' roles."""
    for role, rights in RIGHTS.items():
        grant(apps, schema_editor, role, *(f"cases.{right}" for right in rights))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                ("parent_vi", models.CharField(blank=True, max_length=200, verbose_name="superior body in Vietnamese")),
                ("parent_en", models.CharField(blank=True, max_length=200, verbose_name="superior body in English")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "dossier_code_prefix",
                    models.CharField(
                        help_text="The part before the date, for example 000.00.12.H24.",
                        max_length=40,
                        verbose_name="dossier code prefix",
                    ),
                ),
                ("mark", models.CharField(default="G", max_length=2, verbose_name="how sure")),
            ],
            options={
                "verbose_name": "authority",
                "verbose_name_plural": "authorities",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(unique=True, verbose_name="date")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "Day off"), ("makeup_workday", "Make-up working day")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("name_vi", models.CharField(max_length=120, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("source", models.CharField(blank=True, max_length=255, verbose_name="source")),
                ("mark", models.CharField(default="S2", max_length=2, verbose_name="how sure")),
            ],
            options={
                "verbose_name": "calendar day",
                "verbose_name_plural": "calendar days",
                "ordering": ("-date",),
            },
        ),
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="year")),
                (
                    "basis",
                    models.CharField(
                        choices=[("official", "Announced"), ("computed", "Computed, not yet announced")],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
            ],
            options={
                "verbose_name": "calendar year",
                "verbose_name_plural": "calendar years",
                "ordering": ("-year",),
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("reference", models.CharField(max_length=20, unique=True, verbose_name="reference")),
                (
                    "dossier_code",
                    models.CharField(blank=True, max_length=80, null=True, unique=True, verbose_name="dossier code"),
                ),
                ("create_key", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted, completeness to check"),
                            ("returned", "Returned as incomplete"),
                            ("accepted", "Accepted, under appraisal"),
                            ("awaiting_investor", "Waiting for the investor"),
                            ("on_hold", "Clock on hold"),
                            ("proposed", "Waiting for signature"),
                            ("approved", "Approved, certificate to issue"),
                            ("refused", "Refused"),
                            ("issued", "Certificate issued"),
                            ("withdrawn", "Withdrawn by the investor"),
                            ("stopped", "Processing stopped"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="project")),
                (
                    "amount_usd",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=20, null=True, verbose_name="amount (USD)"
                    ),
                ),
                ("search_text", models.TextField(blank=True, editable=False)),
                ("open_opinions", models.PositiveSmallIntegerField(default=0, verbose_name="opinions asked")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.authority",
                        verbose_name="authority",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handled_cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="officer",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ("-id",),
                "permissions": [
                    ("accept_case", "Can check completeness and accept or return"),
                    ("appraise_case", "Can appraise, ask for supplements and propose"),
                    ("decide_case", "Can decide: approve, refuse, send back"),
                    ("issue_case", "Can issue the certificate"),
                    ("assign_case", "Can assign cases to officials"),
                    ("give_opinion", "Can answer for another department"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("paper", models.CharField(max_length=12, verbose_name="paper")),
                ("file", models.FileField(max_length=255, upload_to="papers/%Y/%m/")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded at")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out at")),
                (
                    "review",
                    models.CharField(
                        choices=[("pending", "Not looked at"), ("accepted", "Accepted"), ("refused", "Refused")],
                        default="pending",
                        max_length=10,
                        verbose_name="review",
                    ),
                ),
                ("review_reason", models.CharField(blank=True, max_length=500, verbose_name="why")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="cases.attachment",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="cases.case"
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ("paper", "id"),
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30)),
                (
                    "from_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted, completeness to check"),
                            ("returned", "Returned as incomplete"),
                            ("accepted", "Accepted, under appraisal"),
                            ("awaiting_investor", "Waiting for the investor"),
                            ("on_hold", "Clock on hold"),
                            ("proposed", "Waiting for signature"),
                            ("approved", "Approved, certificate to issue"),
                            ("refused", "Refused"),
                            ("issued", "Certificate issued"),
                            ("withdrawn", "Withdrawn by the investor"),
                            ("stopped", "Processing stopped"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to_status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted, completeness to check"),
                            ("returned", "Returned as incomplete"),
                            ("accepted", "Accepted, under appraisal"),
                            ("awaiting_investor", "Waiting for the investor"),
                            ("on_hold", "Clock on hold"),
                            ("proposed", "Waiting for signature"),
                            ("approved", "Approved, certificate to issue"),
                            ("refused", "Refused"),
                            ("issued", "Certificate issued"),
                            ("withdrawn", "Withdrawn by the investor"),
                            ("stopped", "Processing stopped"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("investor", "Investor"), ("official", "Office"), ("system", "System")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(help_text="The version of the case after this move.")),
                ("key", models.CharField(blank=True, help_text="Idempotency key of the request.", max_length=64)),
                ("data", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="cases.case"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalAuthority",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(db_index=True, max_length=12, verbose_name="code")),
                ("name_vi", models.CharField(max_length=200, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                ("parent_vi", models.CharField(blank=True, max_length=200, verbose_name="superior body in Vietnamese")),
                ("parent_en", models.CharField(blank=True, max_length=200, verbose_name="superior body in English")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="address")),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "dossier_code_prefix",
                    models.CharField(
                        help_text="The part before the date, for example 000.00.12.H24.",
                        max_length=40,
                        verbose_name="dossier code prefix",
                    ),
                ),
                ("mark", models.CharField(default="G", max_length=2, verbose_name="how sure")),
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
            ],
            options={
                "verbose_name": "historical authority",
                "verbose_name_plural": "historical authorities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCalendarDay",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("date", models.DateField(db_index=True, verbose_name="date")),
                (
                    "kind",
                    models.CharField(
                        choices=[("holiday", "Day off"), ("makeup_workday", "Make-up working day")],
                        max_length=16,
                        verbose_name="kind",
                    ),
                ),
                ("name_vi", models.CharField(max_length=120, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=120, verbose_name="name in English")),
                ("source", models.CharField(blank=True, max_length=255, verbose_name="source")),
                ("mark", models.CharField(default="S2", max_length=2, verbose_name="how sure")),
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
            ],
            options={
                "verbose_name": "historical calendar day",
                "verbose_name_plural": "historical calendar days",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCalendarYear",
            fields=[
                ("year", models.PositiveSmallIntegerField(db_index=True, verbose_name="year")),
                (
                    "basis",
                    models.CharField(
                        choices=[("official", "Announced"), ("computed", "Computed, not yet announced")],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
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
            ],
            options={
                "verbose_name": "historical calendar year",
                "verbose_name_plural": "historical calendar years",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPaperRule",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("procedure", models.CharField(max_length=40, verbose_name="procedure")),
                ("code", models.CharField(max_length=12, verbose_name="code")),
                ("name_vi", models.CharField(max_length=255, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=255, verbose_name="name in English")),
                (
                    "need",
                    models.CharField(
                        choices=[
                            ("always", "Always"),
                            ("conditional", "When the dossier's answers call for it"),
                            ("optional", "If any"),
                        ],
                        max_length=12,
                        verbose_name="needed",
                    ),
                ),
                ("clause", models.CharField(max_length=80, verbose_name="clause")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
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
            ],
            options={
                "verbose_name": "historical paper of a procedure",
                "verbose_name_plural": "historical papers of procedures",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProcedureVersion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="procedure")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of dossier")),
                ("law", models.CharField(help_text="For example L143/D96.", max_length=40, verbose_name="law version")),
                ("name_vi", models.CharField(max_length=255, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=255, verbose_name="name in English")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="legal working days")),
                (
                    "completeness_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="working days to check completeness"),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Calendar days; the officer may set another day.",
                        verbose_name="days the investor gets to answer",
                    ),
                ),
                (
                    "cutoff_hour",
                    models.PositiveSmallIntegerField(
                        default=17,
                        help_text="What arrives later counts from the next working day.",
                        verbose_name="office closes at (hour)",
                    ),
                ),
                ("legal_basis", models.TextField(help_text="One provision per line.", verbose_name="legal basis")),
                ("form_code", models.CharField(blank=True, max_length=20, verbose_name="request form")),
                ("result_form", models.CharField(blank=True, max_length=20, verbose_name="result form")),
                ("mark", models.CharField(default="S", max_length=2, verbose_name="how sure")),
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
            ],
            options={
                "verbose_name": "historical procedure version",
                "verbose_name_plural": "historical procedure versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField(verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.case"
                    ),
                ),
            ],
            options={
                "verbose_name": "internal note",
                "verbose_name_plural": "internal notes",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("receipt", "Dossier receipt"),
                            ("appointment", "Receipt and appointment"),
                            ("return", "Request to complete the dossier"),
                            ("supplement", "Supplement request"),
                            ("explanation", "Request for explanation"),
                            ("refusal", "Refusal notice"),
                            ("stop", "Notice that processing stops"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("content", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="answer by")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answered_by",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="cases.event"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="cases.case"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notice", to="cases.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("office", models.CharField(max_length=200, verbose_name="office")),
                ("question", models.TextField(verbose_name="question")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("conditions", "Agreed with conditions"),
                            ("objected", "Objected"),
                        ],
                        max_length=12,
                        verbose_name="stance",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("given_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opinions", to="cases.case"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opinion",
                "verbose_name_plural": "opinions",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="PaperRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("procedure", models.CharField(max_length=40, verbose_name="procedure")),
                ("code", models.CharField(max_length=12, verbose_name="code")),
                ("name_vi", models.CharField(max_length=255, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=255, verbose_name="name in English")),
                (
                    "need",
                    models.CharField(
                        choices=[
                            ("always", "Always"),
                            ("conditional", "When the dossier's answers call for it"),
                            ("optional", "If any"),
                        ],
                        max_length=12,
                        verbose_name="needed",
                    ),
                ),
                ("clause", models.CharField(max_length=80, verbose_name="clause")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ],
            options={
                "verbose_name": "paper of a procedure",
                "verbose_name_plural": "papers of procedures",
                "ordering": ("procedure", "position"),
                "constraints": [models.UniqueConstraint(fields=("procedure", "code"), name="one_rule_per_paper")],
            },
        ),
        migrations.CreateModel(
            name="ProcedureVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="procedure")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of dossier")),
                ("law", models.CharField(help_text="For example L143/D96.", max_length=40, verbose_name="law version")),
                ("name_vi", models.CharField(max_length=255, verbose_name="name in Vietnamese")),
                ("name_en", models.CharField(max_length=255, verbose_name="name in English")),
                ("valid_from", models.DateField(verbose_name="in force from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="in force until")),
                ("working_days", models.PositiveSmallIntegerField(verbose_name="legal working days")),
                (
                    "completeness_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="working days to check completeness"),
                ),
                (
                    "answer_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Calendar days; the officer may set another day.",
                        verbose_name="days the investor gets to answer",
                    ),
                ),
                (
                    "cutoff_hour",
                    models.PositiveSmallIntegerField(
                        default=17,
                        help_text="What arrives later counts from the next working day.",
                        verbose_name="office closes at (hour)",
                    ),
                ),
                ("legal_basis", models.TextField(help_text="One provision per line.", verbose_name="legal basis")),
                ("form_code", models.CharField(blank=True, max_length=20, verbose_name="request form")),
                ("result_form", models.CharField(blank=True, max_length=20, verbose_name="result form")),
                ("mark", models.CharField(default="S", max_length=2, verbose_name="how sure")),
            ],
            options={
                "verbose_name": "procedure version",
                "verbose_name_plural": "procedure versions",
                "ordering": ("code", "-valid_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_version_per_start"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="version_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="procedure",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="cases.procedureversion",
                verbose_name="procedure",
            ),
        ),
        migrations.CreateModel(
            name="DossierCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("last", models.PositiveIntegerField(default=0)),
                ("authority", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="cases.authority")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("authority", "day"), name="one_counter_per_day")],
            },
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("case", "version"), name="one_event_per_version"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True), fields=("case", "key"), name="one_event_per_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "supplement")),
                fields=("case",),
                name="one_supplement_per_dossier",
                violation_error_message="A supplement may be asked for once per dossier.",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["status", "due_on"], name="cases_case_status_c1dcde_idx"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["organisation", "status"], name="cases_case_organis_a852da_idx"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["officer", "status"], name="cases_case_officer_2858b0_idx"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "submitted",
                            "returned",
                            "accepted",
                            "awaiting_investor",
                            "on_hold",
                            "proposed",
                            "approved",
                            "refused",
                            "issued",
                            "withdrawn",
                            "stopped",
                        ],
                    )
                ),
                name="known_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]), ("submitted_at__isnull", False), _connector="OR"
                ),
                name="submitted_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("create_key", ""), _negated=True),
                fields=("created_by", "create_key"),
                name="one_draft_per_key",
            ),
        ),
        append_only("cases_event"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
