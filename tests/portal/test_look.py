"""The look keeps its promises: contrast, one dark scheme, drawings for every sign, nothing inline."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string

from cases.clock import Clock
from cases.findings import Outcome
from cases.models import Attachment, Opinion
from cases.states import PublicStatus, Status
from certificates.states import DocumentState
from certificates.states import State as CertificateState
from notifications.states import State as MessageState
from portal.signs import NEUTRAL, SIGNS, TONE_ICONS

ROOT = Path(settings.BASE_DIR)
TOKENS = (ROOT / "static/css/tokens.css").read_text()
ICONS = (ROOT / "static/icons.svg").read_text()
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
# A letter carries its styles with it: mail programs load none.
PAGES = [path for path in TEMPLATES if not path.relative_to(ROOT / "templates").parts[0].startswith("emails")]


def colours(selector: str) -> dict[str, str]:
    """The tokens that a block of tokens.css sets."""
    block = TOKENS.split(selector, 1)[1].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", block))


LIGHT = colours(":root")
DARK = colours('[data-bs-theme="dark"]')
SCHEMES = {"light": LIGHT, "dark": LIGHT | DARK}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    lights = sorted((luminance(one), luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour.lstrip("#")[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


TEXT = [
    *product(
        ("ink", "muted", "harbour", "phuong", "ok", "warn", "danger"), ("ground", "ground-2", "surface")
    ),
    *product(("ink", "harbour"), ("harbour-tint", "ok-tint", "warn-tint", "danger-tint")),
    ("ok", "ok-tint"), ("warn", "warn-tint"), ("danger", "danger-tint"), ("neutral", "neutral-tint"),
    ("muted", "ground-3"), ("muted", "ok-tint"), ("on-solid", "harbour-solid"), ("on-solid", "phuong-solid"),
    ("on-solid", "phuong-deep"), ("focus-ink", "focus"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme, ink, ground):
    tokens = SCHEMES[scheme]
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", ["ground", "ground-2", "surface"])
def test_the_edge_of_a_control_can_be_seen(scheme, ground):
    tokens = SCHEMES[scheme]
    assert contrast(tokens["line-strong"], tokens[ground]) >= 3


def test_the_device_and_the_reader_choose_the_same_dark_scheme():
    assert colours(":root:not([data-bs-theme])") == DARK


def test_every_colour_has_its_dark_twin():
    named = {name for name, value in LIGHT.items() if value.startswith(("#", "0 1px"))}
    assert named == set(DARK)


@pytest.mark.parametrize("name", ["components", "casework", "frame", "portal", "admin"])
def test_styles_take_their_colours_from_the_tokens(name):
    text = (ROOT / f"static/css/{name}.css").read_text()
    strangers = {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{6}\b", text)}
    # the mark's own petals on harbour blue, and one hover of the admin
    assert strangers <= {"#ff6b7c", "#ffc2c8", "#ffe08a", "#d3e5f1", "#14507a"}


def drawn() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', ICONS))


def test_every_sign_and_tone_has_a_drawing():
    assert {sign.icon for sign in SIGNS.values()} | {NEUTRAL.icon} | set(TONE_ICONS.values()) <= drawn()


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_templates_ask_for_icons_that_are_drawn(path):
    assert set(re.findall(r'{% icon "([^"]+)"', path.read_text())) <= drawn()


STATES = [
    *Status.values, *PublicStatus.values, *CertificateState.values, *DocumentState.values, *MessageState.values,
    *Outcome.values, *Opinion.Stance.values, *(f"paper_{state}" for state in Attachment.Review.values),
]  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_apps_has_a_sign(state):
    assert state in SIGNS


def test_a_status_is_icon_and_text_and_tone():
    shown = render_to_string("includes/status_tag.html", {"status": "issued", "label": "Certificate issued"})
    assert "tag-ok" in shown
    assert "#stamp" in shown
    assert "Certificate issued" in shown


def test_a_state_nobody_drew_yet_is_still_readable():
    shown = render_to_string("includes/status_tag.html", {"status": "brand_new", "label": "Brand new"})
    assert "tag-neutral" in shown
    assert "Brand new" in shown


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_pages_have_nothing_inline_that_the_security_policy_would_stop(path):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son(click|load|submit|change|input|error)=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_an_icon_is_decoration_unless_it_has_a_name():
    page = Template('{% load portal_look %}{% icon "check" %}{% icon "check" label=name %}')
    shown = page.render(Context({"name": "Done <b>"}))
    assert shown.count('aria-hidden="true"') == 1
    assert 'role="img" aria-label="Done &lt;b&gt;"' in shown


@pytest.mark.parametrize(
    ("clock", "tone", "cells"),
    [
        (Clock("running", 10, used=6, left=4), "calm", ["used"] * 6 + ["left"] * 4),
        (Clock("running", 3, used=2, left=1), "warn", ["used", "used", "left"]),
        (Clock("running", 2, used=3, left=-1), "danger", ["used", "used", "over"]),
        (Clock("stopped", 2, used=0, left=2), "stopped", ["left", "left"]),
        (Clock("not_started", 1, left=1), "not-started", ["left"]),
    ],
)
def test_the_clock_shows_its_days_and_its_urgency(clock, tone, cells):
    page = Template("{% load portal_look %}{{ clock|clock_tone }} {{ clock|clock_days|join:' ' }}")
    assert page.render(Context({"clock": clock})) == " ".join([tone, *cells])
