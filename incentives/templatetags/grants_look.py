"""Template words of granted incentives: where a grant, a report or a duty stands, as words with a tone."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from incentives.grants.calendar import Standing
from incentives.grants.duties import DutyRule
from incentives.grants.inspections import Inspection
from incentives.grants.models import GrantEvent, IncentiveGrant
from incentives.grants.reports import AnnualReport

register = template.Library()

STANDINGS: Final[dict[Standing, tuple[str, str | Promise]]] = {
    Standing.DONE: ("ok", _("Filed")),
    Standing.CORRECT: ("danger", _("Correction asked for")),
    Standing.OVERDUE: ("danger", _("Overdue")),
    Standing.OPEN: ("warn", _("To be filed")),
    Standing.COMING: ("neutral", _("Not yet: the year runs")),
}
GRANT_TONES: Final = {"granted": "ok", "inspected": "info", "replaced": "neutral", "revoked": "danger"}
REPORT_TONES: Final = {"draft": "neutral", "filed": "info", "correction": "danger", "accepted": "ok"}
EVENT_TONES: Final = {
    "granted": "ok", "reported": "ok", "accepted": "ok", "restored": "ok", "breached": "danger", "revoked": "danger",
    "correction": "warn", "expired": "warn", "planned": "info", "inspected": "info",
}  # fmt: skip


@register.filter
def standing_tone(standing: Standing) -> str:
    """The tone of a duty."""
    return STANDINGS[standing][0]


@register.filter
def standing_words(standing: Standing) -> str | Promise:
    """Where a duty stands, in words."""
    return STANDINGS[standing][1]


@register.filter
def grant_tone(grant: IncentiveGrant) -> str:
    """The tone of a grant's state."""
    return GRANT_TONES.get(grant.state, "neutral")


@register.filter
def report_tone(report: AnnualReport) -> str:
    """The tone of a report's state."""
    return REPORT_TONES[report.state]


@register.filter
def event_tone(event: GrantEvent) -> str:
    """The tone of something that happened."""
    return EVENT_TONES.get(event.kind, "neutral")


@register.filter
def found_tone(inspection: Inspection) -> str:
    """The tone of an inspection's result."""
    return {"kept": "ok", "breach": "danger"}.get(inspection.found, "info")


@register.filter
def duty_name(rule: DutyRule) -> str:
    """What is due, in the reader's language."""
    return rule.said("name", get_language() or "vi")


@register.filter
def duty_text(rule: DutyRule) -> str:
    """What the law says about it."""
    return rule.said("text", get_language() or "vi")


@register.filter
def duty_clause(rule: DutyRule) -> str:
    """Where the law says it."""
    return rule.said("clause", get_language() or "vi")
