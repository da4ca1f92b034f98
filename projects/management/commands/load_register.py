"""`manage.py load_register`: enter the city's projects from public sources, for a demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from projects.group_import import load_groups
from projects.register_import import load_register


class Command(BaseCommand):
    """May be run again: what is there stays as it is."""

    help = "Enter projects from public sources in the register, marked as taken over, with the groups behind them."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and count."""
        for load in (load_register, load_groups):
            for what, count in load().items():
                self.stdout.write(f"{what}: {count} new")
