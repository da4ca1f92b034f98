"""The pictures of docs/images/, taken from the demo in both languages.

    python -m ops.services -- python -m pytest tests/browser/screenshots.py

takes them all again; PORTAL_SCREENSHOTS names another folder. Pytest does not collect this file unless it is named.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import User
from cases.models import Case
from certificates.models import Certificate
from certificates.tasks import render_certificate
from portal.demo import tell_stories
from tests.browser.journey import NewPage
from tests.cases.desk.pages import page as desk_page
from tests.cases.desk.pages import queue
from tests.cases.desk.test_desk_in_browser import sign_in
from tests.cases.pages.visitors import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = Path(os.environ.get("PORTAL_SCREENSHOTS", "docs/images"))
COLOURS = 128
WIDTH = 1280  # pixels, of the certificate's page too
SITE_URL = "http://127.0.0.1:8000"  # where `make run` serves it; the certificate says so
LOCALES = {"vi": "vi-VN", "en": "en-GB"}
Shot = tuple[str, str, str]
"""Name of the picture, demo account ("" for nobody), address. The certificate is in both languages: one picture."""


def shots() -> list[Shot]:
    """What there is to see."""
    story = {number: Case.objects.get(reference=f"HP-26-DEMO{number:02d}") for number in (1, 4, 10, 11)}
    number = str(Certificate.objects.get(case=story[1]).number)
    return [
        ("home", "", "/"),
        ("verify", "", reverse("verify-number", args=[number])),
        ("dashboard", "investor", "/dashboard/"),
        ("task-list", "investor", story[4].get_absolute_url()),
        ("capital", "investor", address("case-section", story[4], "capital")),
        ("pre-check", "investor", address("case-precheck", story[4])),
        ("check-answers", "investor", address("case-submit", story[4])),
        ("receipt", "investor", address("case-receipt", story[11])),
        ("case", "investor", story[11].get_absolute_url()),
        ("answer", "investor", address("case-supplement", story[11])),
        ("desk", "appraiser", "/admin/"),
        ("queue", "appraiser", queue()),
        ("desk-case", "appraiser", desk_page(story[10])),
        ("propose", "appraiser", desk_page(story[10], "propose") + "#verb-form"),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_take_the_pictures(new_page: NewPage, live_server: Any, smtp_sink: Any, settings: Any, language: str) -> None:
    settings.SITE_URL = SITE_URL
    tell_stories(lambda _case: None)
    certificate = Certificate.objects.get(case__reference="HP-26-DEMO01")
    render_certificate(certificate.pk)
    certificate.refresh_from_db()
    _save(_first_page(certificate), "certificate")
    for width, suffix, wanted in ((WIDTH, "", None), (320, "-320", {"home", "case"})):
        page = new_page(locale=LOCALES[language], width=width)
        for name, account, place in shots():
            if wanted is None or name in wanted:
                _visit(page, account, place, live_server.url, language)
                _save(Image.open(io.BytesIO(page.screenshot())), f"{language}-{name}{suffix}")


def _visit(page: Page, account: str, place: str, site: str, language: str) -> None:
    if account:
        sign_in(page, User.objects.get(email=f"{account}@demo.example"), site, language)
    page.goto(place)
    page.evaluate("document.fonts.ready")
    expect(page.locator("html")).to_have_attribute("lang", language)


def _first_page(certificate: Certificate) -> Image.Image:
    with certificate.pdf.open("rb") as file:
        page = pypdfium2.PdfDocument(file.read())[0]
    image: Image.Image = page.render(scale=WIDTH / page.get_width()).to_pil()
    return image


def _save(picture: Image.Image, name: str) -> None:
    """A palette of so many colours keeps text sharp and the file small."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
