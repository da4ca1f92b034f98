"""Bring the database of `make run` up to date: migrations, reference data and, in the demo, the demo cases.

One process, because loading Django once instead of four times is what makes a second start take seconds.
"""

import sys
import time

import django
from django.conf import settings
from django.core.management import call_command, get_commands

STEPS = {
    "migrate": "database",
    "load_reference": "zones, sectors, calendar, procedures",
    "seed_demo": "demo accounts and cases",
    "collectstatic": "styles and scripts",
}


def main() -> int:
    """Run every step that this installation needs; each is quick when there is nothing to do."""
    django.setup()
    known = get_commands()
    for command, what in STEPS.items():
        if command not in known or not wanted(command):
            continue
        started = time.monotonic()
        options = {"verbosity": 0} | ({} if command in ("load_reference", "seed_demo") else {"interactive": False})
        call_command(command, **options)
        print(f"{what}: ready ({time.monotonic() - started:.1f} s)", flush=True)
    return 0


def wanted(command: str) -> bool:
    """Demo data only in the demo; collected static files only where they are not served from the sources."""
    if command == "seed_demo":
        return bool(settings.DEMO)
    if command == "collectstatic":
        return not settings.DEBUG
    return True


if __name__ == "__main__":
    sys.exit(main())
