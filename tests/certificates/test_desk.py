"""Certificates beside the case and on the officials' desk: everything to read, nothing to change."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from cases import transitions as verbs
from cases.panels import panels_for
from cases.states import Status
from certificates import issuing
from certificates.models import Certificate
from certificates.panel import panel_context
from tests.walk import Cast, walk

pytestmark = [pytest.mark.django_db]


def test_the_box_stands_on_the_page_of_an_issued_case_for_both_sides(cast: Cast, issued: Certificate) -> None:
    for role in ("owner", "desk officer"):
        shown = {panel.key: context for panel, context in panels_for(issued.case, cast[role])}
        assert shown["certificate"]["facts"].number == issued.number
        assert shown["certificate"]["being_prepared"]


def test_before_the_issue_officials_see_that_it_is_prepared_and_investors_nothing(cast: Cast) -> None:
    case = walk("petition", Status.APPROVED, cast)
    assert panel_context(case, cast["owner"]) is None
    prepared = panel_context(case, cast["signer"])
    assert prepared and prepared["facts"] is None and not prepared["being_prepared"]
    assert panel_context(walk("petition", Status.ACCEPTED, cast), cast["signer"]) is None


def test_officials_are_told_why_a_document_failed_and_investors_only_that_it_is_coming(
    client: Client, cast: Cast, issued: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise ConnectionError("the signing service does not answer")

    monkeypatch.setattr(issuing, "load_signer", away)
    assert not issuing.produce(issued.pk)
    said = {}
    for role in ("owner", "desk officer"):
        client.force_login(cast[role])
        box = f"/cases/{issued.case.reference}/certificate/"
        said[role] = client.get(box, headers={"hx-request": "true"}).content.decode()
    assert "the signing service does not answer" in said["desk officer"]
    assert "the signing service does not answer" not in said["owner"]
    assert 'hx-trigger="every 2s"' in said["owner"]


def test_an_unusual_project_code_is_pointed_out_to_officials_only(cast: Cast) -> None:
    case = walk("petition", Status.APPROVED, cast)
    verbs.issue(case, by=cast["desk officer"], project_code="022043000123")
    with translation.override("en"):
        official, investor = panel_context(case, cast["signer"]), panel_context(case, cast["owner"])
    assert official and "022043000123" in official["code_warning"]
    assert investor and investor["code_warning"] == ""


@pytest.mark.parametrize("role", ["desk officer", "appraiser", "signer", "administrator"])
def test_the_register_on_the_desk_is_read_only(client: Client, cast: Cast, ready: Certificate, role: str) -> None:
    client.force_login(cast[role])
    listed = client.get("/admin/certificates/certificate/")
    assert listed.status_code == 200 and str(ready.number) in listed.content.decode()
    page = client.get(f"/admin/certificates/certificate/{ready.pk}/change/")
    html = page.content.decode()
    assert page.status_code == 200
    assert f"/cases/{ready.case.reference}/certificate.pdf" in html
    assert 'name="_save"' not in html and "deletelink" not in html
    assert client.get("/admin/certificates/certificate/add/").status_code == 403
    assert client.post(f"/admin/certificates/certificate/{ready.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/certificates/certificate/{ready.pk}/change/", {"number": "X"}).status_code == 403


def test_a_prepared_certificate_can_be_looked_at_too(client: Client, cast: Cast) -> None:
    prepared = Certificate.objects.get(case=walk("petition", Status.APPROVED, cast))
    client.force_login(cast["signer"])
    page = client.get(f"/admin/certificates/certificate/{prepared.pk}/change/")
    assert page.status_code == 200 and "certificate.pdf" not in page.content.decode()


def test_those_who_see_no_cases_see_no_certificates(client: Client, cast: Cast, ready: Certificate) -> None:
    client.force_login(cast["statistician"])
    assert client.get("/admin/certificates/certificate/").status_code == 403
    assert not Certificate.objects.visible_to(cast["statistician"]).exists()
    assert not Certificate.objects.visible_to(cast["outsider"]).exists()


def test_the_list_needs_the_same_few_queries_for_one_and_for_many(
    client: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    client.force_login(cast["desk officer"])
    for _certificate in range(5):
        walk("petition", Status.ISSUED, cast)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get("/admin/certificates/certificate/")


def test_a_search_finds_a_certificate_by_number_and_project_code(client: Client, cast: Cast) -> None:
    first, second = (Certificate.objects.get(case=walk("petition", Status.ISSUED, cast)) for _case in range(2))
    client.force_login(cast["signer"])
    html = client.get("/admin/certificates/certificate/", {"q": str(second.number)}).content.decode()
    assert str(second.number) in html and str(first.number) not in html
