"""Doing the same thing many times at once, each in a thread with a database connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")


def at_once(act: Callable[[int], Answer], times: int) -> list[Answer | Exception]:
    """Call `act(number)` in `times` threads that start together; an exception is an answer too."""
    together = Barrier(times)

    def run(number: int) -> Any:
        together.wait()
        try:
            return act(number)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
