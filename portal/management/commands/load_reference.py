"""`manage.py load_reference`: authorities, procedures, papers, calendar, zones, sectors, products."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cases.reference import load_cases_reference
from incentives.reference import load_incentives_reference
from projects.granting import write_missing_versions
from projects.reference import load_projects_reference


class Command(BaseCommand):
    """May be run again at any time: only rows that are missing are added."""

    help = "Add the reference data that is not there yet; what an administrator changed stays."

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load every app's data, and say how many rows were new (nothing with --verbosity 0)."""
        for load in (load_cases_reference, load_projects_reference, load_incentives_reference):
            for name, count in load().items():
                if options["verbosity"]:
                    self.stdout.write(f"{name}: {count} new")
        write_missing_versions()
