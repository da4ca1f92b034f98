"""For the demonstration: an official has confirmed what words and sector name outright in the register."""

from __future__ import annotations

from accounts.models import User
from incentives.petitions.acts import confirm_projects
from incentives.petitions.models import Petition
from incentives.petitions.proposals import proposed


def confirm_demo_projects(by: User) -> int:
    """Confirm the strong proposals of the loaded petitions that name no project yet; returns how many projects."""
    named = 0
    for petition in Petition.objects.filter(imported=True, affected__isnull=True).order_by("number"):
        found = {one.project.pk: (one.why, one.ground) for one in proposed(petition)[0] if one.strong}
        if found:
            named += confirm_projects(petition, by=by, found=found)[0]
    return named
