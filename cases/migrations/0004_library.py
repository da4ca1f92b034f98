"""The companies' libraries of papers; papers that the portal prints from the answers."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_roles"),
        ("cases", "0003_legal_basis_vi"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalpaperrule",
            name="need",
            field=models.CharField(
                choices=[
                    ("always", "Always"),
                    ("conditional", "When the dossier's answers call for it"),
                    ("optional", "If any"),
                    ("printed", "Printed by the portal from your answers"),
                ],
                max_length=12,
                verbose_name="needed",
            ),
        ),
        migrations.AlterField(
            model_name="paperrule",
            name="need",
            field=models.CharField(
                choices=[
                    ("always", "Always"),
                    ("conditional", "When the dossier's answers call for it"),
                    ("optional", "If any"),
                    ("printed", "Printed by the portal from your answers"),
                ],
                max_length=12,
                verbose_name="needed",
            ),
        ),
        migrations.CreateModel(
            name="LibraryPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper",
                    models.CharField(
                        help_text="The code of a paper of a procedure.", max_length=12, verbose_name="paper"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="in your words")),
                ("file", models.FileField(max_length=255, upload_to="library/%Y/%m/")),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded at")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken out at")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="library_papers",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of a company's library",
                "verbose_name_plural": "papers of the companies' libraries",
                "ordering": ("paper", "-id"),
                "indexes": [models.Index(fields=["organisation", "paper"], name="cases_libra_organis_e2557b_idx")],
            },
        ),
    ]
