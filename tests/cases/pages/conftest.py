"""The people of every test here."""

import pytest

from tests.walk import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody who may meet a case."""
    return Cast()
