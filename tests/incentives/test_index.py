"""The way into everything about incentives: one page, every link open to whoever sees it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.walk import company, member

pytestmark = pytest.mark.django_db


def test_everybody_finds_every_tool_and_every_link_opens() -> None:
    client = Client(headers={"accept-language": "en"})
    page = client.get("/incentives/").content.decode()
    links = set(re.findall(r'href="(/incentives/[a-z-]+/)"', page))
    assert {"/incentives/check/", "/incentives/tax-schedule/", "/incentives/timeline/", "/incentives/products/",
            "/incentives/petitions/"} <= links  # fmt: skip
    assert "/incentives/grants/" not in links
    assert all(client.get(link).status_code == 200 for link in links)


def test_a_company_also_finds_its_certificates_and_the_application() -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(member(company(), "owner"))
    page = client.get("/incentives/").content.decode()
    assert "/incentives/grants/" in page and "/cases/new/incentive/" in page
    assert client.get("/incentives/grants/").status_code == 200
