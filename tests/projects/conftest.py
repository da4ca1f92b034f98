"""A draft registration, empty or whole, in a company of its own."""

from __future__ import annotations

import pytest

from cases.drafting import create
from cases.models import Case
from projects.models import Registration
from tests.projects.factories import complete_registration
from tests.walk import company, member


@pytest.fixture
def case(db: None) -> Case:
    """An empty draft."""
    organisation = company()
    return create("registration", organisation=organisation, by=member(organisation, "owner", "signer"))


@pytest.fixture
def dossier(case: Case) -> Registration:
    """The golden dossier: whole, adding up, nothing against it."""
    return complete_registration(case)
