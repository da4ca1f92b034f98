"""Which past cases can be replayed; called once, when the app is ready."""

from __future__ import annotations

from incentives.revising.applications import Applications
from incentives.revising.generated import Generated
from incentives.revising.past import register_source


def register_sources() -> None:
    """Offer the applications that were handed in, and the generated cases."""
    for source in (Applications(), Generated()):
        register_source(source)
