"""Load the demo: accounts, companies and at least one case in every state."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.models import User
from incentives.petitions.demo import confirm_demo_projects
from portal.demo import tell_stories


class Command(BaseCommand):
    help = "Make the demo accounts and walk the demo cases through the real transitions (adds only what is missing)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make what is missing, and say what was made; the city's known projects stand in the register beside it."""
        call_command("load_register", stdout=self.stdout)
        made = tell_stories(lambda case: self.stdout.write(f"{case.reference} {case.status:18} {case.title}"))
        self.stdout.write(f"{made} demo cases made")
        named = confirm_demo_projects(User.objects.get(email="appraiser@demo.example"))
        self.stdout.write(f"{named} projects named in petitions of the city")
        call_command("verify_chain", stdout=self.stdout)
