"""Everything the app keeps, gathered from the rooms it lives in."""

from __future__ import annotations

from incentives.impact.models import Impact
from incentives.petitions.models import Petition, PetitionEvent, PetitionEvidence, PetitionProject
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct

__all__ = [
    "Impact", "Petition", "PetitionEvent", "PetitionEvidence", "PetitionProject", "PolicyRule", "SupportedProduct",
]  # fmt: skip
