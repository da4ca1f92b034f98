"""Drafts of policy rules and their replays."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("incentives", "0004_petitions")]
    operations: ClassVar = []
