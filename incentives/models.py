"""Everything the app keeps, gathered from the rooms it lives in."""

from __future__ import annotations

from incentives.petitions.models import Petition, PetitionEvent, PetitionEvidence, PetitionProject
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct

__all__ = ["Petition", "PetitionEvent", "PetitionEvidence", "PetitionProject", "PolicyRule", "SupportedProduct"]
