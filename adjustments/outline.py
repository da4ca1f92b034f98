"""The plan of an adjustment: which section holds which answers.

The content sections hold the answers of the certificate (names as in `projects.outline`); the others belong to the
adjustment itself. Labour, technology and environment stand on no certificate and are not adjusted here.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.outline import CONTRIBUTION, LISTS
from projects.outline import SECTIONS as REGISTRATION
from projects.outline import section_of as registration_section

TITLES: Final[dict[str, str | Promise]] = {
    "base": _("Which project"),
    "capital": _("Capital and contributions"),
    "investors": _("Investors"),
    "project": _("Project and objectives"),
    "site": _("Site and land"),
    "company": _("Company"),
    "incentives": _("Incentives"),
    "change": _("Reason and decision"),
    "report": _("Implementation so far"),
}
CONTENT: Final = ("capital", "investors", "project", "site", "company", "incentives")
"""The sections that hold the certificate's content, the capital first."""

REASONS: Final = (
    "intent", "reason", "decision_number", "decision_on", "decision_by", "address_remapped", "late_handover",
    "operation_started", "schedule_exception",
)  # fmt: skip
REPORT: Final = (
    "report_on", "disbursed_contributed_vnd", "disbursed_contributed_usd", "disbursed_mobilised_vnd",
    "report_progress", "report_workers", "report_revenue_vnd", "report_export_usd", "report_profit_vnd",
    "report_taxes_vnd", "report_problems", "supervision_report_filed",
)  # fmt: skip
EARLIER: Final = ("earlier_number", "earlier_first_on", "earlier_adjustments", "earlier_last_on")
"""Asked only where the certificate in force was not issued here."""

OWN: Final = (*EARLIER, *REASONS, *REPORT)
FIELDS: Final = tuple(name for key in CONTENT for name in REGISTRATION[key].fields)
"""Single answers of the certificate's content."""

CONTENT_LISTS: Final = {
    name: columns for name, columns in LISTS.items() if registration_section(name) in CONTENT
}  # fmt: skip
CONTENT_NAMES: Final = frozenset({*FIELDS, *CONTENT_LISTS})
_OWN_SECTION: Final = (
    dict.fromkeys(REASONS, "change") | dict.fromkeys(REPORT, "report") | dict.fromkeys(("project", *EARLIER), "base")
)


def section_of(path: str) -> str:
    """The section in which a path is answered; contributions stand with the capital."""
    head, _dot, rest = path.partition(".")
    if head in _OWN_SECTION:
        return _OWN_SECTION[head]
    if head == "papers":
        return head
    if head == "investors" and rest.rpartition(".")[2] in CONTRIBUTION:
        return "capital"
    section = registration_section(head)
    return section if section in CONTENT else ""
