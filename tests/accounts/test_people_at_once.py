"""Two Owners at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts import people
from accounts.errors import AccountError
from accounts.models import Membership
from tests.accounts.makers import Role, company, person

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_owners_cannot_remove_each_other_at_once():
    first, second = person(), person()
    organisation = company(first)
    people.set_roles(organisation, second, {Role.OWNER}, first)
    together = Barrier(2)

    def remove(by, other):
        try:
            together.wait()
            people.set_roles(organisation, other, set(), by)
        except AccountError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "removed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(remove, (first, second), (second, first)))
    assert outcomes.count("removed") == 1
    assert Membership.objects.filter(organisation=organisation).owners().count() == 1
