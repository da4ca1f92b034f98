"""A day on which a whole module of tests takes place, so that it reads the same in any year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def takes_place_on(day: date) -> object:
    """An autouse fixture: `_that_day = takes_place_on(TODAY)`; the clock goes on from nine in the morning."""

    @pytest.fixture(autouse=True)
    def that_day() -> Iterator[None]:
        with time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=HERE)):
            yield

    return that_day
