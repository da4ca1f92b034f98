"""Everything the app keeps, gathered from the rooms it lives in."""

from __future__ import annotations

from incentives.dossier.authority import AuthorityRoute
from incentives.dossier.models import Buyer, Good, IncentiveApplication
from incentives.dossier.visits import SiteVisit
from incentives.grants.inspections import Inspection
from incentives.grants.models import ApprovedProduct, GrantEvent, IncentiveGrant
from incentives.grants.reports import AnnualReport, DutyReminder, ReportedCondition, ReportedOutput, ReportFiling
from incentives.impact.models import Impact
from incentives.petitions.models import Petition, PetitionEvent, PetitionEvidence, PetitionProject
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.models import RuleDraft, RuleReplay, RuleReplayLine, RuleRevision

__all__ = [
    "AnnualReport", "ApprovedProduct", "AuthorityRoute", "Buyer", "DutyReminder", "Good", "GrantEvent", "Impact",
    "IncentiveApplication", "IncentiveGrant", "Inspection", "Petition", "PetitionEvent", "PetitionEvidence",
    "PetitionProject", "PolicyRule", "ReportFiling", "ReportedCondition", "ReportedOutput", "RuleDraft",
    "RuleReplay", "RuleReplayLine", "RuleRevision", "SiteVisit", "SupportedProduct",
]  # fmt: skip
