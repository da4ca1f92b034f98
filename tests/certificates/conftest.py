"""An issued certificate, made by walking the real procedure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.models import Case
from cases.states import Status
from certificates import issuing
from certificates.models import Certificate
from tests.walk import Cast, walk


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody around a case."""
    return Cast()


@pytest.fixture
def issued(cast: Cast) -> Certificate:
    """An issued certificate whose document has not been made yet."""
    return Certificate.objects.get(case=walk("petition", Status.ISSUED, cast))


@pytest.fixture
def ready(issued: Certificate) -> Certificate:
    """An issued certificate with its signed PDF."""
    assert issuing.produce(issued.pk)
    return Certificate.objects.get(pk=issued.pk)


@pytest.fixture
def issue_another(cast: Cast) -> Callable[[], Case]:
    """Walk a further case to its issue."""
    return lambda: walk("petition", Status.ISSUED, cast)
