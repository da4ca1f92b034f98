"""`make bench ARGS=incentives`: the public answers about incentives as ratios to an empty page, and a replay's growth.

The pages and calls are asked in turn in one process, without a sign-in, as an investor would; each figure is the median
of fifteen. A replay judges generated cases twice, by the catalogue and by a draft; its growth from 1,000 to 10,000
cases shows whether a case costs the same.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from cases.calendar import local_date
from incentives.policies import PolicyRule
from incentives.products import SupportedProduct
from incentives.revising.generated import Generated
from incentives.revising.judging import Law, difference

ASKED = "product=linh+kien+nhua&new_equipment=true&ready=true&supply_evidence=true&made_in_vietnam=not_yet"
PAGES = {
    "empty page": "/bench/empty/",
    "eligibility, page": f"/incentives/check/?{ASKED}&project_type=new",
    "tax of every year, page": "/incentives/tax-schedule/?certificate_year=2026&first_revenue_year=2027&profit=100",
    "list of products, searched": "/incentives/products/?q=linh+kien",
    "petitions": "/incentives/petitions/",
}
CALLS = {
    "eligibility, API": ("/api/v1/incentives/eligibility/", {"product": "ELEC-05", "facts": {"project_type": "new"}}),
    "tax of every year, API": ("/api/v1/incentives/tax-schedule/", {
        "certificate_year": 2026, "first_revenue_year": 2027, "income": {"2027": "100"}, "until": 2042}),
}  # fmt: skip
LIMIT_MS = 300  # an answer about eligibility (X1)
SIZES = (1_000, 10_000)


def main(in_turn: Callable[[dict[str, Callable[[], None]]], dict[str, float]]) -> None:
    """Measure, print the tables, keep them as JSON."""
    settings.ROOT_URLCONF = "tests.bench.pages"
    settings.ACCESS_TABLE = "tests.bench.access.TABLE"
    old = setup_databases(verbosity=0, interactive=False)
    try:
        call_command("load_reference", verbosity=0)
        report = {"answers": answers(in_turn), "replays": [replay(size) for size in SIZES]}
    finally:
        teardown_databases(old, verbosity=0)
    show(report)


def answers(in_turn: Callable[[dict[str, Callable[[], None]]], dict[str, float]]) -> dict[str, Any]:
    """Milliseconds, ratio and queries of every page and call."""
    client = Client()
    acts: dict[str, Callable[[], None]] = {name: lambda path=path: get(client, path) for name, path in PAGES.items()}
    acts |= {name: lambda path=path, body=body: post(client, path, body) for name, (path, body) in CALLS.items()}
    times = in_turn(acts)
    return {
        name: {"ms": round(times[name] * 1000, 2), "ratio_to_empty": round(times[name] / times["empty page"], 2),
               "queries": queries(act)}
        for name, act in acts.items()
    }  # fmt: skip


def get(client: Client, path: str) -> None:
    """A page that must answer."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def post(client: Client, path: str, body: dict[str, Any]) -> None:
    """A call that must answer; every one comes from another address, for the calls are rate limited."""
    answer = client.post(path, json.dumps(body), content_type="application/json", REMOTE_ADDR=address())
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def address() -> str:
    """An address that has not asked yet."""
    number = time.perf_counter_ns()
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def queries(act: Callable[[], None]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def replay(size: int) -> dict[str, Any]:
    """So many generated cases judged by the catalogue and by a draft that takes one condition away."""
    rules, products = list(PolicyRule.objects.in_force(local_date())), list(SupportedProduct.objects.all())
    old = Law.of(rules, products, local_date())
    new = Law.of([rule for rule in rules if rule.code != "c1"], products, local_date())
    source, done, differing, after = Generated(), 0, 0, 0
    start = time.process_time()
    while done < size:
        cases = source.chunk(after, min(500, size - done))
        after += len(cases)
        done += len(cases)
        differing += sum(difference(case, old, new) is not None for case in cases)
    return {"cases": done, "differing": differing, "processor_s": round(time.process_time() - start, 2)}


def show(report: dict[str, Any]) -> None:
    """Print both tables and keep them under var/bench/."""
    print(f"{'answer':36} {'ms':>8} {'x empty page':>13} {'queries':>8}")
    for name, row in report["answers"].items():
        over = "  over the limit" if name.startswith("eligibility") and row["ms"] > LIMIT_MS else ""
        print(f"{name:36} {row['ms']:8.2f} {row['ratio_to_empty']:13.2f} {row['queries']:8}{over}")
    first = report["replays"][0]
    for row in report["replays"]:
        growth = row["processor_s"] / first["processor_s"]
        print(f"replay of {row['cases']:6} cases: {row['processor_s']:6.2f} s of processor (x {growth:.1f}), "
              f"{row['differing']} differ")  # fmt: skip
    folder = Path(settings.VAR_DIR) / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"incentives-{time.strftime('%Y%m%d-%H%M%S')}.json"
    target.write_text(json.dumps(report, indent=1, ensure_ascii=False))
    print(f"kept as {target}")
