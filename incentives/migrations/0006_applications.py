"""Applications for the certificate of incentives, and what they grant."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0005_revising")]
    operations: ClassVar = []
