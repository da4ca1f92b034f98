"""`make bench`: our pages as ratios to an empty Django page and to what people would use instead.

Every figure is a median of requests made in turn in one process on one machine; absolute times are only shown to make
the ratios readable. `--cases 20000` says how many cases there are. `make bench ARGS=chain` measures the verification of
the capital chains instead (tests/bench/chain.py), `make bench ARGS=incentives` the public answers about incentives.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases  # noqa: E402

from accounts import roles  # noqa: E402
from cases.models import Case  # noqa: E402
from tests.bench import chain, incentives  # noqa: E402
from tests.bench.crowd import make_crowd  # noqa: E402
from tests.walk import official  # noqa: E402

QUEUE, STOCK = "/admin/cases/case/", "/bench/stock/cases/case/"
ROUNDS = 15


def main() -> None:
    """Measure, print the table, keep it as JSON."""
    if sys.argv[1:2] == ["chain"]:
        chain.main(sys.argv[2:])
        return
    if sys.argv[1:2] == ["incentives"]:
        incentives.main(in_turn)
        return
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, default=20_000)
    count = options.parse_args().cases
    settings.ROOT_URLCONF = "tests.bench.pages"
    settings.ACCESS_TABLE = "tests.bench.access.TABLE"
    old = setup_databases(verbosity=0, interactive=False)
    try:
        report = measure(count)
    finally:
        teardown_databases(old, verbosity=0)
    show(report)


def measure(count: int) -> dict[str, Any]:
    """Fill the database, then ask each page in turn."""
    call_command("load_reference", verbosity=0)
    officers = [official(roles.APPRAISER) for _number in range(8)]
    make_crowd(count, officers=officers, by=officers[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client()
    client.force_login(officers[0])
    case = Case.objects.filter(status="accepted").earliest("pk")
    pages = {
        "empty page": "/bench/empty/",
        "bare list (limit)": "/bench/bare/",
        "queue": QUEUE,
        "queue, searched without accents": f"{QUEUE}?q=dinh+vu",
        "queue, stock admin": STOCK,
        "queue, stock admin, searched": f"{STOCK}?q=Đình+Vũ",
        "case page": f"{QUEUE}{case.pk}/change/",
    }
    times = in_turn({name: lambda path=path: ask(client, path) for name, path in pages.items()})
    empty = times["empty page"]
    rows = {
        name: {
            "ms": round(seconds * 1000, 2),
            "ratio_to_empty": round(seconds / empty, 2),
            "queries": queries(client, path),
        }
        for (name, path), seconds in zip(pages.items(), times.values(), strict=True)
    }
    return {"cases": count, "database": connection.vendor, "rounds": ROUNDS, "rows": rows}


def ask(client: Client, path: str) -> None:
    """One request that must succeed."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def in_turn(acts: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Seconds of each act, the median over rounds in which every act has its turn; two rounds warm up."""
    seen: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(ROUNDS + 2):
        for name, act in acts.items():
            start = time.perf_counter()
            act()
            if turn > 1:
                seen[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in seen.items()}


def queries(client: Client, path: str) -> int:
    """How many queries the page asks."""
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def show(report: dict[str, Any]) -> None:
    """Print the table and keep it under var/bench/."""
    print(f"{report['cases']} cases on {report['database']}, median of {report['rounds']} requests in turn")
    print(f"{'page':36} {'ms':>8} {'x empty page':>13} {'queries':>8}")
    for name, row in report["rows"].items():
        print(f"{name:36} {row['ms']:8.2f} {row['ratio_to_empty']:13.2f} {row['queries']:8}")
    folder = Path(settings.VAR_DIR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"pages-{time.strftime('%Y%m%d-%H%M%S')}.json"
    target.write_text(json.dumps(report, indent=1, ensure_ascii=False))
    print(f"kept as {target}")


if __name__ == "__main__":
    main()
