"""Load the reference data of every app: authorities, procedures, papers, calendar, zones, sectors, ..."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cases.reference import load_cases_reference


class Command(BaseCommand):
    help = "Add the reference data that is not there yet; what an administrator changed stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, and say how many rows were new."""
        for name, count in load_cases_reference().items():
            self.stdout.write(f"{name}: {count} new")
