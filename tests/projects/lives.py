"""Licensed projects for the tests of what happens to them: walked to their certificate on a fixed day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from cases.states import Status
from projects import life
from projects.life_checks import Told
from projects.models import Project
from tests.walk import Cast, walk

ISSUED_ON = date(2026, 4, 2)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def on(day: date, hour: int = 9) -> time_machine.travel:
    """It is that day in Hai Phong."""
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=HERE), tick=False)


def licensed(cast: Cast) -> Project:
    """A project with its certificate, issued on ISSUED_ON."""
    with on(ISSUED_ON):
        case = walk("registration", Status.ISSUED, cast)
    return Project.objects.get(case=case)


def told(act: str, day: date, **changes: Any) -> Told:
    """What a person states on a day about an act of that day."""
    grounds = {
        "suspend": "suspended_by_investor", "resume": "resumed", "terminate": "own_decision", "revoke": "no_deposit",
    }  # fmt: skip
    facts: dict[str, Any] = {
        "decided_on": day, "effective_on": day, "ground": grounds[act], "reason": "Thiếu đơn hàng.",
        "until": date(day.year, day.month, 28) if act == "suspend" else None,
    }  # fmt: skip
    return Told(**facts | changes)


def in_state(state: str, cast: Cast) -> Project:
    """A project walked to one of its states; the last act is of 1 June 2026 or earlier."""
    if state == Project.State.APPROVED:
        with on(ISSUED_ON):
            return Project.objects.get(case=walk("registration", Status.APPROVED, cast))
    project = licensed(cast)
    act = {"suspended": life.suspend, "terminated": life.terminate}.get(state)
    if act:
        day = date(2026, 6, 1)
        with on(day):
            act(project, by=cast["signer of the company"], told=told(act.name, day))
    return project
