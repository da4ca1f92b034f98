"""The suite's ground: reference data loaded once, every test starts from it, real servers beside it.

Fixtures for all: `smtp_sink`, `celery_worker`, `browser`, `new_page`, `page` (see tests/fixtures/).
"""

import pytest
import redis
from django.core.management import call_command, get_commands
from django.test import TransactionTestCase

from tests.fixtures import corner, snapshot

corner.settle()

pytest_plugins = ["tests.fixtures.mail", "tests.fixtures.worker", "tests.fixtures.browser"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """A migrated database with the reference data, put back to that state after each test that commits."""
    with django_db_blocker.unblock():
        if "load_reference" in get_commands():
            call_command("load_reference", verbosity=0)
        found = snapshot.take()
    TransactionTestCase._fixture_teardown = lambda _case: found.put_back()


@pytest.fixture(autouse=True)
def _no_jobs_of_another_test(request: pytest.FixtureRequest):
    """Queues and cache are empty when a test begins, and no worker runs unless the test asks for one."""
    if "celery_worker" not in request.fixturenames:
        corner.send_workers_home()
    try:
        corner.forget_jobs()
    except redis.ConnectionError:  # a test that needs Redis says so itself
        return
