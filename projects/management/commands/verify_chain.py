"""`manage.py verify_chain`: check the capital chains and name the first wrong row and field of each broken one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from redis.exceptions import RedisError

from projects.chain import Report, remember, verify
from projects.models import Project


class Command(BaseCommand):
    """Exit code 0 when every chain holds, 1 otherwise. The outcome is kept for /readyz."""

    help = "Verify the capital chain of one project or of all; see docs/capital-chain.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One project by its code, or all."""
        parser.add_argument("--project", metavar="CODE", help="for example DA-000123; all projects if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, remember, report."""
        code = options["project"]
        chosen = Project.objects.filter(code=code) if code else None
        if chosen is not None and not chosen.exists():
            raise CommandError(f"There is no project {code}.")
        report = verify(chosen)
        if chosen is None:
            self._keep(report)
        for fault in report.faults:
            self.stderr.write(self.style.ERROR(str(fault)))
        summary = f"{report.events} events of {report.projects} projects, head {report.head}"
        if not report.ok:
            raise CommandError(f"{len(report.faults)} broken: {summary}")
        self.stdout.write(self.style.SUCCESS(f"All hold: {summary}"))

    def _keep(self, report: Report) -> None:
        """Keep the outcome for /readyz; a cache that does not answer makes no chain wrong."""
        try:
            remember(report)
        except RedisError as error:
            self.stderr.write(f"The outcome was not kept: the cache does not answer ({type(error).__name__}).")
