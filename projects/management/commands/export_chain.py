"""`manage.py export_chain`: the capital events as JSON lines, for anybody who wants to check them on their own."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from projects.chain_form import COLUMNS, content_of
from projects.models import CapitalEvent


class Command(BaseCommand):
    """One event a line, in the canonical form of docs/capital-chain.md, with its hash."""

    help = "Write the capital events as JSON lines to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One project by its code, or all."""
        parser.add_argument("--project", metavar="CODE", help="for example DA-000123; all projects if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write."""
        events = CapitalEvent.objects.order_by("project_id", "seq").values_list(*COLUMNS, "hash")
        if options["project"]:
            events = events.filter(project__code=options["project"])
        with transaction.atomic():  # read as it goes, in one state of the database
            for *values, stated in events.iterator(chunk_size=2000):
                self.stdout.write(json.dumps(content_of(values) | {"hash": stated}, ensure_ascii=False))
