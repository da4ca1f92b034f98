"""Everything the app keeps, gathered from the rooms it lives in."""

from __future__ import annotations

from incentives.policies import PolicyRule
from incentives.products import SupportedProduct

__all__ = ["PolicyRule", "SupportedProduct"]
