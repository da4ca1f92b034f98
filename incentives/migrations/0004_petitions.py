"""Petitions of the city."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0003_policies")]
    operations: ClassVar = []
