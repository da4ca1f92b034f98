"""Officials at their desk: people and a signed-in client."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.walk import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody who may meet a case."""
    return Cast()


@pytest.fixture
def sit_down(client: Client) -> Callable[[User], Client]:
    """Sign an official in: `sit_down(cast["appraiser"]).get(...)`."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
