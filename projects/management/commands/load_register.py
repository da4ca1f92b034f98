"""`manage.py load_register`: enter the city's projects from public sources, for a demonstration."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from projects.register_import import load_register


class Command(BaseCommand):
    """May be run again: what is there stays as it is."""

    help = "Enter projects from public sources in the register, marked as taken over (for a demonstration)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and count."""
        for what, count in load_register().items():
            self.stdout.write(f"{what}: {count} new")
