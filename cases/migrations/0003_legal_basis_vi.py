"""The legal basis of a procedure in Vietnamese, beside the English."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_queue_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalprocedureversion",
            name="legal_basis_vi",
            field=models.TextField(
                blank=True,
                help_text="One provision per line; official papers print these.",
                verbose_name="legal basis in Vietnamese",
            ),
        ),
        migrations.AddField(
            model_name="procedureversion",
            name="legal_basis_vi",
            field=models.TextField(
                blank=True,
                help_text="One provision per line; official papers print these.",
                verbose_name="legal basis in Vietnamese",
            ),
        ),
        migrations.AlterField(
            model_name="historicalprocedureversion",
            name="legal_basis",
            field=models.TextField(help_text="One provision per line.", verbose_name="legal basis in English"),
        ),
        migrations.AlterField(
            model_name="procedureversion",
            name="legal_basis",
            field=models.TextField(help_text="One provision per line.", verbose_name="legal basis in English"),
        ),
    ]
