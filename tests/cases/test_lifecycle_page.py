"""docs/lifecycle.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases.states import Status
from cases.transitions import VERBS

pytestmark = pytest.mark.embedded

PAGE = (Path(__file__).parents[2] / "docs" / "lifecycle.md").read_text()


def test_the_page_lists_every_verb_with_its_states() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| ([^|]+) \|", PAGE, re.M)
    written = {verb: (source.strip(), target.strip()) for verb, source, target in rows}
    assert written == {
        verb.name: (", ".join(sorted(verb.sources)), str(verb.target or "(unchanged)")) for verb in VERBS.values()
    }


def test_the_page_lists_every_state() -> None:
    states = re.findall(r"^\| (\w+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", PAGE, re.M)
    assert set(Status.values) <= set(states)
