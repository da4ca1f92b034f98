import re

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.accounts.makers import visitor


@pytest.fixture(autouse=True)
def _no_attempts_of_another_test():
    """The limits on attempts count in the cache."""
    cache.clear()


@pytest.fixture
def client():
    """Somebody who reads English."""
    return visitor()


@pytest.fixture
def mailed_code(smtp_sink):
    """The six digits in the newest mail that the mail server received."""

    def newest() -> str:
        text = smtp_sink.messages[-1].get_body(("plain",)).get_content()
        return re.search(r"^(\d{6})\s*$", text, re.MULTILINE).group(1)

    return newest


@pytest.fixture
def today():
    """The local day."""
    return timezone.localdate()
