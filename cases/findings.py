"""What a check of a dossier says; the list an officer ticks is the list the investor runs first."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Level(models.TextChoices):
    """How much a failed check weighs."""

    BLOCK = "block", _("Must be right before submission")
    WARN = "warn", _("Worth a second look")
    INFO = "info", _("For information")


class Outcome(models.TextChoices):
    """What the check found."""

    PASSED = "passed", _("Passed")
    MUST_FIX = "must_fix", _("Must fix")
    WARNING = "warning", _("Please check")
    INFO = "info", _("For information")
    CANNOT_CHECK = "cannot_check", _("Cannot be checked by the system")


@dataclass(frozen=True)
class Finding:
    """One line of the pre-check.

    `code` names the rule (V1, missing, paper-c, ...); `section` and `path` lead to the field; `message` is a whole
    sentence; `clause` and `source` say where the rule stands; `mark` how sure that is (S, S2, G, U, D).
    """

    code: str
    level: Level
    outcome: Outcome
    section: str
    path: str
    message: Text
    clause: str = ""
    source: str = ""
    mark: str = "S"

    @property
    def blocks(self) -> bool:
        """Whether submission has to wait for it."""
        return self.outcome == Outcome.MUST_FIX


def blocking(findings: list[Finding]) -> list[Finding]:
    """The findings that must be mended before submission."""
    return [finding for finding in findings if finding.blocks]
