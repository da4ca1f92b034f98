"""Reports and inspections after the grant."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0006_applications")]
    operations: ClassVar = []
