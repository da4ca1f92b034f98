"""The outbox: letters that say what they say for good, the log of their delivery, and who may see them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import accounts.models
import notifications.models
from accounts.append_only import append_only
from accounts.roles import ADMINISTRATOR, APPRAISER, DESK_OFFICER, SIGNER, grant
from notifications.frozen import freeze_words


def give_rights(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Whoever works on cases sees their letters and may send them again."""
    for role in (DESK_OFFICER, APPRAISER, SIGNER, ADMINISTRATOR):
        grant(apps, schema_editor, role, "notifications.view_message", "notifications.resend_message")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_roles"),
        ("cases", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template", models.CharField(max_length=40, verbose_name="template")),
                (
                    "audience",
                    models.CharField(
                        choices=[("investor", "Investor"), ("official", "Office")],
                        max_length=10,
                        verbose_name="written for",
                    ),
                ),
                ("key", models.CharField(max_length=120, unique=True, verbose_name="key")),
                (
                    "language",
                    models.CharField(choices=accounts.models.language_choices, max_length=10, verbose_name="language"),
                ),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("subject", models.CharField(max_length=255, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(verbose_name="HTML")),
                (
                    "message_id",
                    models.CharField(
                        default=notifications.models.new_message_id,
                        max_length=255,
                        unique=True,
                        verbose_name="Message-ID",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting to be sent"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("unconfirmed", "Handed over, not confirmed"),
                            ("failed", "Not sent yet, will be tried again"),
                            ("given_up", "Could not be delivered"),
                        ],
                        default="queued",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_try_at", models.DateTimeField(blank=True, null=True, verbose_name="next try at")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken by a worker at")),
                (
                    "claimed_by",
                    models.CharField(blank=True, help_text="The task that has the letter in hand.", max_length=64),
                ),
                (
                    "handed_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When the mail server had all of the letter but the line that ends it.",
                        null=True,
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                ("error", models.TextField(blank=True, verbose_name="what went wrong last")),
                (
                    "again_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_again",
                        to="notifications.message",
                        verbose_name="sent again",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="cases.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ("-id",),
                "permissions": [("resend_message", "Can send a message again")],
            },
        ),
        migrations.CreateModel(
            name="DeliveryAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="attempt")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sent", "Sent"),
                            ("refused", "Refused by the mail server"),
                            ("unreachable", "The mail server could not be reached"),
                            ("lost", "The worker ended before the letter was handed over"),
                            ("unconfirmed", "The worker ended before the mail server answered"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="log", to="notifications.message"
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery attempt",
                "verbose_name_plural": "delivery attempts",
                "ordering": ("id",),
            },
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["person", "-id"], name="message_of_person"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["case", "-id"], name="message_of_case"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "failed", "sending"])),
                fields=["state", "next_try_at"],
                name="message_on_its_way",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["given_up", "unconfirmed"])),
                fields=["-id"],
                name="message_needs_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["queued", "sending", "sent", "unconfirmed", "failed", "given_up"])),
                name="known_message_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", False), _connector="OR"
                ),
                name="sent_message_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sending"), _negated=True), ("claimed_at__isnull", False), _connector="OR"
                ),
                name="message_in_hand_has_moment",
            ),
        ),
        freeze_words(),
        append_only("notifications_deliveryattempt"),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
