"""Words that want to be code: in comparison, letters, printed request and certificate they stay words."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from adjustments.models import Adjustment
from cases.models import Case
from cases.states import Status
from certificates.models import Certificate
from certificates.request import request_pdf
from certificates.tasks import render_certificate
from notifications.states import Audience
from notifications.writing import LetterWriter
from projects.models import Project
from tests.adjustments.factories import licensed_project, write
from tests.cases.pages.visitors import visitor
from tests.certificates.reading import text_of
from tests.walk import STEPS, Cast, attach_all, draft

pytestmark = pytest.mark.django_db
HTML = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
TYPST = '#panic("x") #import "y" $x^2$ *b* _i_ `c` <label> @ref // c /* d */ = H \\ ] [ }'
WORDS = f"{HTML} {TYPST} {{{{ 7*7 }}}} {{% debug %}}"
ALIVE = re.compile(r"<script>alert|<img src=x")


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A draft in which every text says something that wants to be run."""
    licensed_project(cast.organisation)
    case = draft("adjustment", cast)
    found = Adjustment.objects.get(case=case)
    lines = {name: found.proposed[name] for name in ("investors", "objectives", "phases", "products")}
    write(case, {
        "project_name": HTML, "project_name_en": TYPST, "reason": WORDS, "decision_by": HTML, "report_progress": WORDS,
        "reasons": {item.path: WORDS for item in found.changed},
        "investors": [row | {"name": WORDS[:250], "address": HTML} for row in lines["investors"]],
        "objectives": [row | {"description": WORDS} for row in lines["objectives"]],
        "phases": [row | {"name": HTML + TYPST[:60]} for row in lines["phases"]],
        "products": [row | {"name": WORDS} for row in lines["products"]],
    })  # fmt: skip
    return attach_all(case, cast)


def test_words_stay_words_from_the_draft_to_the_certificate(case: Case, cast: Cast) -> None:
    printed = text_of(request_pdf(case)).replace(" ", "")
    for words in (HTML, TYPST):
        assert words.replace(" ", "")[:40] in printed
    for state in (Status.SUBMITTED, Status.ACCEPTED, Status.PROPOSED, Status.APPROVED, Status.ISSUED):
        STEPS[state][1](case, cast)
    render_certificate(Certificate.objects.get(case=case).pk)
    certificate = Certificate.objects.get(case=case)
    assert certificate.document_state == "ready", certificate.document_error
    assert '#panic("x")' in text_of(certificate.pdf.read())
    project = Project.objects.get(pk=Adjustment.objects.get(case=case).project_id)
    pages = [(cast["owner"], case.get_absolute_url()), (cast["owner"], f"/projects/{project.code}/"),
             (cast["owner"], f"/projects/{project.code}/certificate"),
             (cast["owner"], reverse("adjust", args=[project.code])),
             (cast["owner"], f"{reverse('simulate')}?project={project.code}&total_capital_usd=9"),
             (cast["appraiser"], reverse("admin:cases_case_change", args=[case.pk])),
             (cast["appraiser"], f"/projects/{project.code}/")]  # fmt: skip
    for reader, way in pages:
        page = visitor(reader).get(way)
        assert page.status_code == 200, way
        assert not ALIVE.search(page.content.decode()), way
        assert "alert(1)" in page.content.decode() or "#panic" in page.content.decode(), way


def test_letters_say_the_words_and_run_none(case: Case, cast: Cast) -> None:
    STEPS[Status.SUBMITTED][1](case, cast)
    letter = LetterWriter(case, case.events.get(verb="submit")).write(cast["signer of the company"], Audience.INVESTOR)
    assert "\n" not in letter.subject
    assert not ALIVE.search(letter.html)
    assert "&lt;script&gt;" in letter.html
    assert "{{ 7*7 }}" in letter.text or "alert(1)" in letter.text
